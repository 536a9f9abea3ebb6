"""Factories: the register of the Department of Industrial Works (DIW) as open CSV, and plain lists
of category, name, detail, address and coordinates."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from layers.cleaning.loose_commas import PLAIN, mended
from layers.cleaning.persons import gives_away_person, is_juristic, is_person
from layers.cleaning.provinces import PROVINCES, province_code
from layers.cleaning.registration_numbers import (
    fid_province,
    luhn_ok,
    parse_factype,
    parse_registration,
)
from layers.model import (
    Ask,
    BadValue,
    Delivery,
    Format,
    Plausible,
    Record,
    Rejected,
    Request,
    Row,
    Setting,
    Source,
    Text,
    row_by_row,
)

URL = Setting(
    "FAHSAI_DIW_URL",
    "The factory register's open CSV.",
    "https://openapi.industry.go.th/gdcatalog/Factory_Data_CSV.php?download_all=1",
)
NAME_OF_A_PERSONS_FACTORY = "โรงงานของบุคคลธรรมดา"

# Older extracts cut the names of columns to ten characters.
_OPTIONAL = """
    FID FACTYPE ONAME OBJECT FTUMNAME FAMPNAME FPROVNAME TOTAL_WORKER TOTAL_WORK HP ISIC_CODE
    ESTATE ESTATE_NAME_TH ESTATE_NAM POKDATE LAST_UPDATE LAST_UPDAT
"""
_IGNORED = "FACREG FADDR FMOO FSOI FROAD TOTAL_CAP STATUS"
# What those who make lists of the register call its columns.
_SYNONYMS = {
    **dict.fromkeys(
        ("เลขทะเบียนโรงงาน", "เลขทะเบียน", "ทะเบียนโรงงาน", "ทะเบียนโรงงานเลขที่", "registration_no"),
        "DISPFACREG",
    ),
    **dict.fromkeys(("เลขทะเบียน 14 หลัก", "เลขทะเบียนโรงงาน 14 หลัก"), "FID"),
    **dict.fromkeys(("ชื่อโรงงาน", "factory_name"), "FNAME"),
    **dict.fromkeys(("ผู้ประกอบการ", "ชื่อผู้ประกอบการ", "ผู้ประกอบกิจการ", "ผู้รับใบอนุญาต"), "ONAME"),
    **dict.fromkeys(("ประกอบกิจการ", "การประกอบกิจการ", "กิจการ"), "OBJECT"),
    **dict.fromkeys(("ประเภทโรงงาน", "ลำดับประเภทโรงงาน"), "FACTYPE"),
    **dict.fromkeys(("ที่อยู่", "ที่ตั้ง", "ที่ตั้งโรงงาน"), "FADDR"),
    **dict.fromkeys(("ตำบล", "แขวง", "ตำบล/แขวง"), "FTUMNAME"),
    **dict.fromkeys(("อำเภอ", "เขต", "อำเภอ/เขต"), "FAMPNAME"),
    "จังหวัด": "FPROVNAME",
    **dict.fromkeys(("แรงม้า", "กำลังเครื่องจักร (แรงม้า)", "จำนวนแรงม้า"), "HP"),
    **dict.fromkeys(("คนงาน", "จำนวนคนงาน", "คนงานรวม", "จำนวนคนงานรวม"), "TOTAL_WORKER"),
    **dict.fromkeys(("สถานะ", "สถานะโรงงาน"), "FFLAG"),
    **dict.fromkeys(("ละติจูด", "latitude"), "LAT"),
    **dict.fromkeys(("ลองจิจูด", "ลองติจูด", "longitude", "lon", "long"), "LNG"),
    **dict.fromkeys(("วันที่ประกอบกิจการ", "วันเริ่มประกอบกิจการ"), "POKDATE"),
    **dict.fromkeys(("วันที่ปรับปรุง", "วันที่ปรับปรุงข้อมูล"), "LAST_UPDATE"),
}
_LIST_SYNONYMS = {
    "ประเภท": "category",
    **dict.fromkeys(("ชื่อ", "ชื่อโรงงาน"), "name"),
    "รายละเอียด": "detail",
    "ที่อยู่": "address",
    **dict.fromkeys(("ละติจูด", "latitude"), "lat"),
    **dict.fromkeys(("ลองจิจูด", "longitude", "lon"), "lng"),
}
_STATUSES = {
    "0": "licensed_not_started",
    "1": "operating",
    "2": "struck_off",
    "3": "temporarily_stopped",
}
_OUTSIDE_ESTATES = "OUT"
# The register had 241,588 rows; a live answer of far fewer was probably cut off.
_FEWEST_LIVE_ROWS = 100_000
# More than any machine or crowd: a number of another kind in the wrong column.
_MOST = 1e9

# The first factories were registered by the act of B.E. 2482.
_FIRST_YEAR = 1939
_MACHINES = "a power plant of 3 GW has 4e6 hp"
_PEOPLE = "the largest factories in Thailand have some 30,000 workers"
PLAUSIBLE = (
    Plausible("factory", "horsepower", 0, 5e6, "doubt", _MACHINES, "horsepower_implausible"),
    Plausible("factory", "workers", 0, 60_000, "doubt", _PEOPLE, "workers_implausible"),
)


def parse(records: Iterable[Record], delivery: Delivery) -> Iterator[Row | Rejected]:
    """Rows for `factory`. People's names, phones and street addresses are left behind here."""
    for record in records:
        values = mended(record.cells, record.header) if record.cells else None
        if values is None:
            yield from _read_one([record], delivery)
            continue
        results = list(_read_one([replace(record, values=values, cells=[])], delivery))
        yield from results
        if any(isinstance(result, Row) for result in results):
            yield Rejected(
                replace(record, raw=""), "unquoted commas or a quoted row put back", stored=True
            )


