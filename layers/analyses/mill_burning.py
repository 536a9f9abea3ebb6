"""Fires on cane land by zone of a sugar mill, beside what mills declared and the limits."""

from datetime import timedelta

from layers.model import Analysis, Text

ANALYSIS = Analysis(
    name="mill_burning",
    title=Text("ไฟในพื้นที่อ้อยตามเขตโรงงานน้ำตาล", "Fires on cane land by zone of a sugar mill"),
    sources=("firms", "gistda", "diw", "mill_intake", "fire_events"),
    tables=("mill", "mill_fire_day", "mill_fire_state", "mill_burning"),
    every=timedelta(hours=6),
    version=2,
)
