"""Licences and attributions of layers in the reader's language; codes and names stay."""

import re
from collections.abc import Iterable

_THAI = {
    "not stated by the provider": "ผู้ให้ข้อมูลไม่ได้ระบุ",
    "not stated": "ผู้ให้ข้อมูลไม่ได้ระบุ",
    "free to use with acknowledgement": "ใช้ได้โดยไม่คิดค่าใช้จ่าย ต้องอ้างที่มา",
    "official notices: no copyright (Thai Copyright Act, section 7)": (
        "ประกาศของทางราชการ ไม่มีลิขสิทธิ์ (พ.ร.บ. ลิขสิทธิ์ มาตรา 7)"
    ),
    "facts that were made public": "ข้อเท็จจริงที่เปิดเผยต่อสาธารณะแล้ว",
    "facts only": "เฉพาะข้อเท็จจริง",
    "sums only": "เฉพาะผลรวม",
    "that of the images": "ตามสัญญาอนุญาตของภาพ",
    "as their providers state": "ตามที่ผู้ให้ข้อมูลระบุ",
    "as stated by each list": "ตามที่แต่ละบัญชีระบุ",
    "believed CC BY-IGO, not verified": "เข้าใจว่าเป็น CC BY-IGO ยังไม่ได้ยืนยัน",
    "modelled points": "จุดจากแบบจำลอง",
    "CDM projects": "โครงการ CDM",
    "and intake": "และเรื่องที่รับไว้",
}
_ENGLISH = {
    "กรมควบคุมมลพิษ": "Pollution Control Department",
    "กรมโรงงานอุตสาหกรรม": "Department of Industrial Works",
    "กระทรวงอุตสาหกรรม": "Ministry of Industry",
    "สำนักงานปลัดสำนักนายกรัฐมนตรี": "Office of the Permanent Secretary of the Prime Minister's Office",
}


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    # The longest first: some begin as others do.
    return re.compile("|".join(map(re.escape, sorted(phrases, key=len, reverse=True))))


_THAI_PHRASES, _ENGLISH_PHRASES = _any_of(_THAI), _any_of(_ENGLISH)


def licence_text(licence: str, language: str) -> str:
    """A licence in "th" or "en"; what we know no Thai words for stays as it was declared."""
    return (
        licence if language == "en" else _THAI_PHRASES.sub(lambda found: _THAI[found[0]], licence)
    )


def attribution_text(attribution: str, language: str) -> str:
    """Whose data they are in "th" or "en"; of the parts between semicolons that are declared as
    "Thai / English" the one. What we know no English words for stays as it was declared."""
    parts = [part.split(" / ") for part in attribution.split("; ")]
    if language == "th":
        return "; ".join(part[0] for part in parts)
    said = "; ".join(part[-1] for part in parts)
    return _ENGLISH_PHRASES.sub(lambda found: _ENGLISH[found[0]], said)
