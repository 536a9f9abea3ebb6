"""Statistics of a layer: how many features, and means of their numbers, by area and time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg2.sql import Composed

from geo_api.database.column_types import COMPARABLE, Column, ValueKind
from geo_api.database.connections import Reads
from geo_api.database.prepared_statements import Often
from geo_api.features import sql as features_sql
from geo_api.features import statistics_sql as sql
from geo_api.features.columns import columns
from layers.model import Layer
from layers.query import BadQuery, Query

MOST_GROUPS = 10_000
MOST_KEYS = 3
_VALUE = re.compile(r"(?P<function>\w+):(?P<column>\w+)", re.ASCII)


@dataclass(frozen=True)
class Statistics:
    """`by` names what groups are of, `values` are functions of columns, with the `units` of those
    that have one; `groups` is a JSON array of an object for each group. `first` and `newest` are
    the layer's observations between which it tells that there was nothing; None without times."""

    by: tuple[str, ...]
    values: tuple[str, ...]
    units: Mapping[str, str]
    groups: str
    first: datetime | None = None
    newest: datetime | None = None


def statistics(
    reads: Reads, layer: Layer, query: Query, by: Sequence[str], values: Sequence[str]
) -> Statistics:
    """Of the features that meet the query, by `province`, `district`, `day`, `month`, `year` (in
    Thai time) or a property, three of them at most; `values` as mean:frp_mw. Raises BadQuery."""
    known, pairs = _readable(reads, layer, by, values)
    met = features_sql.conditions(layer, query, known)
    rows = reads.fetch(sql.groups(layer.name, list(known), met, by, pairs, MOST_GROUPS + 1))
    refuse_too_many(len(rows))
    groups = ",".join(text for (text,) in rows)
    named = {f"{function}_{column}": column for function, column in pairs}
    units = {field.name: field.unit for field in layer.fields if field.unit}
    told = {name: units[column] for name, column in named.items() if column in units}
    [observed] = reads.fetch(Often(sql.observed(layer.name))) if layer.timed else [(None, None)]
    return Statistics(tuple(by), ("count", *named), told, f"[{groups}]", *observed)


def group_lines(
    reads: Reads, layer: Layer, query: Query, by: Sequence[str], values: Sequence[str]
) -> Composed:
    """SELECT of one column, `line`: an object for each of the same groups, with sums and means in
    decimals, which are the same in whatever order rows are read. Raises BadQuery."""
    known, pairs = _readable(reads, layer, by, values)
    met = features_sql.conditions(layer, query, known)
    return sql.groups(layer.name, list(known), met, by, pairs, MOST_GROUPS + 1, exact=True)


def refuse_too_many(groups: int) -> None:
    """Raises BadQuery."""
    if groups > MOST_GROUPS:
        raise BadQuery("by", f"there are more than {MOST_GROUPS:,} groups: choose fewer, or less")


def views_of(by: Sequence[str]) -> tuple[str, ...]:
    """The views that the groups read beside the layer's own."""
    return tuple(sql.AREAS[name][0] for name in by if name in sql.AREAS)


def _readable(
    reads: Reads, layer: Layer, by: Sequence[str], values: Sequence[str]
) -> tuple[Mapping[str, Column], list[tuple[str, str]]]:
    known = columns(reads, layer)
    _require_keys(layer, by, known)
    return known, [_value(text, known) for text in values]


def _require_keys(layer: Layer, by: Sequence[str], known: Mapping[str, Column]) -> None:
    times = sql.TIMES if layer.timed else ()
    fields = [
        field.name
        for field in layer.fields
        if not known[field.name].array and known[field.name].kind in COMPARABLE
    ]
    offered = (*sql.AREAS, *times, *fields)
    for name in by:
        if name not in offered:
            raise BadQuery("by", f"no groups by {name!r}; there are: {', '.join(offered)}")
    if len(by) > MOST_KEYS or len(set(by)) < len(by):
        raise BadQuery("by", f"by takes {MOST_KEYS} names at most, each once, got {','.join(by)}")


def _value(text: str, known: Mapping[str, Column]) -> tuple[str, str]:
    found = _VALUE.fullmatch(text)
    numbers = [
        name
        for name, column in known.items()
        if not column.array and column.kind in (ValueKind.INTEGER, ValueKind.NUMBER)
    ]
    if not found or found["function"] not in sql.FUNCTIONS or found["column"] not in numbers:
        raise BadQuery(
            "values",
            f"values takes {', '.join(sql.FUNCTIONS)} with a number of the layer, as"
            f" mean:{numbers[0] if numbers else 'frp_mw'}, got {text!r};"
            f" its numbers: {', '.join(numbers) or 'none'}",
        )
    return found["function"], found["column"]
