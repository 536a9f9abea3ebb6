"""A scorecard as a table for spreadsheets: a row per indicator."""

from geo_api.http.documents.report_csv import csv_table
from layers.reports.scorecard import Cell, Scorecard

_COLUMNS = (
    *("eco_town_id", "framework", "year", "code", "dimension", "kind", "name_th", "name_en"),
    *("unit", "state", "value", "numerator", "denominator", "declared", "target", "better", "met"),
    *("origin", "as_of", "coverage", "assessor", "evidence"),
)


def scorecard_csv(scorecard: Scorecard) -> bytes:
    """As `csv_table` writes it."""
    return csv_table(_COLUMNS, (_row(scorecard, cell) for cell in scorecard.cells))


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
