"""Fires on cane land by zone of a sugar mill and day."""

from datetime import timedelta

from layers.model import MADE_FIELDS, Field, Layer, Style, Text, Tiling, Trust, mill_zones

_OF_DAY = {
    "mill",
    "factory_id",
    "name",
    "province_code",
    "fires",
    *(one.name for one in MADE_FIELDS),
    "source",
}
_SHARED = tuple(one for one in mill_zones.FIELDS if one.name in _OF_DAY)

LAYER = Layer(
    name="mill_days",
    title=Text("ไฟตามเขตโรงงานน้ำตาล รายวัน", "Fires by zone of a mill, by day"),
    description=mill_zones.DESCRIPTION,
    licence=mill_zones.LICENCE,
    attribution=mill_zones.ATTRIBUTION,
    style=Style("#b3481f"),
    sources=("mill_burning",),
    stale_after=timedelta(days=30),
    trust=Trust(uncertainty=("variance",)),
    geometry="point",
    timed=True,
    near=False,
    fields=(
        *_SHARED,
        Field(
            "day",
            Text("วัน", "Day"),
            description=Text(
                "24 ชั่วโมงที่สิ้นสุดเวลา 08:00 น. ของวัน",
                "The 24 hours that end at 08:00 of it",
            ),
        ),
        Field(
            "variance",
            Text("ความแปรปรวน", "Variance"),
            description=Text(
                "ของจำนวนไฟในเขต ถ้าไฟแต่ละจุดเป็นของเขตเดียวด้วยโอกาสเท่าสัดส่วน",
                "Of the number of fires, each being of one zone with the chance of its share",
            ),
            decimals=2,
        ),
        Field("nearest", Text("ไฟที่ใกล้โรงงานนี้ที่สุด", "Fires nearest to this mill"), decimals=1),
    ),
    tiling=Tiling(fields=("mill", "name", "day", "fires")),
)
