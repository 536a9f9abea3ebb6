"""Homes that complained, by year and sub-district."""

from datetime import timedelta

from layers.model import Layer, Text, Theme, Tiling
from layers.model import released_complaints as released

LAYER = Layer(
    name="complaint_years",
    title=Text("ข้อร้องเรียนรายปี", "Complaints by year"),
    description=released.description(
        Text(
            "รายปีตามตำบล หรือหยาบกว่านั้นเมื่อมีเรื่องน้อย ตำบลที่มีบ้านไม่ถึง 500 หลัง"
            " หรือร้องเรียนเกินหนึ่งในสิบจะไม่แสดง เมื่อทราบจำนวนบ้าน",
            "By year and sub-district, or coarser where complaints are few. Sub-districts of fewer"
            " than 500 houses, or where more than a tenth complain, stay hidden where houses are"
            " known.",
        )
    ),
    licence=released.LICENCE,
    attribution=released.ATTRIBUTION,
    fields=(*released.PERIOD_AND_AREA, released.homes(), *released.HOW),
    style=released.STYLE,
    sources=("complaint_release",),
    stale_after=timedelta(days=800),
    trust=released.TRUST,
    geometry="area",
    timed=True,
    tiling=Tiling(fields=("code", "name_th", "name_en", "period", "homes"), order="-observed_at"),
    themes=(Theme.COMPLAINTS,),
)
