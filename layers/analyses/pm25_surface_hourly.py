"""PM2.5 between the stations, hour by hour: 1-hour means, interpolated."""

from datetime import timedelta

from layers.model import Analysis, Partition, Text

ANALYSIS = Analysis(
    name="pm25_surface_hourly",
    title=Text("พื้นผิว PM2.5 รายชั่วโมง", "Hourly PM2.5 surface"),
    sources=("air4thai",),
    tables=("raster",),
    daily=True,
    # As often as the stations report.
    every=timedelta(hours=1),
    partition=Partition.HOURS,
    version=3,
)
