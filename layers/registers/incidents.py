"""Incidents at factories and in provinces: outbreaks, accidents, fires, spills."""

from datetime import timedelta

from layers.model import Attribute, Field, Mark, Register, Style, Text, Theme

_KINDS = {
    "outbreak": Text("การระบาดของโรค", "Outbreak"),
    "accident": Text("อุบัติเหตุ", "Accident"),
    "fire": Text("เพลิงไหม้", "Fire"),
    "explosion": Text("ระเบิด", "Explosion"),
    "spill": Text("สารเคมีรั่วไหล", "Spill or leak"),
    "other": Text("อื่น ๆ", "Other"),
}
_PEOPLE = Text("จำนวนตามประกาศ ว่างเมื่อไม่ทราบ", "As announced; empty where not known")

REGISTER = Register(
    name="incidents",
    table="incident",
    title=Text("เหตุการณ์ในโรงงานและจังหวัด", "Incidents"),
    description=Text(
        "เหตุการณ์ที่มีประกาศหรือข่าวเผยแพร่แล้ว ระบุวันที่ ที่โรงงานหรือในจังหวัด ไม่มีข้อมูลบุคคล"
        " ไม่มีรายการไม่ได้แปลว่าไม่มีเหตุการณ์",
        "Incidents that were made public, dated, at a factory or in a province; no person is in"
        " them. That none is listed does not mean that none happened.",
    ),
    licence="facts that were made public",
    attribution="กระทรวงอุตสาหกรรม / Ministry of Industry",
    url="https://www.diw.go.th",
    style=Style(
        "#b2182b",
        by="kind",
        colors={
            "outbreak": "#762a83",
            "accident": "#d6604d",
            "fire": "#b2182b",
            "explosion": "#67001f",
            "spill": "#01665e",
            "other": "#737373",
        },
        mark=Mark("triangle"),
    ),
    attributes=(
        Attribute(
            Field("kind", Text("ประเภทเหตุการณ์", "Kind of incident"), values=_KINDS),
            "code",
            needed=True,
            written=("ประเภท", "ประเภทเหตุการณ์"),
        ),
        Attribute(
            Field("injured", Text("ผู้บาดเจ็บหรือป่วย", "Injured or ill"), description=_PEOPLE),
            "whole",
            high=1e6,
            written=("บาดเจ็บ", "ผู้บาดเจ็บ", "ผู้ป่วย"),
        ),
        Attribute(
            Field("dead", Text("ผู้เสียชีวิต", "Dead"), description=_PEOPLE),
            "whole",
            high=1e5,
            written=("เสียชีวิต", "ผู้เสียชีวิต"),
        ),
    ),
    stale_after=timedelta(days=400),
    key=("name", "province_code", "starts_on", "factory_ref"),
    timed=True,
    at_factories=True,
    themes=(Theme.COMPLAINTS,),
)
