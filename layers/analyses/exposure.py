"""Whether the districts' air was over the standard, day by day, and how many lived in it."""

from datetime import timedelta

from layers.model import Analysis, Text

ANALYSIS = Analysis(
    name="exposure",
    title=Text("การรับสัมผัส PM2.5 รายอำเภอ", "Exposure to PM2.5 by district"),
    sources=("pm25_surface", "boundaries"),
    tables=("exposure", "exposure_day"),
    daily=True,
    every=timedelta(hours=3),
)
