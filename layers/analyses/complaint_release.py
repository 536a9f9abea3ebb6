"""What the public may see of complaints, released when a period is over."""

from layers.model import Analysis, Text

# Of no `every`: a period is released when it is over, by the daily job `release_complaints`.
ANALYSIS = Analysis(
    name="complaint_release",
    title=Text("การเปิดเผยข้อร้องเรียน", "The release of complaints"),
    sources=("traffy", "boundaries"),
    tables=("complaint_release_period", "complaint_release", "complaint_area"),
)
