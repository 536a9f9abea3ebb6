"""PM2.5 between the stations: one day's 24-hour means, interpolated."""

from datetime import timedelta

from layers.model import Field, Layer, Style, Text, Theme

LAYER = Layer(
    name="pm25_surface",
    title=Text("พื้นผิว PM2.5 รายวัน", "Daily PM2.5 surface"),
    description=Text(
        "ค่าเฉลี่ย PM2.5 24 ชั่วโมงของสถานีตรวจวัดในหนึ่งวันตามปฏิทิน เที่ยงคืนถึงเที่ยงคืน"
        " (หน้าเว็บนับวันที่จบเวลา 08:00 น.) ประมาณค่าระหว่างสถานีด้วยคริกิงแบบสามัญ"
        " พร้อมความคลาดเคลื่อนมาตรฐาน ใช้คัดกรองเบื้องต้น ไม่ใช่ค่าที่ตรวจวัด สีจางลงเมื่อห่างสถานี"
        " ไม่ประมาณค่าในทะเล ในบริเวณที่ห่างสถานีเกินระยะที่กำหนด และที่ไม่แน่นอนเกินไป",
        "One day's 24-hour mean PM2.5 of the stations, from midnight to midnight (the pages' days"
        " end at 08:00), estimated between them by ordinary kriging, with its standard error: ± as"
        " much holds 68 of 100 stations left out. For screening, not a measurement; paler far from"
        " stations, and not estimated at sea, where no station is near enough, or where it is too"
        " uncertain.",
    ),
    licence="not stated by the provider",
    attribution="คำนวณจากสถานีของกรมควบคุมมลพิษ / computed from stations of PCD (Air4Thai)",
    # The classes of PCD's notice B.E. 2566 (Royal Gazette 140/157 ง), in force from 2023-06-01;
    # the colours are those of a public widget.
    style=Style(
        color="#ffa200",
        by="pm25_ug_m3",
        colors={
            "very_good": "#3bccff",
            "good": "#92d050",
            "moderate": "#ffff00",
            "unhealthy_start": "#ffa200",
            "unhealthy": "#f04646",
        },
        breaks=(15.0, 25.0, 37.5, 75.0),
        # Beyond the last no station speaks, so that nothing is estimated (REACH_M of the method).
        fades=((45_000.0, 0.65), (62_500.0, 0.35), (80_000.0, 0.0)),
        fill_opacity=0.6,
    ),
    sources=("pm25_surface",),
    stale_after=timedelta(days=2),
    fields=(
        Field(
            "pm25_ug_m3",
            Text("ค่าเฉลี่ย PM2.5 24 ชั่วโมง", "24-hour mean PM2.5"),
            unit="µg/m³",
            description=Text(
                "ของวันตามปฏิทินไทย เที่ยงคืนถึงเที่ยงคืน",
                "Of a day of the calendar of Thailand, from midnight to midnight",
            ),
            values={
                "very_good": Text("ดีมาก", "Very good"),
                "good": Text("ดี", "Good"),
                "moderate": Text("ปานกลาง", "Moderate"),
                "unhealthy_start": Text("เริ่มมีผลกระทบต่อสุขภาพ", "Starts to affect health"),
                "unhealthy": Text("มีผลกระทบต่อสุขภาพ", "Affects health"),
            },
            decimals=0,
        ),
    ),
    geometry="raster",
    timed=True,
    near=False,
    themes=(Theme.AIR,),
)
