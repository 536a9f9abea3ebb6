"""Administrative boundaries of provinces, districts and sub-districts: COD-AB, OpenGISData-Thailand
and shapefiles of ministries; of GADM 4.1 the provinces, for its other levels have no Thai codes."""

import re
from collections.abc import Iterator

from layers.cleaning.outlines import NotAnOutline, ewkb, sound_outline
from layers.cleaning.provinces import PROVINCES, province_code
from layers.model import (
    BadValue,
    Delivery,
    Format,
    Record,
    Rejected,
    Row,
    Source,
    Text,
    UnexpectedPayload,
    row_by_row,
)

# Thailand with its islands (degrees), a little wider than COD-AB draws it. TopoJSON names no CRS,
# and a GeoJSON may carry metres: what lies outside is not in longitudes and latitudes.
_WEST, _SOUTH, _EAST, _NORTH = 97.3, 5.5, 105.7, 20.5

# Lengths and areas are in degrees.
_UNUSED = (
    *("Shape_Leng", "Shape_Area", "id", "date", "validOn", "validTo", "OBJECTID", "FID", "gid"),
    *("AREA", "PERIMETER", "area_sqkm", "reg_nesdb", "reg_royin", "re_nesdb", "re_royin"),
)
# Level of COD-AB, our table, digits of its codes.
_LEVELS = ((3, "subdistrict", 6), (2, "district", 4), (1, "province", 2))
# Which columns of each level others have instead of PCODE, TH and EN: OpenGISData-Thailand, the
# Department of Provincial Administration, the Land Development Department and GISTDA.
_SYNONYMS = {
    1: (
        "pro_code PROV_CODE PROVINCE_C P_CODE PV_IDN PV_CODE CH_ID CC_1 รหัสจังหวัด",
        "pro_th PROV_NAM_T PROV_NAMT P_NAME_T PV_TN CHANGWAT_T PROVINCE_T NL_NAME_1 จังหวัด",
        "pro_en PROV_NAM_E PROV_NAME P_NAME_E PV_EN CHANGWAT_E PROVINCE_E",
    ),
    2: (
        "amp_code AMPHOE_COD AMPHOE_C A_CODE AP_IDN AP_CODE AM_ID CC_2 รหัสอำเภอ",
        "amp_th AMP_NAM_T AMP_NAMT A_NAME_T AP_TN AMPHOE_T AMPHUR_T NL_NAME_2 อำเภอ",
        "amp_en AMP_NAM_E AMP_NAME A_NAME_E AP_EN AMPHOE_E AMPHUR_E NAME_2",
    ),
    3: (
        "tam_code TAMBON_COD TAMBON_C T_CODE TB_IDN TB_CODE TA_ID CC_3 รหัสตำบล",
        "tam_th TAM_NAM_T TAM_NAMT T_NAME_T TB_TN TAMBON_T NL_NAME_3 ตำบล",
        "tam_en TAM_NAM_E TAM_NAME T_NAME_E TB_EN TAMBON_E NAME_3",
    ),
}
_GADM = frozenset(
    ["COUNTRY", "ISO_1", "NAME_1", *(f"GID_{level}" for level in range(4))]
    + [f"{what}_{n}" for what in ("VARNAME", "TYPE", "ENGTYPE", "HASC") for n in range(1, 4)]
)
_GADM_PROVINCES = {"BangkokMetropolis": "10", "PhangNga": "82", "BuengKan": "38", "LopBuri": "16"}
_TITLES = ("จังหวัด", "อำเภอ", "ตำบล", "แขวง", "จ.", "อ.", "ต.")


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
    if names["name_en"] == names["name_th"]:
        yield Rejected(record, "no English name: the Thai one stands for it", code, stored=True)
    if fault:
        yield Rejected(record, "invalid outline repaired", f"{code}: {fault}", stored=True)


def _level(record: Record) -> tuple[int, str, int]:
    """A file of sub-districts has the columns of the levels above too: the lowest counts."""
    found = (level for level in _LEVELS if f"ADM{level[0]}_PCODE" in record.values)
    return next(found, _LEVELS[-1])


