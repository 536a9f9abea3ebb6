"""The figures of a vintage of carbon as CSV."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime

from geo_api.http.documents.report_csv import csv_table
from layers.model import Text
from layers.reports.emissions import EmissionsReport, EmissionYear

_COUNTRY = Text("ทั้งประเทศ", "Thailand")
_OF = ("province", "industry")
_NAMES = [one.name for one in fields(EmissionYear) if one.name not in _OF]
_RECKONED = ["reported_share", "workers_share", "tco2e_per_worker"]


def emissions_csv(report: EmissionsReport) -> bytes:
    """A row for each figure of a province, an industry and the country, which has neither code."""
    columns = ["vintage", "published_at", "province_code", "tsic_division", "name_th", "name_en"]
    return csv_table([*columns, *_NAMES, *_RECKONED], _rows(report))


def _rows(report: EmissionsReport) -> Iterator[list[object]]:
    for row in (*report.figures, *report.industries):
        place, industry = row.province, row.industry
        of = place or industry
        name = of.name if of else _COUNTRY
        codes = [one.code if one else "" for one in (place, industry)]
        cells = [_cell(getattr(row, one)) for one in (*_NAMES, *_RECKONED)]
        yield [report.vintage, _cell(report.published_at), *codes, name.th, name.en, *cells]


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return ", ".join(value) if isinstance(value, tuple) else value
