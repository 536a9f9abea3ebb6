"""Licences in the reader's language, as layers declare them in English; codes and names stay."""

import re

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
# The longest first: some begin as others do.
_PHRASES = re.compile("|".join(map(re.escape, sorted(_THAI, key=len, reverse=True))))


def licence_text(licence: str, language: str) -> str:
    """A licence in "th" or "en"; what we know no Thai words for stays as it was declared."""
    return licence if language == "en" else _PHRASES.sub(lambda found: _THAI[found[0]], licence)
