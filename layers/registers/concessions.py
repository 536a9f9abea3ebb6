"""Concessions of minerals and permits to dig soil."""

from datetime import timedelta

from layers.model import Attribute, Field, Mark, Register, Style, Text

_KINDS = {
    "mineral": Text("แร่", "Minerals"),
    "soil": Text("ดินและทราย", "Soil and sand"),
}

REGISTER = Register(
    name="concessions",
    table="concession",
    title=Text("ประทานบัตรและใบอนุญาตขุดดิน", "Concessions of minerals and soil"),
    description=Text(
        "พื้นที่ที่ได้รับประทานบัตรแร่หรืออนุญาตขุดดิน แสดงเป็นจุด ไม่ใช่ขอบเขต พร้อมวันเริ่มและสิ้นสุดตามที่ให้มา",
        "Where minerals or soil may be dug, as points and no outlines, with the days as given.",
    ),
    licence="not stated by the provider; facts only",
    attribution="กรมอุตสาหกรรมพื้นฐานและการเหมืองแร่ (กพร.) / DPIM",
    url="https://www.dpim.go.th",
    style=Style(
        "#8c510a",
        by="kind",
        colors={"mineral": "#8c510a", "soil": "#dfc27d"},
        mark=Mark("square"),
    ),
    attributes=(
        Attribute(
            Field("kind", Text("ประเภท", "Kind"), values=_KINDS),
            "code",
            needed=True,
            written=("ประเภท",),
        ),
        Attribute(
            Field("concession_no", Text("เลขที่ประทานบัตรหรือใบอนุญาต", "Number")),
            written=("เลขที่ประทานบัตร", "เลขที่ใบอนุญาต", "ประทานบัตรที่"),
        ),
        Attribute(Field("mineral", Text("ชนิดแร่", "Mineral")), written=("ชนิดแร่", "แร่")),
        Attribute(
            Field("area_rai", Text("เนื้อที่", "Area"), "rai"),
            "number",
            high=1e6,
            written=("เนื้อที่", "เนื้อที่ (ไร่)"),
        ),
        Attribute(
            Field("holder", Text("นิติบุคคลผู้ถือ", "Firm that holds it")),
            written=("ผู้ถือประทานบัตร", "ผู้รับอนุญาต"),
        ),
    ),
    stale_after=timedelta(days=400),
    key=("name", "province_code", "starts_on", "concession_no"),
    near=True,
)
