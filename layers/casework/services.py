"""What other systems may send us complaints of, and what each kind asks beside the place: the
services of Open311, one for each category."""

from collections.abc import Mapping
from dataclasses import dataclass

from layers.casework.categories import CATEGORIES
from layers.model import Text

# The only jurisdiction there is, named as the standard does: by the domain of who answers for it.
JURISDICTION = "industry.go.th"

DATETIME, STRING, ONE_OF, SOME_OF = "datetime", "string", "singlevaluelist", "multivaluelist"


@dataclass(frozen=True)
class Attribute:
    """One further question; `datatype` is one of GeoReport's, `values` what may be answered where
    it is a list, by key. None is required: whoever smells something need not measure it."""

    code: str
    datatype: str
    description: Text
    hint: Text | None = None
    values: Mapping[str, Text] | None = None


@dataclass(frozen=True)
class Service:
    """`keywords` stand in both languages, for who searches in either."""

    code: str
    name: Text
    description: Text
    keywords: tuple[str, ...]
    attributes: tuple[Attribute, ...]


GROUP = Text("มลพิษและเหตุเดือดร้อนรำคาญจากโรงงาน", "Pollution and nuisance of factories")

STRENGTH = Attribute(
    "strength",
    ONE_OF,
    Text("รุนแรงเพียงใด", "How strong it is"),
    values={
        "1": Text("แทบไม่รู้สึก", "Barely noticed"),
        "2": Text("เล็กน้อย", "Weak"),
        "3": Text("ปานกลาง", "Distinct"),
        "4": Text("รุนแรง", "Strong"),
        "5": Text("ทนไม่ได้", "Unbearable"),
    },
)
HAPPENED_AT = Attribute(
    "happened_at",
    DATETIME,
    Text("เกิดขึ้นเมื่อใด หากไม่ใช่ขณะแจ้ง", "When it happened, if it was not when it was reported"),
    Text("วันเวลาพร้อมเขตเวลา", "A time with its zone, as 2026-01-31T03:00:00+07:00"),
)
TIMES = Attribute(
    "times",
    SOME_OF,
    Text("มักเกิดในช่วงใด", "At which times of the day it recurs"),
    values={
        "morning": Text("เช้า", "Morning"),
        "afternoon": Text("กลางวัน", "Afternoon"),
        "evening": Text("เย็น", "Evening"),
        "night": Text("กลางคืน", "Night"),
    },
)
SUSPECTED = Attribute(
    "suspected_source",
    STRING,
    Text("คาดว่ามาจากที่ใด", "Where it may come from"),
    Text("ชื่อโรงงานหรือสถานที่ ไม่เกิน 200 ตัวอักษร", "A factory or a place, in at most 200 characters"),
)
_SMELLS = Attribute(
    "smells_like",
    SOME_OF,
    Text("กลิ่นคล้ายอะไร", "What it smells like"),
    values={
        "rotten_eggs": Text("ไข่เน่า", "Rotten eggs"),
        "burning": Text("ของไหม้", "Burning"),
        "solvent": Text("ทินเนอร์หรือสี", "Solvent or paint"),
        "ammonia": Text("แอมโมเนีย", "Ammonia"),
        "decay": Text("ซากเน่าหรือน้ำเสีย", "Decay or sewage"),
        "other": Text("อื่น ๆ", "Something else"),
    },
)
_WATER = Attribute(
    "water_signs",
    SOME_OF,
    Text("สังเกตเห็นอะไรในน้ำ", "What is seen in the water"),
    values={
        "colour": Text("สีผิดปกติ", "An unusual colour"),
        "foam": Text("ฟอง", "Foam"),
        "oil": Text("คราบน้ำมัน", "Oil"),
        "dead_fish": Text("ปลาตาย", "Dead fish"),
        "smell": Text("กลิ่นเหม็น", "A smell"),
    },
)
_COMMON = (STRENGTH, HAPPENED_AT, TIMES, SUSPECTED)
_FURTHER: Mapping[str, Attribute] = {
    "odour": _SMELLS,
    "chemical_vapour": _SMELLS,
    "wastewater": _WATER,
}
# What is reported under each category, and words by which a client finds it.
_ABOUT: Mapping[str, tuple[Text, tuple[str, ...]]] = {
    "odour": (
        Text("กลิ่นเหม็นจากการผลิต ของเสีย หรือการหมัก", "A smell of production, waste or fermenting"),
        ("กลิ่น", "เหม็น", "smell", "odour"),
    ),
    "dust_smoke": (
        Text("ฝุ่น ควัน เขม่า หรือการเผา", "Dust, smoke, soot or burning"),
        ("ฝุ่น", "ควัน", "เผา", "PM2.5", "dust", "smoke"),
    ),
    "noise": (
        Text("เสียงดังจากเครื่องจักรหรือการขนส่ง", "Noise of machines or of transport"),
        ("เสียงดัง", "noise"),
    ),
    "vibration": (
        Text("แรงสั่นสะเทือนที่รู้สึกได้ในบ้าน", "Vibration that is felt in homes"),
        ("สั่นสะเทือน", "vibration"),
    ),
    "chemical_vapour": (
        Text("ไอหรือก๊าซสารเคมีรั่วไหล", "Vapour or gas of chemicals that escapes"),
        ("สารเคมี", "ก๊าซรั่ว", "chemical", "gas"),
    ),
    "wastewater": (
        Text("ปล่อยน้ำเสียลงแหล่งน้ำหรือที่สาธารณะ", "Wastewater let into waters or public land"),
        ("น้ำเสีย", "wastewater", "sewage"),
    ),
    "solid_waste": (
        Text("ทิ้งขยะหรือกากที่ไม่อันตราย", "Waste that is dumped and is not hazardous"),
        ("ขยะ", "waste"),
    ),
    "hazardous_waste": (
        Text("ลักลอบทิ้งหรือเก็บกากของเสียอันตราย", "Hazardous waste dumped or stored"),
        ("กากอุตสาหกรรม", "ของเสียอันตราย", "hazardous"),
    ),
    "unlicensed": (
        Text("โรงงานที่สงสัยว่าไม่มีใบอนุญาต", "A factory that seems to have no licence"),
        ("ใบอนุญาต", "โรงงานเถื่อน", "licence"),
    ),
    "night_work": (
        Text("ทำงานกลางคืนจนรบกวน", "Work at night that disturbs"),
        ("กลางคืน", "night"),
    ),
    "other": (
        Text("เหตุเดือดร้อนอื่นจากโรงงาน", "Any other nuisance of a factory"),
        ("อื่น ๆ", "other"),
    ),
}


def _service(code: str) -> Service:
    description, keywords = _ABOUT[code]
    further = (_FURTHER[code],) if code in _FURTHER else ()
    return Service(code, CATEGORIES[code], description, keywords, (*_COMMON, *further))


SERVICES: Mapping[str, Service] = {code: _service(code) for code in CATEGORIES}
