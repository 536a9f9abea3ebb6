"""The lists that are cited, by the names under which anybody may read them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from layers.model import Text
from layers.reference.industries import cluster_codes, divisions
from layers.reference.institutions import agencies, indicators, laws
from layers.reference.mills import sugar_mills
from layers.reference.waste import management_codes, waste_codes

_NOT_ALL = Text(
    "เฉพาะที่แหล่งข้อมูลของเราอ้างถึง ไม่ใช่ทั้งหมด", "Those that our sources name, and not all there are"
)
# Of each the rows and what is to be known of it.
_LISTS: Mapping[str, tuple[Callable[[], Mapping[str, Any]], Text]] = {
    "laws": (
        laws,
        Text(
            "เฉพาะที่แหล่งข้อมูลของเราอ้างถึง ไม่ใช่ทั้งหมด",
            "Those that our sources name, and not all there are",
        ),
    ),
    "agencies": (
        agencies,
        Text(
            "เฉพาะที่แหล่งข้อมูลของเราอ้างถึง ไม่ใช่ทั้งหมด",
            "Those that our sources name, and not all there are",
        ),
    ),
    "indicators": (
        indicators,
        Text(
            "set_by เป็น us คือระบบนี้กำหนดเอง ไม่ใช่ตัวชี้วัดทางการ",
            "Where set_by is us they are ours, and no official ones",
        ),
    ),
    "tsic_divisions": (
        divisions,
        Text(
            "สองหลักแรกของ TSIC 2552 ซึ่งตรงกับ ISIC Rev. 4 ชื่อไทยย่อโดยระบบนี้",
            "The first two digits of TSIC 2009, as in ISIC Rev. 4; Thai titles shortened by us",
        ),
    ),
    "industry_clusters": (
        cluster_codes,
        Text(
            "ระบบนี้เลือกรหัสเอง ไม่พบบัญชีรหัส TSIC ของอุตสาหกรรมใหม่ที่หน่วยงานรับรอง ยังไม่ได้ตรวจสอบ",
            "The choice of codes is ours: we found no office's list of TSIC codes of the new"
            " industries; not verified",
        ),
    ),
    "sugar_mills": (
        sugar_mills,
        Text(
            "ปริมาณอ้อยที่ได้รับจัดสรรตามราชกิจจานุเบกษา ไม่ใช่ปริมาณที่หีบจริง บัญชีไม่มีพิกัด ชื่ออังกฤษถอดอักษรโดยระบบนี้",
            "Cane allotted by notices in the Royal Gazette, not cane crushed; the lists have no"
            " places; English names are transliterated by us",
        ),
    ),
    "waste_codes": (
        waste_codes,
        Text(
            "ราชกิจจานุเบกษา เล่ม 140 ตอนพิเศษ 126 ง ชื่อบางรายการอาจขาดคำ ตรวจกับต้นฉบับก่อนใช้ทางกฎหมาย",
            "Royal Gazette 140 special 126 ง; a name may be clipped: check before legal use",
        ),
    ),
    "waste_management_codes": (
        management_codes,
        Text(
            "ราชกิจจานุเบกษา เล่ม 140 ตอนพิเศษ 126 ง ชื่อย่อโดยระบบนี้",
            "Royal Gazette 140 special 126 ง; names shortened by us",
        ),
    ),
}
NAMES = tuple(_LISTS)


class ListNotFound(LookupError):
    """No list has the name that was asked for."""


def note_of(name: str) -> Text:
    """What is to be known of a list. Raises ListNotFound."""
    return _found(name)[1]


def rows_of(name: str) -> Iterable[dict[str, Any]]:
    """Its rows by column. Raises ListNotFound."""
    return [asdict(row) for row in _found(name)[0]().values()]


def _found(name: str) -> tuple[Callable[[], Mapping[str, Any]], Text]:
    if name not in _LISTS:
        raise ListNotFound(f"no list {name!r}; there are: {', '.join(_LISTS)}")
    return _LISTS[name]
