"""Air stations with their latest PM2.5 and its class in the Thai air quality index."""

from datetime import timedelta

from layers.model import Field, Layer, Style, Text, Theme, Tiling, source_field

LAYER = Layer(
    name="air_stations",
    title=Text("สถานีตรวจวัดคุณภาพอากาศ", "Air stations"),
    description=Text(
        "ค่า PM2.5 ล่าสุดของแต่ละสถานี ดัชนีคำนวณจากค่าเฉลี่ย 24 ชั่วโมงตามประกาศ พ.ศ. 2566"
        " (ก่อน 1 มิ.ย. 2566 ใช้เกณฑ์เดิม) หากมีข้อมูลไม่ถึง 18 ชั่วโมงจะไม่คำนวณดัชนี"
        " สถานีที่ไม่ทราบพิกัดยังไม่แสดง สีของระดับอาจไม่ตรงกับสีทางการ",
        "Each station's latest PM2.5. The index is computed from the 24-hour mean by the notice of"
        " B.E. 2566 (before 2023-06-01 by the table it replaced); with fewer than 18 hours there is"
        " none. Stations without known coordinates are not shown. Colours may differ from the"
        " official ones.",
    ),
    licence="not stated by the provider",
    attribution="กรมควบคุมมลพิษ (PCD), Air4Thai",
    fields=(
        Field("name_th", Text("ชื่อสถานี", "Name in Thai")),
        Field("name_en", Text("ชื่อภาษาอังกฤษ", "Name in English")),
        Field("area_th", Text("พื้นที่", "Area in Thai")),
        Field("area_en", Text("พื้นที่ (อังกฤษ)", "Area in English")),
        Field(
            "kind",
            Text("ชนิดสถานี", "Kind"),
            values={
                "ground": Text("สถานีพื้นดิน", "Ground station"),
                "mobile": Text("หน่วยเคลื่อนที่", "Mobile unit"),
            },
        ),
        Field("pm25_ug_m3", Text("ฝุ่น PM2.5", "PM2.5"), unit="µg/m³", decimals=0),
        Field("pm25_averaging_h", Text("ช่วงเวลาที่เฉลี่ย", "Averaged over"), unit="h"),
        Field(
            "aqi",
            Text("ดัชนีคุณภาพอากาศไทย (PM2.5)", "Thai AQI (PM2.5)"),
            description=Text(
                "ว่างเมื่อเกิน 200 หรือไม่มีค่าเฉลี่ย 24 ชั่วโมง",
                "Empty above 200, and without a 24-hour mean",
            ),
        ),
        Field(
            "aqi_class",
            Text("ระดับคุณภาพอากาศ", "Air quality"),
            values={
                "very_good": Text("ดีมาก", "Very good"),
                "good": Text("ดี", "Good"),
                "moderate": Text("ปานกลาง", "Moderate"),
                "unhealthy_start": Text("เริ่มมีผลกระทบต่อสุขภาพ", "Starts to affect health"),
                "unhealthy": Text("มีผลกระทบต่อสุขภาพ", "Affects health"),
            },
        ),
        Field("aqi_reported", Text("ดัชนีที่ คพ. รายงาน", "AQI as PCD reports it")),
        Field("aqi_param", Text("สารมลพิษที่กำหนดดัชนี", "Pollutant that sets it")),
        source_field(air4thai=Text("Air4Thai", "Air4Thai")),
    ),
    # Colours of a public widget; PCD's notice names blue, green, yellow, orange and red.
    style=Style(
        color="#9aa0a6",
        by="aqi_class",
        colors={
            "very_good": "#3bccff",
            "good": "#92d050",
            "moderate": "#ffff00",
            "unhealthy_start": "#ffa200",
            "unhealthy": "#f04646",
        },
        label="pm25_ug_m3",
        label_above=37.5,  # µg/m³: the standard of the 24-hour mean
        fill_opacity=0.9,
    ),
    sources=("air4thai",),
    stale_after=timedelta(hours=3),
    timed=True,
    undated=True,
    tiling=Tiling(fields=("name_th", "kind", "pm25_ug_m3", "aqi", "aqi_class")),
    themes=(Theme.AIR,),
)
