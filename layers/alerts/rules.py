"""The vocabulary of rules: what one may be told of, with which numbers, and when again.

A rule measures something of a place, now and then, as a number. It fires when the number reaches
its threshold, and not again before it is armed: after it fell to a lower bound, or, where it lasts,
after some quiet time. docs/alerts.md has the table, which a test compares.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from layers.alerts.places import AREA, COUNTRY, DISTRICT, ECO_TOWN, FACTORY, POINT, PROVINCE
from layers.model import Text

PUBLIC, STAFF = "public", "staff"
_AREAS = (PROVINCE, DISTRICT, ECO_TOWN, AREA)
_ALL = (*_AREAS, FACTORY, POINT)


@dataclass(frozen=True)
class Parameter:
    """A whole number from `lowest` to `highest`, or one of `choices` by their codes."""

    name: str
    title: Text
    default: int | str
    lowest: int = 0
    highest: int = 0
    unit: Text | None = None
    choices: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """`views` are the published views, or of a rule for staff the tables, that it reads: whenever
    one changes it is evaluated, and each `every` where time alone changes it.

    It fires at the parameter `threshold`, or at 1 without one. It is armed again when the measure
    is at most `rearm_share` of that, or where nothing is measured any
    more and `nothing_is_zero`; without, no news leaves it as it is. What lasts is told again
    `again_after`. What held when somebody subscribed is told then, but of a rule of `changes`
    alone."""

    name: str
    title: Text
    about: Text
    caveat: Text
    places: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    views: tuple[str, ...]
    rearm_share: float
    audience: str = PUBLIC
    threshold: str | None = None
    nothing_is_zero: bool = True
    again_after: timedelta | None = None
    every: timedelta | None = None
    changes: bool = False


class BadRule(ValueError):
    """What was asked to be told of cannot be; the message says what can."""


_FIRES = Text("จุด", "fires")
_RULES = (
    Rule(
        name="fires",
        title=Text("มีจุดความร้อนหลายจุด", "Fires seen by satellite"),
        about=Text(
            "จุดความร้อนใน 24 ชั่วโมงล่าสุดมีจำนวนตั้งแต่ที่กำหนดขึ้นไป"
            " ไม่นับจุดที่แบบจำลองชี้ว่าเป็นความร้อนประจำของโรงงาน",
            "as many detections or more within the last 24 hours; those that our model holds for"
            " the lasting heat of works are not counted as fires",
        ),
        caveat=Text(
            "ดาวเทียมเห็นจุดละ 375 ม. ถึง 1 กม. ผ่านวันละไม่กี่ครั้ง เมฆบังได้ จุดความร้อนไม่ได้บอกว่าใครเป็นผู้เผา",
            "satellites see cells of 375 m to 1 km, pass a few times a day, and clouds hide fires;"
            " a"
            " detection does not say who lit it",
        ),
        places=_ALL,
        parameters=(
            Parameter("least", Text("ตั้งแต่", "At least"), 5, 1, 1000, _FIRES),
            Parameter(
                "land",
                Text("บนพื้นที่", "On land of"),
                "any",
                choices={"any": Text("ใดก็ได้", "any kind"), "cane": Text("ไร่อ้อย", "sugar cane")},
            ),
        ),
        threshold="least",
        views=("hotspots",),
        rearm_share=0.5,
        again_after=timedelta(days=3),
        every=timedelta(hours=3),
    ),
    Rule(
        name="air",
        title=Text("ฝุ่น PM2.5 เกินมาตรฐาน", "PM2.5 above the Thai standard"),
        about=Text(
            "ค่าเฉลี่ย 24 ชั่วโมงของสถานีเกินมาตรฐานไทยที่ใช้ในวันนั้น ต่อเนื่องกันตั้งแต่จำนวนชั่วโมงที่กำหนด",
            "a station's 24-hour mean was above the Thai standard in force on that date, for as"
            " many"
            " hourly readings in a row or more",
        ),
        caveat=Text(
            "มาตรฐานเฉลี่ย 24 ชั่วโมง 37.5 µg/m³ ตั้งแต่ 1 มิ.ย. 2566 (ก่อนหน้านั้น 50)"
            " นับเฉพาะสถานีตรวจวัด ไม่นับแบบจำลอง",
            "the standard is a 24-hour mean of 37.5 µg/m³ since 2023-06-01 (50 before); stations"
            " that measure, no model",
        ),
        places=_ALL,
        parameters=(
            Parameter("hours", Text("ต่อเนื่อง", "For"), 3, 1, 72, Text("ชั่วโมง", "hours in a row")),
        ),
        threshold="hours",
        views=("air_quality", "air_stations"),
        rearm_share=0,
        nothing_is_zero=False,
        again_after=timedelta(days=1),
    ),
    Rule(
        name="upwind_fires",
        title=Text("มีไฟอยู่เหนือลม", "Fires upwind"),
        about=Text(
            "จุดความร้อนใน 24 ชั่วโมงล่าสุดภายในรัศมี อยู่ด้านที่ลมพัดมา ตามลมที่วัดใกล้ที่สุด",
            "detections of the last 24 hours within the radius, towards where the nearest measured"
            " wind comes from",
        ),
        caveat=Text(
            "เป็นการคัดกรองตามทิศลม ±45° จากสถานีไม่เกิน 50 กม. ไม่ใช่แบบจำลองควัน ลมต่ำกว่า 1 ม./วิ ไม่บอกทิศ",
            "a screening by the wind's direction ±45° from a station within 50 km, no model of"
            " smoke; winds below 1 m/s tell no direction",
        ),
        places=(FACTORY, POINT),
        parameters=(Parameter("least", Text("ตั้งแต่", "At least"), 1, 1, 1000, _FIRES),),
        threshold="least",
        views=("hotspots", "wind"),
        rearm_share=0,
        nothing_is_zero=True,
        again_after=timedelta(days=1),
        every=timedelta(hours=3),
    ),
    Rule(
        name="complaints_released",
        title=Text("จำนวนข้อร้องเรียนที่เผยแพร่", "Complaints as released"),
        about=Text(
            "จำนวนบ้านที่ร้องเรียนในรายการที่เผยแพร่ล่าสุดของพื้นที่ มีตั้งแต่จำนวนที่กำหนด",
            "as many homes or more in the newest released count of the area",
        ),
        caveat=Text(
            "ตัวเลขที่เผยแพร่เติมความคลาดเคลื่อนเพื่อรักษาความเป็นส่วนตัว และไม่ระบุโรงงาน",
            "released counts carry noise that protects those who complained, and name no factory",
        ),
        places=(PROVINCE, DISTRICT),
        parameters=(
            Parameter("least", Text("ตั้งแต่", "At least"), 10, 5, 10_000, Text("บ้าน", "homes")),
        ),
        threshold="least",
        views=("complaint_months", "complaint_quarters"),
        rearm_share=0,
        nothing_is_zero=False,
    ),
    Rule(
        name="complainants",
        title=Text("หลายบ้านร้องเรียนใกล้กัน", "Several homes complain near one place"),
        about=Text(
            "จำนวนบ้านต่างกันที่ร้องเรียนภายใน 30 วันในพื้นที่",
            "as many different homes or more complained within 30 days in the place",
        ),
        caveat=Text(
            "นับเรื่องที่รับไว้ ยังไม่ได้ตรวจสอบ และไม่ได้ชี้ว่าเกิดจากโรงงานใด",
            "cases as received, not yet verified; of a cause, or whose it is, it says nothing",
        ),
        places=_ALL,
        parameters=(
            Parameter("least", Text("ตั้งแต่", "At least"), 5, 5, 1000, Text("บ้าน", "homes")),
        ),
        threshold="least",
        views=("complaint",),
        rearm_share=0.5,
        audience=STAFF,
        again_after=timedelta(days=30),
        every=timedelta(days=1),
    ),
    Rule(
        name="certificate_expiring",
        title=Text("ใบรับรองใกล้หมดอายุ", "Certificates that expire soon"),
        about=Text(
            "ใบรับรองอุตสาหกรรมสีเขียวในพื้นที่จะหมดอายุภายในจำนวนวันที่กำหนด ใบละครั้ง",
            "a Green Industry certificate in the place expires within as many days; once for each",
        ),
        caveat=Text(
            "ตามทะเบียนที่เผยแพร่ การต่ออายุที่ยังไม่เข้าทะเบียนไม่ปรากฏ",
            "by the published register; a renewal that has not reached it is not seen",
        ),
        places=_ALL,
        parameters=(Parameter("days", Text("ภายใน", "Within"), 90, 1, 90, Text("วัน", "days")),),
        views=("certificates_expiring",),
        rearm_share=0,
        every=timedelta(days=1),
    ),
    Rule(
        name="feed_quiet",
        title=Text("ข้อมูลขาดการปรับปรุง", "A feed gone quiet"),
        about=Text(
            "ชั้นข้อมูลไม่มีข้อมูลใหม่นานกว่าที่ประกาศไว้",
            "a layer has had nothing new for longer than it declares",
        ),
        caveat=Text(
            "เงียบอาจแปลว่าผู้ให้บริการขัดข้อง หรือไม่มีอะไรให้รายงาน",
            "quiet may mean that the provider has failed, or that there was nothing to tell",
        ),
        places=(COUNTRY,),
        parameters=(
            Parameter(
                "layer",
                Text("ชั้นข้อมูล", "Layer"),
                "any",
                choices={
                    "any": Text("ทุกชั้น", "any layer"),
                    "hotspots": Text("จุดความร้อน", "Hotspots"),
                    "air_quality": Text("คุณภาพอากาศรายชั่วโมง", "Hourly air quality"),
                    "wind": Text("ลม", "Wind"),
                },
            ),
        ),
        views=("hotspots", "air_quality", "wind"),
        rearm_share=0,
        nothing_is_zero=True,
        again_after=timedelta(days=1),
        every=timedelta(hours=1),
    ),
    Rule(
        name="kpi",
        title=Text("ตัวชี้วัดผ่านหรือพลาดเป้า", "An indicator crosses its target"),
        about=Text(
            "ค่าล่าสุดของตัวชี้วัดข้ามเป้าหมายของปีงบประมาณ",
            "the newest value of an indicator of the fiscal year crosses its target",
        ),
        caveat=Text(
            "ตามค่าที่หน่วยงานเจ้าของตัวชี้วัดรายงาน",
            "by the values that the office that answers for it reports",
        ),
        places=(COUNTRY, PROVINCE),
        parameters=(
            Parameter(
                "side",
                Text("เมื่อ", "When it is"),
                "met",
                choices={
                    "met": Text("ถึงเป้า", "met"),
                    "missed": Text("ไม่ถึงเป้า", "missed"),
                },
            ),
        ),
        views=("kpis", "kpi_values"),
        rearm_share=0,
        nothing_is_zero=False,
        changes=True,
    ),
)
RULES: Mapping[str, Rule] = {rule.name: rule for rule in _RULES}
# Whose events in a province anybody may follow, with the usual numbers: none names a factory.
FOLLOWED = tuple(RULES[name] for name in ("fires", "air", "complaints_released", "kpi"))


def rule_named(name: str) -> Rule:
    """Raises BadRule, naming those there are."""
    try:
        return RULES[name]
    except KeyError:
        raise BadRule(f"no rule {name!r}; there are: {', '.join(RULES)}") from None


def usual_parameters(rule: Rule) -> dict[str, int | str]:
    """Of a rule that nobody gave numbers."""
    return read_parameters(rule, {})


def read_parameters(rule: Rule, given: Mapping[str, str]) -> dict[str, int | str]:
    """Every parameter of the rule; what was not given is as usual. Raises BadRule."""
    return {one.name: _value(one, given.get(one.name, "").strip()) for one in rule.parameters}


def _value(parameter: Parameter, text: str) -> int | str:
    if not text:
        return parameter.default
    if parameter.choices:
        if text not in parameter.choices:
            raise BadRule(
                f"{parameter.name} must be one of {', '.join(parameter.choices)}, got {text[:40]!r}"
            )
        return text
    # More digits than nine would be no integer of PostgreSQL's.
    is_whole = text.isascii() and text.isdecimal() and len(text) <= 9
    if not is_whole or not parameter.lowest <= int(text) <= parameter.highest:
        raise BadRule(
            f"{parameter.name} must be a whole number from {parameter.lowest} to"
            f" {parameter.highest}, got {text[:40]!r}"
        )
    return int(text)
