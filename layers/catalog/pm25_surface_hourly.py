"""PM2.5 between the stations: one hour's means, interpolated."""

from datetime import timedelta

from layers.model import Field, Layer, Style, Text, Theme

LAYER = Layer(
    name="pm25_surface_hourly",
    title=Text("พื้นผิว PM2.5 รายชั่วโมง", "Hourly PM2.5 surface"),
    description=Text(
        "ค่าเฉลี่ย PM2.5 1 ชั่วโมงของสถานีตรวจวัด ประมาณค่าระหว่างสถานีด้วยคริกิงแบบสามัญ"
        " พร้อมความคลาดเคลื่อนมาตรฐาน ใช้คัดกรองเบื้องต้น ไม่ใช่ค่าที่ตรวจวัด และไม่มีระดับคุณภาพอากาศ"
        " เพราะดัชนีของไทยใช้ค่าเฉลี่ย 24 ชั่วโมง"
        " ไม่ประมาณค่าในทะเล ในบริเวณที่ห่างสถานีเกินระยะที่กำหนด และที่ไม่แน่นอนเกินไป",
        "One hour's mean PM2.5 of the stations, estimated between them by ordinary kriging, with"
        " its standard error. For screening, not a measurement, and of no class of the Thai index,"
        " which is of 24-hour means; not estimated at sea, where no station is near enough, or"
        " where it is too uncertain.",
    ),
    licence="not stated by the provider",
    attribution="คำนวณจากสถานีของกรมควบคุมมลพิษ / computed from stations of PCD (Air4Thai)",
    # The steps of the daily surface, so that both can be compared; its names are of 24-hour means.
    style=Style(
        color="#ffa200",
        by="pm25_ug_m3",
        colors={
            "to_15": "#3bccff",
            "to_25": "#92d050",
            "to_37_5": "#ffff00",
            "to_75": "#ffa200",
            "above_75": "#f04646",
        },
        breaks=(15.0, 25.0, 37.5, 75.0),
        # Beyond the last no station speaks, so that nothing is estimated (REACH_M of the method).
        fades=((45_000.0, 0.65), (62_500.0, 0.35), (80_000.0, 0.0)),
        fill_opacity=0.6,
    ),
    sources=("pm25_surface_hourly",),
    stale_after=timedelta(hours=6),
    fields=(
        Field(
            "pm25_ug_m3",
            Text("ค่าเฉลี่ย PM2.5 1 ชั่วโมง", "1-hour mean PM2.5"),
            unit="µg/m³",
            description=Text(
                "ชั่วโมงเรียกตามเวลาที่สิ้นสุด ตามเวลาไทย", "An hour is called by its end, in Thai time"
            ),
            values={
                "to_15": Text("≤ 15", "≤ 15"),
                "to_25": Text("> 15 – 25", "> 15 – 25"),
                "to_37_5": Text("> 25 – 37.5", "> 25 – 37.5"),
                "to_75": Text("> 37.5 – 75", "> 37.5 – 75"),
                "above_75": Text("> 75", "> 75"),
            },
            decimals=0,
        ),
    ),
    geometry="raster",
    timed=True,
    near=False,
    themes=(Theme.AIR,),
)
