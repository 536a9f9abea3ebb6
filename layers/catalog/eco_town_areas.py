"""The areas of eco-industrial towns, where their extent is known."""

from datetime import timedelta

from layers.catalog.eco_towns import (
    ATTRIBUTION,
    EXTENT,
    LEVEL,
    LEVEL_COLORS,
    LEVEL_YEAR,
    LICENCE,
    SOURCE_FIELD,
    TARGETS,
)
from layers.model import Field, Layer, Style, Text, Theme, Tiling

LAYER = Layer(
    name="eco_town_areas",
    title=Text("พื้นที่เมืองอุตสาหกรรมเชิงนิเวศ", "Areas of eco-industrial towns"),
    description=Text(
        "พื้นที่รวมจากขอบเขตของตำบลหรืออำเภอที่ประกาศในราชกิจจานุเบกษาระบุชื่อ ไม่ใช่แนวเขตทางการ"
        " เมืองที่ไม่ทราบขอบเขตอยู่ในชั้น eco_towns เท่านั้น",
        "Made of the boundaries of the sub-districts or districts that a notice names; not an"
        " official boundary. Towns whose extent is not known are in eco_towns alone.",
    ),
    licence=LICENCE,
    attribution=ATTRIBUTION,
    style=Style(color="#1b5c45", by="level", colors=LEVEL_COLORS, fill_opacity=0.25),
    sources=("eco_towns",),
    stale_after=timedelta(days=400),
    fields=(
        Field("name_th", Text("ชื่อพื้นที่", "Area")),
        Field("province_code", Text("รหัสจังหวัด", "Province code")),
        EXTENT,
        LEVEL,
        LEVEL_YEAR,
        *TARGETS,
        SOURCE_FIELD,
    ),
    geometry="area",
    near=False,
    tiling=Tiling(fields=("name_th", "level", "level_year", "target_level", "extent")),
    themes=(Theme.GREEN,),
)
