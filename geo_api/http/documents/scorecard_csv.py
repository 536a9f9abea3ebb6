"""A scorecard as a table for spreadsheets: a row per indicator."""

import csv
import io
import re

from layers.reports.scorecard import Cell, Scorecard

_COLUMNS = (
    *("eco_town_id", "framework", "year", "code", "dimension", "kind", "name_th", "name_en"),
    *("unit", "state", "value", "numerator", "denominator", "declared", "target", "better", "met"),
    *("origin", "as_of", "coverage", "assessor", "evidence"),
)
# As exports have it: Excel and its like take what begins so for a formula.
_FORMULA_OR_ARMOUR = re.compile("^['=+@\t\r\n＝＋－＠-]")


def scorecard_csv(scorecard: Scorecard) -> bytes:
    """UTF-8 with its mark, so that Excel shows Thai; text is armoured against formulas."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(_COLUMNS)
    for cell in scorecard.cells:
        writer.writerow(map(_armoured, _row(scorecard, cell)))
    return stream.getvalue().encode("utf-8-sig")


def _row(scorecard: Scorecard, cell: Cell) -> tuple[object, ...]:
    indicator = cell.indicator
    records = "; ".join(f"{one.dated_on} {one.office}: {one.what}" for one in cell.evidence)
    return (
        *(scorecard.town.code, scorecard.edition.id, scorecard.year, indicator.code),
        *(indicator.dimension, indicator.kind, indicator.name.th, indicator.name.en),
        *(indicator.unit, cell.state, cell.value, cell.numerator, cell.denominator),
        *(cell.declared, indicator.target, indicator.better, cell.is_met, cell.origin),
        *(cell.as_of, cell.coverage, cell.assessor, records or None),
    )


def _armoured(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and _FORMULA_OR_ARMOUR.match(value):
        return f"'{value}"
    return value
