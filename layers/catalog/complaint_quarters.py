"""Homes that complained, by quarter and district."""

from datetime import timedelta

from layers.model import Layer, Text, Theme, Tiling
from layers.model import released_complaints as released

LAYER = Layer(
    name="complaint_quarters",
    title=Text("ข้อร้องเรียนรายไตรมาส", "Complaints by quarter"),
    description=released.description(
        Text(
            "รายไตรมาสตามอำเภอ หรือหยาบกว่านั้นเมื่อมีเรื่องน้อย",
            "By quarter and district, or coarser where complaints are few.",
        )
    ),
    licence=released.LICENCE,
    attribution=released.ATTRIBUTION,
    fields=(*released.PERIOD_AND_AREA, released.homes(), *released.HOW),
    style=released.STYLE,
    sources=("complaint_release",),
    stale_after=timedelta(days=200),
    trust=released.TRUST,
    geometry="area",
    timed=True,
    tiling=Tiling(fields=("code", "name_th", "name_en", "period", "homes"), order="-observed_at"),
    themes=(Theme.COMPLAINTS,),
)
