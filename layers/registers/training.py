"""Training of entrepreneurs and workers: what, where, when, how many took part."""

from datetime import timedelta

from layers.model import Attribute, Field, Mark, Register, Style, Text

REGISTER = Register(
    name="training",
    table="training",
    title=Text("การฝึกอบรม", "Training"),
    description=Text(
        "หลักสูตรฝึกอบรมผู้ประกอบการและแรงงาน พร้อมจำนวนผู้เข้าอบรมรวม ไม่มีชื่อผู้เข้าอบรม",
        "Courses for entrepreneurs and workers, with how many took part in all and nobody's name.",
    ),
    licence="not stated by the provider; facts only",
    attribution="กรมส่งเสริมอุตสาหกรรม (กสอ.) / DIPROM",
    url="https://www.diprom.go.th",
    style=Style("#542788", mark=Mark("square")),
    attributes=(
        Attribute(Field("topic", Text("หัวข้อ", "Topic")), written=("หัวข้อ", "ด้าน")),
        Attribute(Field("organiser", Text("ผู้จัด", "Organiser")), written=("ผู้จัด", "หน่วยงาน")),
        Attribute(
            Field("participants", Text("จำนวนผู้เข้าอบรม", "Participants")),
            "whole",
            high=1e6,
            written=("จำนวนผู้เข้าอบรม", "ผู้เข้าอบรม", "จำนวนผู้เข้าร่วม"),
        ),
        Attribute(
            Field("hours", Text("ระยะเวลา", "Length"), "h"),
            "number",
            high=5_000,
            written=("จำนวนชั่วโมง", "ชั่วโมง"),
        ),
    ),
    stale_after=timedelta(days=400),
    timed=True,
    planned=True,
)
