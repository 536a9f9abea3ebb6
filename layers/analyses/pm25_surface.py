"""PM2.5 between the stations: one day's 24-hour means, interpolated."""

from datetime import timedelta

from layers.model import Analysis, Partition, Text

ANALYSIS = Analysis(
    name="pm25_surface",
    title=Text("พื้นผิว PM2.5 รายวัน", "Daily PM2.5 surface"),
    sources=("air4thai",),
    tables=("raster",),
    daily=True,
    every=timedelta(hours=3),
    partition=Partition.DAYS,
    version=3,
)
