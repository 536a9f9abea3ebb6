"""Where attribution of complaints stops working, as curves over what is varied in simulated worlds.

The figures are those that `bench.complaint_attribution --curves` writes beside the method, and
beside them of what world and by what code they are.
"""

import csv
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from markupsafe import Markup

from layers.methods import attribution
from map_site import numbers
from map_site.charts import Line, step_chart
from map_site.rendering import Words
from map_site.words import words

CURVES = Path(attribution.__file__).with_name("curves.csv")
# The answers whose true cause comes first, by the class of their line.
_LINES = {"pooled": "this", "single": "plain", "before": "last"}


@dataclass(frozen=True)
class Curve:
    """What is varied (`sweep`), as a chart, and its figures in percent by column and value."""

    sweep: str
    chart: Markup
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]


def attribution_curves(language: str, path: Path = CURVES) -> list[Curve]:
    """One for each sweep; none where none was written yet."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        written = list(csv.DictReader(lines))
    known = words()["method"]
    return [
        _curve(sweep, list(rows), language)
        for sweep, rows in groupby(written, key=lambda row: row["sweep"])
        if f"curve_{sweep}" in known
    ]


def curves_made(language: str, path: Path = CURVES) -> tuple[str, ...]:
    """How they were made, in sentences, the last of which is the command; none where none tells, or
    what tells is of other curves."""
    told = path.with_suffix(".json")
    if not told.is_file():
        return ()
    made = json.loads(told.read_text(encoding="utf-8"))
    if made["sha256"] != hashlib.sha256(path.read_bytes()).hexdigest():
        return ()
    word = Words(language)
    counts = {name: numbers.count(made[name]) for name in ("factories", "stations", "complaints")}
    until = numbers.day(datetime.fromisoformat(made["until"]), language)
    seed = {"seed": made["seed"], "scale": f"{made['scale']:g}"}
    at = numbers.moment(datetime.fromisoformat(made["made_at"]), language)
    same = "same" if made["code"] == code_of_method() else "other"
    software = {"python": made["python"], "numpy": made["numpy"], "code": made["code"][:12]}
    return (
        word("method.curves_world", **counts, **seed, until=until),
        f"{word('method.curves_made', at=at, **software)} {word(f'method.curves_code_{same}')}",
        made["command"],
    )


def code_of_method() -> str:
    """The fingerprint (SHA-256) of the method's modules as they are."""
    digest = hashlib.sha256()
    for module in sorted(CURVES.parent.glob("*.py")):
        digest.update(module.name.encode() + b"\0" + module.read_bytes())
    return digest.hexdigest()


def _curve(sweep: str, rows: list[dict[str, str]], language: str) -> Curve:
    told = words()["method"]
    values = list(dict.fromkeys(row["value"] for row in rows))
    figures = {(row["value"], row["answer"]): row for row in rows}

    def column(answer: str, figure: str) -> list[float | None]:
        return [_percent(figures.get((value, answer), {}).get(figure)) for value in values]

    first = {answer: column(answer, "first") for answer in _LINES}
    lines = [
        Line(first[answer], kind, told[f"curve_{answer}"][language])
        for answer, kind in _LINES.items()
    ]
    columns = (*first.values(), column("pooled", "none"), column("pooled", "abstained"))
    return Curve(
        sweep,
        step_chart(lines, [_short(value) for value in values]),
        (*first, "none", "abstained"),
        tuple(zip(map(_short, values), zip(*columns, strict=True), strict=True)),
    )


def _percent(text: str | None) -> float | None:
    """None where nothing was counted."""
    value = float(text) if text else float("nan")
    return None if value != value else 100 * value


def _short(value: str) -> str:
    return f"{float(value):g}"
