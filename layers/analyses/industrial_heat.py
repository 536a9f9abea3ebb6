"""Places that are hot all through the year: detections of works told from those of fires."""

from datetime import timedelta

from layers.model import Analysis, Text

ANALYSIS = Analysis(
    name="industrial_heat",
    title=Text("ความร้อนอุตสาหกรรมที่อยู่กับที่", "Static industrial heat"),
    sources=("firms", "gistda", "diw", "power_plants"),
    tables=("heat_cell", "industrial_heat", "heat_judgement"),
    # A place is judged by a year of detections: a day more changes few.
    every=timedelta(days=1),
)
