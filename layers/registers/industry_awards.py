"""Outstanding-industry awards, and the mentoring that their winners give."""

from datetime import timedelta

from layers.model import Attribute, Field, Mark, Register, Style, Text, Theme

_KINDS = {
    "award": Text("รางวัล", "Award"),
    "mentoring": Text("การเป็นพี่เลี้ยง", "Mentoring"),
}

REGISTER = Register(
    name="industry_awards",
    table="industry_award",
    title=Text("รางวัลอุตสาหกรรมดีเด่น", "Outstanding-industry awards"),
    description=Text(
        "รางวัลอุตสาหกรรมที่ประกาศผลแล้ว และการเป็นพี่เลี้ยงของสถานประกอบการที่ได้รางวัล",
        "Industry awards as announced, and the mentoring by establishments that won one.",
    ),
    licence="not stated by the provider; facts only",
    attribution="กระทรวงอุตสาหกรรม / Ministry of Industry",
    url="https://www.industry.go.th",
    style=Style(
        "#b8860b",
        by="kind",
        colors={"award": "#b8860b", "mentoring": "#2166ac"},
        mark=Mark("diamond"),
    ),
    attributes=(
        Attribute(
            Field("kind", Text("ประเภท", "Kind"), values=_KINDS),
            "code",
            needed=True,
            written=("ประเภท",),
        ),
        Attribute(
            Field("year", Text("ปี (ค.ศ.)", "Year (CE)")),
            "year",
            needed=True,
            low=1981,
            high=2100,
            written=("ปี", "ปี พ.ศ."),
        ),
        Attribute(
            Field("category", Text("สาขารางวัล", "Category")), written=("สาขา", "ประเภทรางวัล")
        ),
        Attribute(
            Field("establishment", Text("สถานประกอบการ", "Establishment")),
            written=("สถานประกอบการ", "บริษัท", "โรงงาน"),
        ),
        Attribute(
            Field("mentored", Text("สถานประกอบการที่ได้รับคำแนะนำ", "Establishments mentored")),
            "whole",
            high=10_000,
            written=("จำนวนที่ได้รับคำแนะนำ",),
        ),
    ),
    stale_after=timedelta(days=400),
    key=("name", "province_code", "year", "category", "establishment", "factory_ref"),
    at_factories=True,
    themes=(Theme.GREEN,),
)
