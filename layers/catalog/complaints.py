"""What citizens complain of, as the public may see it: never words, names or exact places."""

from datetime import timedelta

from layers.casework.categories import CATEGORIES
from layers.model import Field, Layer, Style, Text, Theme, Tiling, source_field

LAYER = Layer(
    name="complaints",
    title=Text("ข้อร้องเรียน", "Complaints"),
    description=Text(
        "เฉพาะเรื่องมลพิษและเหตุเดือดร้อนรำคาญ เช่น กลิ่น ฝุ่น เสียง ไม่ได้ระบุว่าใครเป็นต้นเหตุ"
        " ตำแหน่งคือกึ่งกลางช่องขนาด 0.01 องศา (ราว 1 กิโลเมตร)"
        " เวลาบอกเป็นวัน หรือเป็นเดือนหากช่องนั้นมีไม่ถึง 5 เรื่องในเดือน"
        " ไม่เผยแพร่ข้อความ ชื่อ ที่อยู่ หรือภาพ",
        "Only pollution and nuisances such as smell, dust and noise; who causes them is not said."
        " The place is the centre of a cell of 0.01 degrees, about 1 km; the time is a day, or a"
        " month where the cell has fewer than 5 in it. Words, names, addresses and photos are not"
        " published.",
    ),
    licence="not stated by the provider",
    attribution="Traffy Fondue (NECTEC)",
    fields=(
        Field(
            "category",
            Text("ประเภทเรื่อง", "Category"),
            values=CATEGORIES,
        ),
        Field(
            "status",
            Text("สถานะ", "Status"),
            values={
                "open": Text("รอรับเรื่อง", "Waiting to be received"),
                "in_progress": Text("กำลังดำเนินการ", "In progress"),
                "forwarded": Text("ส่งต่อหน่วยงานอื่น", "Passed to another office"),
                "closed": Text("เสร็จสิ้น", "Closed"),
            },
        ),
        Field(
            "time_precision",
            Text("ความละเอียดของเวลา", "Precision of the time"),
            values={"day": Text("วัน", "Day"), "month": Text("เดือน", "Month")},
        ),
        source_field(traffy=Text("Traffy Fondue", "Traffy Fondue")),
    ),
    style=Style(
        color="#4f3379",
        by="category",
        cells=("#e2d9ea", "#cdbedd", "#a78fc3", "#7d60a3", "#4f3379"),
    ),
    sources=("traffy",),
    # A day is told only where several complaints share it, so that the newest told lags behind.
    stale_after=timedelta(days=4),
    timed=True,
    tiling=Tiling(fields=("category", "status", "time_precision"), point_counts=True),
    themes=(Theme.COMPLAINTS,),
)