def _read(record: Record, delivery: Delivery) -> Iterator[Row | Rejected]:
    registered = "DISPFACREG" in record.values
    values = _registered(record, delivery) if registered else _listed(record)
    # The row is stored, so its id finds it: its text, which may name people, need not be kept.
    record.raw = str(values["id"])
    yield Row("factory", {**values, "source": SOURCE.name, "last_seen_at": delivery.received_at})


_read_one = row_by_row(_read)


# --- the register -----------------------------------------------------------------------------


def _registered(record: Record, delivery: Delivery) -> dict[str, object]:
    number, fid = record.identifier("DISPFACREG"), _fid(record)
    name, operator = record.text("FNAME"), record.text("ONAME")
    province = _province(record, fid)
    if number is None and fid is None:
        raise BadValue("neither registration number nor FID", f"FID {record.text('FID')!r}")
    return {
        # A slash would part the path of a URL; each number has but one, so ids stay distinct.
        "id": (number or fid or "").replace("/", "-"),
        "registration_no": number,
        "fid": fid,
        "name": _name(name or number or "", operator),
        "natural_person": is_person(name or "") if operator is None else not is_juristic(operator),
        **_group_and_class(record, number),
        "product": record.text("OBJECT"),
        "isic_code": record.text("ISIC_CODE"),
        "horsepower": _amount(record, "HP"),
        "workers": _workers(record),
        "estate": _estate(record),
        "province_code": province,
        "district_name": record.text("FAMPNAME"),
        "subdistrict_name": record.text("FTUMNAME"),
        **_status(record),
        **_location(record, ("LAT", "LNG"), province, "government"),
        **_days(record, delivery),
    }


def _column(record: Record, name: str) -> str:
    return name if name in record.values else name[:10]


def _fid(record: Record) -> str | None:
    fid = record.lenient(record.identifier, "FID")
    if fid is None:
        return None
    if not re.fullmatch(r"[0-9]{14}", fid):
        record.warn("FID is not 14 digits", repr(fid))
        return None
    if not luhn_ok(fid):
        record.warn("check digit of FID does not fit", fid)
    return fid


def _name(name: str, operator: str | None) -> str:
    return NAME_OF_A_PERSONS_FACTORY if gives_away_person(name, operator) else name


def _group_and_class(record: Record, number: str | None) -> dict[str, object]:
    group, code = parse_factype(record.text("FACTYPE") or "")
    registration = parse_registration(number) if number else None
    if registration is None:
        if number:
            record.warn("registration number of no known form", number)
        return {"factory_group": group, "factory_class": code}
    if code not in (None, registration.factory_class):
        record.warn("FACTYPE differs from the registration number", f"{code} and {number}")
    return {
        "factory_group": registration.group or group,
        "factory_class": registration.factory_class,
    }


def _status(record: Record) -> dict[str, object]:
    flag = record.lenient(record.identifier, "FFLAG")
    if flag is not None and flag not in _STATUSES:
        record.warn("FFLAG is not a status that is known", repr(flag))
    return {"flag": flag, "status": _STATUSES.get(flag or "", "unknown")}


def _workers(record: Record) -> int | None:
    column = _column(record, "TOTAL_WORKER")
    return record.lenient(lambda name: record.whole(name, 0, _MOST), column)


def _estate(record: Record) -> str | None:
    if record.text("ESTATE") in (None, _OUTSIDE_ESTATES):
        return None
    return record.text(_column(record, "ESTATE_NAME_TH"))


