"""Green Industry certificates of factories."""

from datetime import timedelta

from layers.model import Field, Layer, Mark, Style, Text, Theme, Tiling, doubts_field, source_field

LAYER = Layer(
    name="green_certificates",
    title=Text("ใบรับรองอุตสาหกรรมสีเขียว", "Green Industry certificates"),
    description=Text(
        "ใบรับรองอุตสาหกรรมสีเขียวระดับ 1–5 ของแต่ละโรงงาน วันออกและวันหมดอายุเป็นไปตามที่ได้รับ"
        " แสดงเฉพาะใบรับรองที่พบโรงงานและพิกัดในทะเบียนโรงงาน",
        "Green Industry certificates, level 1 to 5, per factory; dates of issue and expiry are as"
        " given. Only certificates whose factory has a place in the register are shown.",
    ),
    licence="not stated by the provider",
    attribution="กระทรวงอุตสาหกรรม / Ministry of Industry",
    style=Style(
        color="#458b6c",
        by="level",
        colors={"1": "#d3e7d9", "2": "#a9cfb6", "3": "#7fb496", "4": "#458b6c", "5": "#1b5c45"},
        mark=Mark("square"),
    ),
    sources=("green_industry",),
    stale_after=timedelta(days=400),
    fields=(
        Field("factory_id", Text("รหัสโรงงาน", "Factory")),
        Field("factory_name", Text("ชื่อโรงงาน", "Name of the factory")),
        Field(
            "level",
            Text("ระดับ", "Level"),
            values={
                "1": Text("1 ความมุ่งมั่นสีเขียว", "1 Green Commitment"),
                "2": Text("2 ปฏิบัติการสีเขียว", "2 Green Activity"),
                "3": Text("3 ระบบสีเขียว", "3 Green System"),
                "4": Text("4 วัฒนธรรมสีเขียว", "4 Green Culture"),
                "5": Text("5 เครือข่ายสีเขียว", "5 Green Network"),
            },
        ),
        Field("issued_on", Text("วันที่ออก", "Issued")),
        Field(
            "expires_on",
            Text("วันหมดอายุ", "Expires"),
            description=Text("ว่างเมื่อไม่ได้รับข้อมูล", "Empty where it was not given"),
        ),
        Field("certificate_no", Text("เลขที่ใบรับรอง", "Certificate number")),
        Field("province_code", Text("รหัสจังหวัด", "Province code")),
        doubts_field("date_implausible"),
        source_field(green_industry=Text("อุตสาหกรรมสีเขียว", "Green Industry")),
    ),
    tiling=Tiling(fields=("factory_name", "level", "expires_on")),
    themes=(Theme.GREEN,),
)
