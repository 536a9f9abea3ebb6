"""As mill_burning, by the halves of months of each season."""

from datetime import timedelta

from layers.model import Layer, Style, Text, Tiling, mill_zones

LAYER = Layer(
    name="mill_fortnights",
    title=Text("ไฟตามเขตโรงงานน้ำตาล รายครึ่งเดือน", "Fires by zone of a mill, by fortnight"),
    description=mill_zones.DESCRIPTION,
    licence=mill_zones.LICENCE,
    attribution=mill_zones.ATTRIBUTION,
    style=Style("#b3481f"),
    sources=("mill_burning",),
    stale_after=timedelta(days=400),
    trust=mill_zones.TRUST,
    geometry="point",
    timed=True,
    near=False,
    fields=mill_zones.FIELDS,
    tiling=Tiling(fields=("mill", "name", "first_day", "fires", "declared", "burnt_pct")),
)
