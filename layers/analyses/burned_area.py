"""Burned land in pairs of images, before and after."""

from layers.model import Analysis, Text

# Images come from their owner with `fahsai burned-area add`, and from no source.
ANALYSIS = Analysis(
    name="burned_area",
    title=Text("พื้นที่เผาไหม้จากภาพก่อนและหลัง", "Burned area from images before and after"),
    sources=(),
    tables=("burned_area", "burned_pair"),
)
