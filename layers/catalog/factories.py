"""Factories that the registers know and whose place is known; never the people behind them."""

from datetime import timedelta

from layers.model import Field, Layer, Mark, Style, Text, Tiling, doubts_field, source_field

LAYER = Layer(
    name="factories",
    title=Text("โรงงาน", "Factories"),
    description=Text(
        "โรงงานตามทะเบียนที่ทราบพิกัด จำนวนโรงงานของแต่ละแหล่งไม่ตรงกัน"
        " และแถวที่หายไปจากทะเบียนยังเก็บไว้ที่นี่ ไม่แสดงชื่อบุคคลธรรมดา",
        "Registered factories whose place is known. Official counts disagree, and rows that leave"
        " the register stay here. Names of natural persons are not shown.",
    ),
    licence="not stated by the provider",
    attribution="กรมโรงงานอุตสาหกรรม (DIW)",
    fields=(
        Field("name", Text("ชื่อโรงงาน", "Name")),
        Field("registration_no", Text("ทะเบียนโรงงาน", "Registration number")),
        Field(
            "factory_group",
            Text("จำพวก", "Group"),
            description=Text(
                "จำพวก 1 ประกอบกิจการได้ทันที จำพวก 2 ต้องแจ้ง จำพวก 3 ต้องได้รับใบอนุญาต",
                "1 may start at once, 2 notifies, 3 is licensed",
            ),
        ),
        Field(
            "factory_class",
            Text("ลำดับที่/ประเภท", "Class"),
            description=Text(
                "ลำดับหลัก 3 หลักและลำดับย่อย 2 หลัก เช่น 00906 คือ 9(6)",
                "Main class in three digits and sub-class in two: 00906 is 9(6)",
            ),
        ),
        Field(
            "kind",
            Text("หมวดตามแหล่งข้อมูล", "Kind"),
            description=Text(
                "ถ้อยคำของแหล่งข้อมูล ไม่ใช่ประเภทตามกฎหมาย",
                "In the source's own words; not the legal class",
            ),
        ),
        Field("product", Text("กิจการหรือผลิตภัณฑ์", "Activity or product")),
        Field("horsepower", Text("แรงม้า", "Horsepower"), unit="hp"),
        Field("workers", Text("คนงาน", "Workers")),
        Field(
            "status",
            Text("สถานะ", "Status"),
            values={
                "licensed_not_started": Text(
                    "ได้รับอนุญาตแล้วแต่ยังไม่เริ่มประกอบกิจการ", "Licensed, not started"
                ),
                "operating": Text("ประกอบกิจการอยู่", "Operating"),
                "struck_off": Text("จำหน่ายออกจากทะเบียนแล้ว", "Struck off"),
                "temporarily_stopped": Text("หยุดประกอบกิจการชั่วคราว", "Temporarily stopped"),
                "unknown": Text("ไม่ทราบ", "Unknown"),
            },
        ),
        Field(
            "location_precision",
            Text("ความละเอียดตำแหน่ง", "Precision of the location"),
            values={
                "government": Text("พิกัดตามทะเบียนของทางราชการ", "As the register gives it"),
                "repaired": Text(
                    "แปลงจากพิกัด UTM หรือสลับค่าที่ผิดตำแหน่ง อาจคลาดเคลื่อนหลายร้อยเมตร",
                    "Converted from UTM or put back in order; may be hundreds of metres off",
                ),
                "geocoded": Text("ค้นจากที่อยู่", "Found from the address"),
                "centroid": Text("จุดกลางของพื้นที่โรงงาน", "Centre of the site"),
                "community": Text("รวบรวมโดยประชาชน", "Collected by the public"),
                "admin": Text("จุดกลางของเขตการปกครอง", "Centre of an administrative area"),
            },
        ),
        Field("province_code", Text("รหัสจังหวัด", "Province code")),
        Field("updated_on", Text("ทะเบียนปรับปรุงเมื่อ", "Register's last change")),
        doubts_field(
            "outside_province",
            "outside_thailand",
            "number_conflict",
            "date_implausible",
            "horsepower_implausible",
            "workers_implausible",
        ),
        source_field(diw=Text("ทะเบียนโรงงาน", "Factory register")),
    ),
    style=Style(
        color="#2f465a",
        mark=Mark("square", "open"),
        cells=("#e6ebef", "#bfcbd6", "#8fa3b5", "#5b7388", "#2f465a"),
    ),
    sources=("diw",),
    stale_after=timedelta(days=40),
    tiling=Tiling(fields=("name", "factory_class", "status"), point_counts=True),
)
