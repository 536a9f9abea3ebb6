"""The indicators of a fiscal year as a table: a row per indicator and area."""

from collections.abc import Iterator

from geo_api.http.documents.report_csv import csv_table
from layers.reports.kpi import KpiValue, KpiYear

_COLUMNS = (
    *("fiscal_year", "code", "name_th", "name_en", "mind", "unit", "better", "base", "base_year"),
    *("target", "owner", "area_code", "area_th", "as_of", "value", "note", "source"),
)


def kpi_csv(report: KpiYear) -> bytes:
    """An indicator of which nobody has told a value has one row, without a value."""
    return csv_table(_COLUMNS, _rows(report))


def _rows(report: KpiYear) -> Iterator[tuple[object, ...]]:
    for kpi in report.indicators:
        own = (
            *(report.fiscal_year, kpi.code, kpi.name.th, kpi.name.en, kpi.mind, kpi.unit),
            *(kpi.better, kpi.base, kpi.base_year, kpi.target, kpi.owner),
        )
        told: tuple[KpiValue | None, ...] = kpi.values or (None,)
        for one in told:
            yield (*own, *(_value(one) if one else (None,) * 5), one.source if one else kpi.source)


def _value(one: KpiValue) -> tuple[object, ...]:
    return (one.area.code, one.area.name.th, one.as_of, one.value, one.note)
