"""What eco-industrial towns are assessed by, what they declare, and the evidence of it.

Five files of a form of our own, in UTF-8; an edition that is revised is another framework:

- frameworks: `framework_id`, `agency`, `name_th`, `name_en`, how many `dimensions`, `areas` and
  `indicators` it has, `valid_from`, `valid_to`, `verified` (yes or no), `source`;
- indicators: `framework_id`, `code`, `dimension` (one of DIMENSIONS), `kind` (one of KINDS, or
  none), `name_th`, `name_en`, `unit`, `numerator`, `denominator`, `better` (higher or lower),
  `target`, `source`;
- rules of levels: `framework_id`, `level` 1 to 5, `kind` (or any), `least_met`, `source`;
- values: `eco_town_id`, `framework_id`, `code`, `year` of either era, `value`, `numerator`,
  `denominator`, `origin` (self_declared or measured), `assessor`, `declared_on`;
- evidence: `eco_town_id`, `framework_id`, `code`, `year`, `what`, `dated_on`, `office` (no person),
  `link` (https), and `withdrawn_on` where it no longer holds.
"""

import re
from collections.abc import Iterator

from layers.cleaning.persons import is_person
from layers.model import BadValue, Delivery, Format, Record, Row, Source, Text, row_by_row
from layers.sources.eco_towns import FIRST_YEAR

DIMENSIONS = ("physical", "economic", "environmental", "social", "management")
KINDS = ("basic", "general", "specific")
_ANY = "any"
_ORIGINS = ("self_declared", "measured")
_BETTER = ("higher", "lower")
_TRUE, _FALSE = ("yes", "true", "1", "ใช่"), ("no", "false", "0", "ไม่ใช่")


def _read(record: Record, delivery: Delivery) -> Iterator[Row]:
    values = record.values
    if "what" in values:
        yield _evidence(record, delivery)
    elif "least_met" in values:
        yield _rule(record)
    elif "dimension" in values:
        yield _indicator(record)
    elif "agency" in values:
        yield _framework(record)
    else:
        yield _value(record, delivery)


def _framework(record: Record) -> Row:
    return _row(
        "framework",
        id=record.needed("framework_id"),
        agency=record.needed("agency"),
        name_th=record.needed("name_th"),
        name_en=record.text("name_en") or record.needed("name_th"),
        dimensions=record.whole("dimensions", 1, 100),
        areas=record.whole("areas", 1, 1000),
        indicators=record.whole("indicators", 1, 1000),
        valid_from=record.day("valid_from"),
        valid_to=record.day("valid_to"),
        verified=_yes_or_no(record, "verified"),
        source=record.needed("source"),
    )


def _indicator(record: Record) -> Row:
    return _row(
        "framework_indicator",
        framework_id=record.needed("framework_id"),
        code=record.needed_identifier("code"),
        dimension=_one_of(record, "dimension", DIMENSIONS),
        kind=_one_of(record, "kind", KINDS) if record.text("kind") else None,
        name_th=record.needed("name_th"),
        name_en=record.text("name_en"),
        unit=record.text("unit"),
        numerator=record.text("numerator"),
        denominator=record.text("denominator"),
        better=_one_of(record, "better", _BETTER) if record.text("better") else None,
        target=record.number("target"),
        source=record.needed("source"),
    )


def _rule(record: Record) -> Row:
    level = record.whole("level", 1, 5)
    least = record.whole("least_met", 1, 1000)
    if level is None or least is None:
        raise BadValue("level or least_met is missing", f"{level}, {least}")
    return _row(
        "framework_level_rule",
        framework_id=record.needed("framework_id"),
        level=level,
        kind=_one_of(record, "kind", (*KINDS, _ANY)),
        least_met=least,
        source=record.needed("source"),
    )


def _value(record: Record, delivery: Delivery) -> Row:
    return _row(
        "eco_town_value",
        **_of_town(record, delivery),
        value=record.needed_number("value"),
        numerator=record.number("numerator"),
        denominator=record.number("denominator"),
        origin=_one_of(record, "origin", _ORIGINS),
        assessor=_no_person(record, "assessor"),
        declared_on=record.day("declared_on"),
        source=SOURCE.name,
    )


def _evidence(record: Record, delivery: Delivery) -> Row:
    office = _no_person(record, "office")
    if office is None:
        raise BadValue("office is missing")
    link = record.text("link")
    if link and not re.fullmatch(r"https://\S+", link):
        raise BadValue("link is not an https address", repr(link))
    return _row(
        "eco_town_evidence",
        **_of_town(record, delivery),
        what=record.needed("what"),
        dated_on=record.needed_day("dated_on"),
        office=office,
        link=link,
        withdrawn_on=record.day("withdrawn_on"),
        source=SOURCE.name,
    )


def _of_town(record: Record, delivery: Delivery) -> dict[str, object]:
    year = record.year("year")
    if year is None or not FIRST_YEAR <= year <= delivery.received_at.year:
        raise BadValue("year is out of range", repr(record.needed("year")))
    return {
        "eco_town_id": record.needed_identifier("eco_town_id"),
        "framework_id": record.needed("framework_id"),
        "code": record.needed_identifier("code"),
        "year": year,
    }


def _no_person(record: Record, name: str) -> str | None:
    text = record.text(name)
    if text and is_person(text):
        raise BadValue(f"{name} names a natural person", "name the office")
    return text


def _one_of(record: Record, name: str, known: tuple[str, ...]) -> str:
    text = record.needed(name).lower()
    if text not in known:
        raise BadValue(f"{name} is not one of those known", f"{text!r}: one of {', '.join(known)}")
    return text


def _yes_or_no(record: Record, name: str) -> bool:
    return _one_of(record, name, _TRUE + _FALSE) in _TRUE


def _row(table: str, **values: object) -> Row:
    return Row(table, values)


_TOWN = frozenset({"eco_town_id", "framework_id", "code", "year"})

SOURCE = Source(
    name="eco_scorecards",
    title=Text("ตัวชี้วัดเมืองอุตสาหกรรมเชิงนิเวศ", "Indicators of eco-industrial towns"),
    url="https://www.diw.go.th",
    licence="as its provider states",
    tables=(
        *("framework", "framework_indicator", "framework_level_rule"),
        *("eco_town_value", "eco_town_evidence"),
    ),
    formats=(
        Format(
            "csv",
            frozenset({"framework_id", "agency", "name_th", "verified", "source"}),
            frozenset({"name_en", "dimensions", "areas", "indicators", "valid_from", "valid_to"}),
        ),
        Format(
            "csv",
            frozenset({"framework_id", "code", "dimension", "name_th", "source"}),
            frozenset(
                {
                    *("kind", "name_en", "unit", "numerator", "denominator", "better", "target"),
                }
            ),
        ),
        Format("csv", frozenset({"framework_id", "level", "kind", "least_met", "source"})),
        Format(
            "csv",
            _TOWN | {"value", "origin"},
            frozenset({"numerator", "denominator", "assessor", "declared_on"}),
        ),
        Format(
            "csv",
            _TOWN | {"what", "dated_on", "office"},
            frozenset({"link", "withdrawn_on"}),
        ),
    ),
    parse=row_by_row(_read),
    key=("framework_id", "eco_town_id", "code", "year", "level", "kind", "what"),
)
