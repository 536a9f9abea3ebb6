"""Fires upwind of factories, day by day: a screening for those who inspect."""

from datetime import timedelta

from layers.model import Analysis, Partition, Text

ANALYSIS = Analysis(
    name="upwind_fires",
    title=Text("ไฟเหนือลมของโรงงานรายวัน", "Fires upwind of factories by day"),
    sources=("diw", "firms", "air4thai", "industrial_heat"),
    tables=("upwind_fire", "upwind_coverage"),
    daily=True,
    every=timedelta(hours=3),
    partition=Partition.MONTHS,
)
