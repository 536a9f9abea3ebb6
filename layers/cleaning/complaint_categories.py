"""Which complaints concern emissions or nuisances as factories make them, and of what kind.

Categories are those of the Pollution Control Department and the Department of Industrial Works.
A report of broken pavement, a street lamp or litter has none.
"""

import re
from collections.abc import Iterable

# The receiving system's own labels that say it all; the others name places or authorities.
_LABELS = {"PM2.5": "dust_smoke", "เสียงรบกวน": "noise", "กลิ่น": "odour", "น้ำเสีย": "wastewater"}

# Words of the complaint, the narrower category first: the first that occurs decides.
_WORDS: tuple[tuple[str, str], ...] = (
    ("hazardous_waste", r"กากอุตสาหกรรม|กากของเสีย|ของเสียอันตราย|ขยะอันตราย|กากสารเคมี"),
    ("chemical_vapour", r"ไอสารเคมี|ไอระเหย|สารเคมีรั่ว|แก๊สรั่ว|ก๊าซรั่ว|กลิ่นสารเคมี|กลิ่นเคมี|ทินเนอร์"),
    ("vibration", r"สั่นสะเทือน|แรงสั่น"),
    ("odour", r"กลิ่น|เหม็น"),
    ("dust_smoke", r"ควัน|เขม่า|ฝุ่น|เผาขยะ|เผาหญ้า|เผาใบไม้|เผาไฟ|เผาในที่โล่ง"),
    ("wastewater", r"(?:ปล่อย|ทิ้ง|เท|ระบาย)น้ำ(?:เสีย|เน่า|ทิ้ง)|น้ำเสียจาก|บำบัดน้ำเสีย"),
    ("noise", r"เสียงดัง|เสียงเครื่องจักร|เสียงรบกวน|ส่งเสียง"),
    ("unlicensed", r"โรงงานเถื่อน|โรงงาน.{0,40}(?:ไม่มีใบอนุญาต|ไม่ได้รับอนุญาต)"),
    ("solid_waste", r"โรงงาน.{0,40}ทิ้งขยะ"),
)
_PATTERNS = tuple((category, re.compile(words, re.DOTALL)) for category, words in _WORDS)


def complaint_category(labels: Iterable[str], text: str) -> str | None:
    """The category's code, from the words first and else from the labels that a person or a
    machine gave; None where neither speaks of an emission or such a nuisance."""
    for category, pattern in _PATTERNS:
        if pattern.search(text):
            return category
    return next((_LABELS[label] for label in labels if label in _LABELS), None)
