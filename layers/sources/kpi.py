"""Indicators of the ministry's fiscal years (FY2566/67 form), and what was reached, by area.

Two files of a form of our own, in UTF-8; years are fiscal ones, of either era, named by their end:

- indicators: `fiscal_year`, `code`, `name_th`, `name_en`, `mind` (a dimension of MIND, or none),
  `strategy`, `definition`, `formula`, `unit`, `better` (higher or lower), `base`, `base_year`,
  `target`, `owner` (the office), `layer` (from which it can be checked), `source`;
- values: `fiscal_year`, `code`, `area_code` (of a province, or TH), `as_of`, `value`, `note`,
  `source`. A later value of the year does not replace an earlier one: both are kept.
"""

from collections.abc import Iterator

from layers.cleaning.persons import is_person
from layers.cleaning.provinces import PROVINCES
from layers.model import BadValue, Delivery, Format, Record, Row, Source, Text, row_by_row

MIND = ("business", "community", "environment", "income")
COUNTRY = "TH"
FIRST_YEAR = 2015
_BETTER = ("higher", "lower")


def _read(record: Record, delivery: Delivery) -> Iterator[Row]:
    last = delivery.received_at.year + 1
    yield _indicator(record, last) if "formula" in record.values else _value(record, last)


def _indicator(record: Record, last: int) -> Row:
    owner = record.needed("owner")
    if is_person(owner):
        raise BadValue("owner names a natural person", "name the office")
    better, mind = record.needed("better").lower(), record.text("mind")
    if better not in _BETTER:
        raise BadValue("better is not one of those known", f"{better!r}: higher or lower")
    if mind is not None and mind not in MIND:
        raise BadValue("mind is not one of those known", f"{mind!r}: one of {', '.join(MIND)}")
    return Row(
        "kpi",
        {
            "fiscal_year": _fiscal_year(record, last),
            "code": record.needed_identifier("code"),
            "name_th": record.needed("name_th"),
            "name_en": record.text("name_en"),
            "mind": mind,
            "strategy": record.text("strategy"),
            "definition": record.needed("definition"),
            "formula": record.needed("formula"),
            "unit": record.needed("unit"),
            "better": better,
            "base": record.number("base"),
            "base_year": record.year("base_year"),
            "target": record.number("target"),
            "owner": owner,
            "layer": record.text("layer"),
            "source": record.needed("source"),
        },
    )


def _value(record: Record, last: int) -> Row:
    area = record.needed_identifier("area_code").upper()
    if area != COUNTRY:
        area = area.removeprefix(COUNTRY)
    if area != COUNTRY and area not in PROVINCES:
        raise BadValue("area_code names no province", repr(area))
    return Row(
        "kpi_value",
        {
            "fiscal_year": _fiscal_year(record, last),
            "code": record.needed_identifier("code"),
            "area_code": area,
            "as_of": record.needed_day("as_of"),
            "value": record.needed_number("value"),
            "note": record.text("note"),
            "source": record.needed("source"),
        },
    )


def _fiscal_year(record: Record, last: int) -> int:
    year = record.year("fiscal_year")
    if year is None or not FIRST_YEAR <= year <= last:
        raise BadValue("fiscal_year is out of range", repr(record.needed("fiscal_year")))
    return year


SOURCE = Source(
    name="kpi",
    title=Text("ตัวชี้วัดตามปีงบประมาณ", "Indicators of fiscal years"),
    url="https://www.industry.go.th",
    licence="as its provider states",
    tables=("kpi", "kpi_value"),
    formats=(
        Format(
            "csv",
            frozenset(
                {
                    *("fiscal_year", "code", "name_th", "definition", "formula", "unit"),
                    *("better", "owner", "source"),
                }
            ),
            frozenset({"name_en", "mind", "strategy", "base", "base_year", "target", "layer"}),
        ),
        Format(
            "csv",
            frozenset({"fiscal_year", "code", "area_code", "as_of", "value", "source"}),
            frozenset({"note"}),
        ),
    ),
    parse=row_by_row(_read),
    key=("fiscal_year", "code", "area_code", "as_of"),
)
