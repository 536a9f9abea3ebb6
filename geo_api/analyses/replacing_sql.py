"""Statements by which an analysis replaces its rows, where what is as it was stays as it was."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Replacing:
    """`fill` stages rows with execute_values, in the temporary table that `stage` makes; then
    `forget_changed` deletes those that are not staged alike and `keep_new` inserts what lacks. A
    row that is as it was keeps its Run, and when it was computed."""

    stage: str
    fill: str
    forget_changed: str
    keep_new: str


def replacing(table: str, key: Sequence[str], columns: Sequence[str]) -> Replacing:
    """Of all rows of a table with a column `run_id`; names of our own, which need no quotes."""
    staged, listed, keyed = "new_" + table, ", ".join(columns), ", ".join(key)
    compared = [name for name in columns if name != "run_id"]
    return Replacing(
        "CREATE TEMPORARY TABLE " + staged + " (LIKE " + table + " INCLUDING DEFAULTS)"
        " ON COMMIT DROP",
        "INSERT INTO " + staged + " (" + listed + ") VALUES %s",
        "DELETE FROM " + table + " AS o WHERE NOT EXISTS (SELECT FROM " + staged + " AS n WHERE ("
        + _of("n", key) + ") = (" + _of("o", key) + ") AND (" + _of("o", compared)
        + ") IS NOT DISTINCT FROM (" + _of("n", compared) + "))",
        "INSERT INTO " + table + " (" + listed + ") SELECT " + listed + " FROM " + staged
        + " ON CONFLICT (" + keyed + ") DO NOTHING",
    )  # fmt: skip


def _of(table: str, names: Sequence[str]) -> str:
    return ", ".join(table + "." + name for name in names)
