"""Administrative boundaries: COD-AB (shapefile, TopoJSON, GeoJSON) of provinces, districts and
sub-districts, and the provinces of OpenGISData-Thailand."""

from collections.abc import Iterator

from layers.cleaning.outlines import NotAnOutline, ewkb, sound_outline
from layers.cleaning.provinces import PROVINCES
from layers.model import (
    BadValue,
    Delivery,
    Format,
    Record,
    Rejected,
    Row,
    Source,
    Text,
    row_by_row,
)

# Thailand with its islands (degrees), a little wider than COD-AB draws it. TopoJSON names no CRS,
# and a GeoJSON may carry metres: what lies outside is not in longitudes and latitudes.
_WEST, _SOUTH, _EAST, _NORTH = 97.3, 5.5, 105.7, 20.5

# Lengths and areas are in degrees.
_UNUSED = ("Shape_Leng", "Shape_Area", "id", "date", "validOn", "validTo")
# Level of COD-AB, our table, digits of its codes.
_LEVELS = ((3, "subdistrict", 6), (2, "district", 4), (1, "province", 2))


def _read(record: Record, _: Delivery) -> Iterator[Row | Rejected]:
    level, table, digits = _level(record)
    code = _code(record, level, digits)
    try:
        outline, fault = sound_outline(record.geometry)
    except NotAnOutline as problem:
        raise BadValue("geometry is not an outline", f"{code}: {problem}") from None
    west, south, east, north = outline.bounds
    if west < _WEST or south < _SOUTH or east > _EAST or north > _NORTH:
        raise BadValue(
            "outline lies outside Thailand",
            f"{code} spans {west:g} {south:g} {east:g} {north:g}: longitude and latitude needed",
        )
    names = _names(record, level, code)
    yield Row(table, {"code": code, **names, "geom": ewkb(outline, 4326), "source": SOURCE.name})
    if fault:
        yield Rejected(record, "invalid outline repaired", f"{code}: {fault}", stored=True)


def _level(record: Record) -> tuple[int, str, int]:
    """A file of sub-districts has the columns of the levels above too: the lowest counts."""
    found = (level for level in _LEVELS if f"ADM{level[0]}_PCODE" in record.values)
    return next(found, _LEVELS[-1])


def _code(record: Record, level: int, digits: int) -> str:
    """The DOPA code: COD-AB writes TH1001 for 1001."""
    column = f"ADM{level}_PCODE" if f"ADM{level}_PCODE" in record.values else "pro_code"
    given = record.needed(column)
    code = given.removeprefix("TH")
    if len(code) != digits or not (code.isascii() and code.isdecimal()):
        raise BadValue(f"{column} is not a code of {digits} digits", repr(given))
    if code[:2] not in PROVINCES:
        raise BadValue(f"{column} names no province", repr(given))
    return code


def _names(record: Record, level: int, code: str) -> dict[str, str]:
    """Names and parents. Lists spell provinces in several ways, so those go by the standard."""
    if level == 1:
        province = PROVINCES[code]
        return {
            "name_th": province.name_th,
            "name_en": province.name_en,
            "region": province.region,
        }
    parent = "province_code" if level == 2 else "district_code"
    return {
        "name_th": record.needed(f"ADM{level}_TH"),
        "name_en": record.needed(f"ADM{level}_EN"),
        parent: code[:-2],
    }


def _cod_ab(kind: str, level: int) -> Format:
    above = [f"ADM{n}_{what}" for n in range(level) for what in ("EN", "TH", "PCODE")]
    alternatives = [f"ADM{level}ALT{n}{language}" for n in (1, 2) for language in ("EN", "TH")]
    return Format(
        "vector" if kind == "vector" else "json",
        required=frozenset(f"ADM{level}_{what}" for what in ("EN", "TH", "PCODE")),
        ignored=frozenset([*above, *alternatives, *_UNUSED, f"ADM{level}_REF"]),
        path=() if kind == "vector" else ("features",),
    )


_OPENGISDATA = Format(
    "json",
    required=frozenset({"pro_code", "pro_th", "pro_en"}),
    ignored=frozenset({"reg_nesdb", "reg_royin", "perimeter", "area_sqkm"}),
    path=("features",),
)

SOURCE = Source(
    name="boundaries",
    title=Text("ขอบเขตการปกครอง", "Administrative boundaries"),
    url="https://data.humdata.org/dataset/cod-ab-tha",
    licence="not stated by the provider (COD-AB: believed CC BY-IGO, not verified)",
    tables=("province", "district", "subdistrict"),
    formats=(
        *(_cod_ab(kind, level) for kind in ("vector", "json") for level in (3, 2, 1)),
        _OPENGISDATA,
    ),
    parse=row_by_row(_read),
)
