"""Fires: the detections of all satellites, joined in space and time."""

from datetime import timedelta

from layers.model import Analysis, Text

ANALYSIS = Analysis(
    name="fire_events",
    title=Text("เหตุการณ์ไฟ", "Fire events"),
    sources=("firms", "gistda", "industrial_heat"),
    tables=("fire_event", "fire_event_member"),
    every=timedelta(hours=1),
)