def _code(record: Record, level: int, digits: int) -> str:
    """The DOPA code: COD-AB writes TH1001 for 1001, others 01 beside the 10 of the province."""
    column = f"ADM{level}_PCODE"
    if level == 1 and "GID_1" in record.values:
        return _gadm_province(record)
    if record.text(column) is None and f"GID_{level}" in record.values:
        raise UnexpectedPayload(_NO_CODES)
    given = record.needed(column)
    code = given.removeprefix("TH")
    if level > 1 and len(code) <= 2 and code.isdecimal():
        code = _code(record, level - 1, digits - 2) + code.zfill(2)
    if len(code) != digits or not (code.isascii() and code.isdecimal()):
        raise BadValue(f"{column} is not a code of {digits} digits", repr(given))
    if code[:2] not in PROVINCES:
        raise BadValue(f"{column} names no province", repr(given))
    return code


def _gadm_province(record: Record) -> str:
    """GADM writes names without their spaces, and ISO codes seldom."""
    iso = (record.text("ISO_1") or "").removeprefix("TH-")
    name = re.sub(r"\W", "", record.needed("NAME_1"))
    thai = record.text("ADM1_TH") or record.text("NL_NAME_1")
    code = iso if iso in PROVINCES else _GADM_PROVINCES.get(name)
    code = code or _CODE_OF_ENGLISH_NAME.get(name.lower()) or province_code(thai)
    if code is None:
        raise BadValue("NAME_1 names no province", repr(record.text("NAME_1")))
    return code


_NO_CODES = (
    "GADM has no codes of Thai districts and sub-districts, and their names are not unique: use"
    " level 1 of GADM, or COD-AB (https://data.humdata.org/dataset/cod-ab-tha)"
    " · GADM ไม่มีรหัสอำเภอและตำบลของไทย และชื่อซ้ำกัน ใช้ GADM ระดับ 1 หรือ COD-AB"
)
_CODE_OF_ENGLISH_NAME = {
    province.name_en.replace(" ", "").lower(): code for code, province in PROVINCES.items()
}


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
    name_th = _without_title(record.needed(f"ADM{level}_TH"))
    return {
        "name_th": name_th,
        "name_en": record.text(f"ADM{level}_EN") or name_th,
        parent: code[:-2],
    }


def _without_title(name: str) -> str:
    """`อ.บางกรวย` is บางกรวย; the capital's เขต are part of their names."""
    title = next((title for title in _TITLES if name.startswith(title)), "")
    return name.removeprefix(title).strip() or name


def _format(level: int) -> Format:
    """Of each level: code and Thai name, and what of the levels above makes up its code."""
    above = [f"ADM{n}_{what}" for n in range(level) for what in ("EN", "TH", "PCODE")]
    alternatives = [f"ADM{level}ALT{n}{language}" for n in (1, 2) for language in ("EN", "TH")]
    synonyms = {
        synonym: f"ADM{of}_{what}"
        for of in range(1, level + 1)
        for what, names in zip(("PCODE", "TH", "EN"), _SYNONYMS[of], strict=True)
        for synonym in names.split()
    }
    return Format(
        "vector",
        required=frozenset({f"ADM{level}_TH", f"ADM{level}_PCODE"}),
        optional=frozenset({f"ADM{level}_EN"}),
        ignored=frozenset([*above, *alternatives, *_UNUSED, f"ADM{level}_REF"]) | _GADM,
        synonyms=synonyms,
    )


SOURCE = Source(
    name="boundaries",
    title=Text("ขอบเขตการปกครอง", "Administrative boundaries"),
    url="https://data.humdata.org/dataset/cod-ab-tha",
    licence="not stated by the provider (COD-AB: believed CC BY-IGO, not verified)",
    tables=("province", "district", "subdistrict"),
    formats=(
        *map(_format, (3, 2, 1)),
        Format("vector", frozenset({"GID_1", "NAME_1"}), frozenset({"ISO_1", "NL_NAME_1"})),
    ),
    parse=row_by_row(_read),
)
