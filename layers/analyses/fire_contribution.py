"""Fires along the way of the air, of each station's days above the standard of PM2.5."""

from datetime import timedelta

from layers.model import Analysis, Partition, Text

ANALYSIS = Analysis(
    name="fire_contribution",
    title=Text("ไฟตามทางที่อากาศผ่านมา ในวันฝุ่นเกินมาตรฐาน", "Fires along the air's way on dusty days"),
    sources=("air4thai", "openmeteo", "firms", "gistda", "industrial_heat"),
    tables=("fire_contribution", "fire_contribution_day"),
    daily=True,
    every=timedelta(hours=6),
    partition=Partition.MONTHS,
)
