"""Fairs, promotion projects and knowledge meet-ups: what, where, when, how many came."""

from datetime import timedelta

from layers.model import Attribute, Field, Mark, Register, Style, Text

_KINDS = {
    "fair": Text("งานแสดงสินค้า", "Fair"),
    "promotion": Text("กิจกรรมส่งเสริม", "Promotion"),
    "meeting": Text("เวทีแลกเปลี่ยนความรู้", "Knowledge meet-up"),
    "other": Text("อื่น ๆ", "Other"),
}

REGISTER = Register(
    name="events",
    table="event",
    title=Text("กิจกรรมส่งเสริมอุตสาหกรรม", "Industry events"),
    description=Text(
        "งานแสดงสินค้า กิจกรรมส่งเสริม และเวทีแลกเปลี่ยนความรู้ พร้อมจำนวนผู้เข้าร่วมรวม",
        "Fairs, promotion and knowledge meet-ups, with how many came in all.",
    ),
    licence="not stated by the provider; facts only",
    attribution="กรมส่งเสริมอุตสาหกรรม (กสอ.) / DIPROM",
    url="https://www.diprom.go.th",
    style=Style(
        "#e08214",
        by="kind",
        colors={
            "fair": "#e08214",
            "promotion": "#1b7837",
            "meeting": "#2166ac",
            "other": "#737373",
        },
        mark=Mark("diamond"),
    ),
    attributes=(
        Attribute(
            Field("kind", Text("ประเภทกิจกรรม", "Kind of event"), values=_KINDS),
            "code",
            needed=True,
            written=("ประเภท", "ประเภทกิจกรรม"),
        ),
        Attribute(Field("venue", Text("สถานที่", "Venue")), written=("สถานที่",)),
        Attribute(Field("organiser", Text("ผู้จัด", "Organiser")), written=("ผู้จัด", "หน่วยงาน")),
        Attribute(
            Field("visitors", Text("จำนวนผู้เข้าร่วม", "Visitors")),
            "whole",
            high=1e7,
            written=("จำนวนผู้เข้าร่วม", "ผู้เข้าร่วม", "ผู้เข้าชม"),
        ),
    ),
    stale_after=timedelta(days=400),
    timed=True,
    planned=True,
)
