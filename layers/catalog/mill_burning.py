"""Fires on cane land by zone of a sugar mill and season, beside what the mill declared."""

from datetime import timedelta

from layers.model import Layer, Style, Text, Theme, Tiling, mill_zones

LAYER = Layer(
    name="mill_burning",
    title=Text("ไฟในพื้นที่อ้อยตามเขตโรงงานน้ำตาล", "Fires on cane land by zone of a mill"),
    description=mill_zones.DESCRIPTION,
    licence=mill_zones.LICENCE,
    attribution=mill_zones.ATTRIBUTION,
    style=Style(
        "#7a2410",
        by="fires",
        # Not those of the hexagons of fires or of factories, which lie above them.
        ramp=("#e2d9ea", "#cdbedd", "#a78fc3", "#7d60a3", "#4f3379"),
        fill_opacity=0.4,
    ),
    sources=("mill_burning",),
    stale_after=timedelta(days=400),
    trust=mill_zones.TRUST,
    geometry="area",
    timed=True,
    near=False,
    themes=(Theme.BURNING,),
    fields=mill_zones.FIELDS,
    tiling=Tiling(fields=("mill", "name", "season", "fires", "declared", "burnt_pct")),
)
