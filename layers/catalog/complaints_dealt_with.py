"""Homes that complained, by quarter, province and category, and whether that was dealt with."""

from datetime import timedelta

from layers.casework.categories import CATEGORIES
from layers.model import Field, Layer, Style, Text, Theme, Tiling, Trust
from layers.model import released_complaints as released

LAYER = Layer(
    name="complaints_dealt_with",
    title=Text("ข้อร้องเรียนที่จัดการแล้วใน 60 วัน", "Complaints dealt with in 60 days"),
    description=released.description(
        Text(
            "รายไตรมาสตามจังหวัดและประเภท หรือหยาบกว่านั้นเมื่อมีเรื่องน้อย เปิดเผย 60 วันหลังสิ้นช่วง"
            " แสดงเฉพาะประเภทที่มีตัวเลขอย่างน้อยหนึ่งตัว",
            "By quarter, province and category, or coarser where complaints are few; released 60"
            " days after the period. Only categories of which a number is shown are listed.",
        )
    ),
    licence=released.LICENCE,
    attribution=released.ATTRIBUTION,
    fields=(
        *released.PERIOD_AND_AREA,
        Field("category", Text("ประเภทเรื่อง", "Category"), values=CATEGORIES),
        released.homes(
            "dealt_with", Text("จัดการแล้วใน 60 วัน", "Homes whose complaint was dealt with")
        ),
        released.homes("not_dealt_with", Text("ยังไม่จัดการใน 60 วัน", "Homes whose was not")),
        Field(
            "dealt_with_pct",
            Text("ร้อยละที่จัดการแล้ว", "Share dealt with"),
            unit="%",
            description=Text(
                "ว่างเมื่อตัวเลขใดตัวเลขหนึ่งไม่เปิดเผย", "Empty where one of the numbers is not shown"
            ),
        ),
        *released.HOW,
    ),
    style=Style(color="#4f3379", by="dealt_with_pct", ramp=released.RAMP[::-1]),
    sources=("complaint_release",),
    stale_after=timedelta(days=270),
    trust=Trust(uncertainty=("noise_95",), estimates=("dealt_with_pct",), abstained=("abstained",)),
    geometry="area",
    near=False,
    timed=True,
    tiling=Tiling(
        fields=("code", "name_th", "name_en", "period", "category", "dealt_with_pct"),
        order="-observed_at",
    ),
    themes=(Theme.COMPLAINTS,),
)
