"""Which factories may have caused a complaint, for staff alone."""

from datetime import timedelta

from layers.model import Analysis, Text

ANALYSIS = Analysis(
    name="complaint_attribution",
    title=Text("โรงงานที่อาจเป็นต้นเหตุของข้อร้องเรียน", "Factories that may have caused a complaint"),
    sources=("traffy", "diw", "air4thai"),
    tables=("complaint_attribution", "complaint_candidate"),
    every=timedelta(hours=6),
)