def _province(record: Record, fid: str | None) -> str | None:
    """As the record names it, or as the FID says; otherwise the merge asks where the point lies."""
    written = record.text("FPROVNAME")
    named = province_code(written)
    if written and not named:
        record.warn("FPROVNAME is not the name of a province", repr(written))
    inside = fid_province(fid) if fid else None
    return named or (inside if inside in PROVINCES else None)


def _days(record: Record, delivery: Delivery) -> dict[str, object]:
    """Both dates of the record. One in the future, or before all registers, is marked; the day of
    the last change is then left out too, for nothing newer would ever take the record's place."""
    last_update = _column(record, "LAST_UPDATE")
    started = record.lenient(record.day, "POKDATE")
    updated = record.lenient(record.day, last_update)
    earliest, latest = date(_FIRST_YEAR, 1, 1), delivery.received_at.date() + timedelta(days=1)
    doubtful = [
        (name, day)
        for name, day in (("POKDATE", started), (last_update, updated))
        if day and not earliest <= day <= latest
    ]
    for name, day in doubtful:
        record.warn(f"{name} is implausible: marked as doubtful", str(day))
    return {
        "pok_date": started,
        "updated_on": None if (last_update, updated) in doubtful else updated,
        "doubts": ("date_implausible",) if doubtful else (),
    }


# --- plain lists ------------------------------------------------------------------------------


def _listed(record: Record) -> dict[str, object]:
    name, address = _name(record.needed("name"), None), record.text("address") or ""
    province = province_code(_last_word(address))
    location = _location(record, ("lat", "lng"), province, "community")
    return {
        "id": _fingerprint(name, record, location),
        "name": name,
        "natural_person": name == NAME_OF_A_PERSONS_FACTORY,
        "kind": record.text("category"),
        "product": record.text("detail"),
        "province_code": province,
        "status": "unknown",
        **location,
    }


def _last_word(address: str) -> str:
    """The province, where an address ends in it; a postcode may follow."""
    words = re.sub(r"\s*\d{5}$", "", address).split()
    return words[-1] if words else ""


def _fingerprint(name: str, record: Record, location: dict[str, object]) -> str:
    """These lists number nothing: a factory is its name, address and place to about 10 m. Where a
    person's name is left out, what the factory does tells it from another at the same address."""
    place = (location.get("lon"), location.get("lat"))
    parts = [
        name,
        record.text("address") or "",
        *(f"{degrees:.4f}" for degrees in place if isinstance(degrees, float)),
        record.text("detail") or "" if name == NAME_OF_A_PERSONS_FACTORY else "",
    ]
    return f"list-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:16]}"


# --- both -------------------------------------------------------------------------------------


def _location(
    record: Record, columns: tuple[str, str], province: str | None, given: str
) -> dict[str, object]:
    """Point and precision; nothing where the coordinates are of no use, never a place at 0, 0."""
    try:
        place = record.place(*columns, province)
    except BadValue as problem:
        record.warn(f"{problem.reason}: stored without a point", problem.detail)
        return {}
    precision = "repaired" if place.repair else given
    return {"lon": place.lon, "lat": place.lat, "location_precision": precision}


def _amount(record: Record, name: str) -> float | None:
    return record.lenient(lambda column: record.number(column, 0, _MOST), name)


# --- declaration ------------------------------------------------------------------------------


def _requests(ask: Ask) -> Iterator[Request]:
    yield Request(ask.settings[URL.variable])


def _warn(count: int, delivery: Delivery) -> str | None:
    if delivery.name.startswith("http") and count < _FEWEST_LIVE_ROWS:
        return f"{count:,} rows, far fewer than the register holds: probably cut off"
    return None


SOURCE = Source(
    name="diw",
    title=Text("ทะเบียนโรงงาน (กรอ.)", "Factory register (DIW)"),
    url="https://www.diw.go.th",
    licence="not stated by the provider",
    tables=("factory",),
    formats=(
        Format(
            "csv",
            required=frozenset({"DISPFACREG", "FNAME", "FFLAG", "LAT", "LNG"}),
            optional=frozenset(_OPTIONAL.split()),
            ignored=frozenset(_IGNORED.split()),
            synonyms=_SYNONYMS,
            position=("LNG", "LAT"),
        ),
        Format(
            "csv",
            required=frozenset(PLAIN),
            synonyms=_LIST_SYNONYMS,
            position=("lng", "lat"),
        ),
    ),
    parse=parse,
    key=("DISPFACREG", "FID"),
    requests=_requests,
    # One large file of what changes slowly.
    every=timedelta(days=7),
    warn=_warn,
    settings=(URL,),
    plausible=PLAUSIBLE,
)
