"""Whether certification lowered the complaints about factories, or why that can't be told."""

from datetime import timedelta

from layers.model import Analysis, Text

ANALYSIS = Analysis(
    name="green_effect",
    title=Text("ผลของการรับรองต่อข้อร้องเรียน", "What certification did to complaints"),
    sources=("diw", "traffy", "green_industry"),
    tables=("green_effect",),
    # It counts months.
    every=timedelta(days=7),
)
