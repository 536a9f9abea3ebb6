"""Eco-industrial towns (เมืองอุตสาหกรรมเชิงนิเวศ): their areas by the notices of the Royal Gazette,
the level that each was assessed at, and outlines that somebody supplies.

Three files of a form of our own, for no public list is known that a program could read:

- areas, as CSV: `phase` and `no`, which together are the town's id, as 1-5; `province_code`; the
  names that the notice gives, of a municipality or zone, of districts and of sub-districts, several
  parted by a semicolon; `adm3_pcodes`, the codes of those sub-districts, or of whole districts, of
  which its outline is made; `target_level_by_2570`; `source`, the notice;
- levels, as CSV: `eco_town_id`, `year` of either era, `level` 0 (not passed) to 5, `assessor`;
- outlines, as GeoJSON or a shapefile, with `eco_town_id`. One replaces what the names give.
"""

import re
from collections.abc import Iterator
from datetime import date

from layers.cleaning.outlines import NotAnOutline, ewkb, sound_outline
from layers.cleaning.provinces import PROVINCES
from layers.model import BadValue, Delivery, Format, Record, Row, Source, Text, row_by_row

FIRST_YEAR = 2017
# The end of B.E. 2570, for which the plan of the environment sets its targets (Royal Gazette 139,
# special 307 ง).
_TARGET_YEAR = 2027
_LEVELS = range(6)


def _read(record: Record, delivery: Delivery) -> Iterator[Row]:
    if record.geometry is not None:
        yield _outline(record)
    elif "level" in record.values:
        yield _level(record, delivery.received_at.date())
    else:
        yield _area(record)


def _area(record: Record) -> Row:
    province = record.needed_identifier("province_code").removeprefix("TH")
    if province not in PROVINCES:
        raise BadValue("province_code names no province", repr(province))
    zones, districts, parts = (
        _names(record, name)
        for name in ("municipality_or_zone_th", "district_th", "subdistricts_th")
    )
    codes = [_area_code(code, province) for code in _names(record, "adm3_pcodes")]
    target = record.whole("target_level_by_2570", 1, 5)
    return Row(
        "eco_town",
        {
            "id": _id(record),
            "phase": int(_digits(record, "phase")),
            "name_th": " · ".join(zones or districts or parts) or PROVINCES[province].name_th,
            "province_code": province,
            "district_th": ", ".join(districts) or None,
            "subdistricts_th": ", ".join(parts) or None,
            "area_codes": f"{{{','.join(codes)}}}",  # as PostgreSQL writes an array
            "named_parts": max(len(parts), len(codes)),
            "target_level": target,
            "target_year": _TARGET_YEAR if target else None,
            "notice": record.text("source"),
            "source": SOURCE.name,
        },
    )


def _level(record: Record, today: date) -> Row:
    level = record.whole("level")
    if level not in _LEVELS:
        raise BadValue("level is not 0 to 5", repr(record.needed("level")))
    year = record.year("year")
    if year is None or not FIRST_YEAR <= year <= today.year:
        raise BadValue("year is out of range", repr(record.needed("year")))
    return Row(
        "eco_town_level",
        {
            "eco_town_id": record.needed_identifier("eco_town_id"),
            "year": year,
            "level": level,
            "assessor": record.text("assessor"),
            "source": SOURCE.name,
        },
    )


def _outline(record: Record) -> Row:
    town = record.needed_identifier("eco_town_id")
    try:
        outline, _ = sound_outline(record.geometry)
    except NotAnOutline as problem:
        raise BadValue("geometry is not an outline", f"{town}: {problem}") from None
    return Row(
        "eco_town_outline",
        {"eco_town_id": town, "geom": ewkb(outline, 4326), "source": SOURCE.name},
    )


def _id(record: Record) -> str:
    """Of phase and number: 1-19, also where the phase is "1 (added)"."""
    return f"{_digits(record, 'phase')}-{_digits(record, 'no')}"


def _digits(record: Record, name: str) -> str:
    found = re.match(r"\d+(?!\.?\d)", record.needed_identifier(name))
    if not found:
        raise BadValue(f"{name} is not a number", repr(record.needed(name)))
    return found[0]


def _names(record: Record, name: str) -> list[str]:
    return [part.strip() for part in (record.text(name) or "").split(";") if part.strip()]


def _area_code(given: str, province: str) -> str:
    code = given.removeprefix("TH")
    if not re.fullmatch(r"\d{4}(\d{2})?", code):
        raise BadValue("adm3_pcodes is not a code of 4 or 6 digits", given)
    if not code.startswith(province):
        raise BadValue("adm3_pcodes is not in the province of the row", f"{given}, not {province}")
    return code


_TOWN = {
    **dict.fromkeys(("id", "รหัสเมือง", "เมือง"), "eco_town_id"),
    **dict.fromkeys(("ปี", "ปี พ.ศ.", "year_be"), "year"),
    **dict.fromkeys(("ระดับ", "ผลการประเมิน"), "level"),
    **dict.fromkeys(("ผู้ประเมิน", "หน่วยงานประเมิน"), "assessor"),
}
_AREA = {
    **dict.fromkeys(("ระยะ", "ระยะที่"), "phase"),
    **dict.fromkeys(("ลำดับ", "ลำดับที่", "ที่"), "no"),
    "รหัสจังหวัด": "province_code",
    **dict.fromkeys(("เทศบาล", "เขต", "เทศบาลหรือเขต"), "municipality_or_zone_th"),
    "อำเภอ": "district_th",
    "ตำบล": "subdistricts_th",
    **dict.fromkeys(("รหัสตำบล", "area_codes"), "adm3_pcodes"),
    **dict.fromkeys(("เป้าหมายระดับ", "target_level"), "target_level_by_2570"),
    **dict.fromkeys(("ที่มา", "ประกาศ", "notice"), "source"),
}

SOURCE = Source(
    name="eco_towns",
    title=Text("เมืองอุตสาหกรรมเชิงนิเวศ", "Eco-industrial towns"),
    url="https://ratchakitcha.soc.go.th",
    licence="official notices: no copyright (Thai Copyright Act, section 7)",
    tables=("eco_town", "eco_town_level", "eco_town_outline"),
    formats=(
        Format(
            "csv",
            frozenset({"phase", "no", "province_code"}),
            frozenset(
                {
                    *("municipality_or_zone_th", "district_th", "subdistricts_th", "adm3_pcodes"),
                    *("target_level_by_2570", "source"),
                }
            ),
            synonyms=_AREA,
        ),
        Format(
            "csv",
            frozenset({"eco_town_id", "year", "level"}),
            frozenset({"assessor"}),
            synonyms=_TOWN,
        ),
        Format("vector", frozenset({"eco_town_id"}), synonyms=_TOWN),
    ),
    parse=row_by_row(_read),
    key=("phase", "no", "eco_town_id", "year"),
)
