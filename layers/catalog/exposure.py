"""Each district's PM2.5 by day, against the standard of the day."""

from datetime import timedelta

from layers.model import MADE_FIELDS, Field, Layer, Style, Text, Theme, Tiling, Trust, source_field

LAYER = Layer(
    name="exposure",
    title=Text("การรับสัมผัส PM2.5 รายอำเภอ", "Exposure to PM2.5 by district"),
    description=Text(
        "ค่าเฉลี่ย PM2.5 24 ชั่วโมงของอำเภอในแต่ละวัน จากพื้นผิวที่ประมาณระหว่างสถานี เทียบกับค่ามาตรฐานที่ใช้ในวันนั้น"
        " วันตามปฏิทิน เที่ยงคืนถึงเที่ยงคืน ต่างจากวันของหน้าเว็บที่นับ 24 ชั่วโมงถึง 08:00 น."
        " วันที่เกินของช่วงเวลาใดคือผลรวมของ days_over จากวันที่ตัดสินซึ่งคือผลรวมของ days_judged"
        " ไม่ตัดสินเมื่อมีค่าประมาณไม่ถึงครึ่งของอำเภอ"
        " คน-วันมีเมื่อลงทะเบียนแรสเตอร์ประชากรไว้",
        "A district's 24-hour mean PM2.5 of a day, of the surface between the stations, against the"
        " standard valid on that day: a day of the calendar, from midnight to midnight, where the"
        " pages count the 24 hours that end at 08:00. The days over it of any period are the sum of"
        " days_over, of as many days judged as the sum of days_judged; a district of which less"
        " than half is estimated is not judged. There are person-days where"
        " a raster of population is registered.",
    ),
    licence="not stated by the provider",
    attribution="คำนวณจากสถานีของกรมควบคุมมลพิษ / computed from stations of PCD (Air4Thai)",
    style=Style(
        color="#aab3b6",
        by="judged",
        against="standard_ug_m3",
        colors={
            "over": "#982d12",
            "perhaps_over": "#f2b685",
            "within": "#a9cfb6",
            "not_estimated": "#aab3b6",
        },
        hatched=("not_estimated",),
        fill_opacity=0.5,
    ),
    sources=("exposure",),
    stale_after=timedelta(days=2),
    trust=Trust(
        uncertainty=("standard_error_ug_m3", "chance_over"),
        estimates=("pm25_ug_m3", "days_over"),
        abstained=("abstained",),
    ),
    fields=(
        Field("district_code", Text("รหัสอำเภอ", "District code")),
        Field("name_th", Text("ชื่อภาษาไทย", "Thai name")),
        Field("name_en", Text("ชื่อภาษาอังกฤษ", "English name")),
        Field("province_code", Text("รหัสจังหวัด", "Province code")),
        Field(
            "day",
            Text("วัน", "Day"),
            description=Text(
                "วันตามปฏิทินไทย เที่ยงคืนถึงเที่ยงคืน",
                "Of the calendar of Thailand, from midnight to midnight",
            ),
        ),
        Field(
            "pm25_ug_m3",
            Text("ค่าเฉลี่ย PM2.5 24 ชั่วโมง", "24-hour mean PM2.5"),
            unit="µg/m³",
            decimals=0,
        ),
        Field(
            "standard_error_ug_m3",
            Text("ความคลาดเคลื่อนมาตรฐาน", "Standard error"),
            unit="µg/m³",
            description=Text(
                "ค่าเฉลี่ยของความคลาดเคลื่อนของทุกช่อง เพราะช่องใกล้กันคลาดเคลื่อนไปด้วยกัน",
                "The mean of the cells' own, for errors of neighbours go together",
            ),
            decimals=0,
        ),
        Field(
            "coverage",
            Text("สัดส่วนพื้นที่ที่มีค่าประมาณ", "Share of the district with an estimate"),
            description=Text("0 ถึง 1", "0 to 1"),
            kind="share",
        ),
        Field(
            "standard_ug_m3",
            Text("ค่ามาตรฐาน 24 ชั่วโมงในวันนั้น", "24-hour standard of the day"),
            unit="µg/m³",
            decimals=1,
        ),
        Field(
            "judged",
            Text("เทียบกับค่ามาตรฐาน", "Against the standard"),
            description=Text(
                "อาจเกิน คือโอกาสเกินอยู่ระหว่างร้อยละ 16 ถึง 84",
                "perhaps_over: the chance of being over is between 16 and 84 per cent",
            ),
            values={
                "over": Text("เกิน", "Over"),
                "perhaps_over": Text("อาจเกิน", "Perhaps over"),
                "within": Text("ไม่เกิน", "Within"),
                "not_estimated": Text("ไม่ประมาณค่า", "Not estimated"),
            },
        ),
        Field("days_over", Text("วันที่เกินค่ามาตรฐาน", "Days over the standard")),
        Field(
            "days_judged",
            Text("วันที่ตัดสิน", "Days judged"),
            description=Text(
                "0 หรือ 1 ผลรวมคือจำนวนวันที่ตัดสิน จำนวนแถวนับวันที่ไม่ตัดสินด้วย",
                "0 or 1; their sum is the days that were judged, where rows are of all days",
            ),
        ),
        Field(
            "chance_over",
            Text("โอกาสที่เกิน", "Chance of being over"),
            description=Text(
                "0 ถึง 1 ผลรวมคือจำนวนวันที่คาดว่าเกิน", "0 to 1; their sum is the days expected"
            ),
            kind="share",
        ),
        Field("population", Text("ประชากร", "People")),
        Field("person_days_over", Text("คน-วันที่เกินค่ามาตรฐาน", "Person-days over the standard")),
        Field(
            "abstained",
            Text("เหตุที่ไม่ตัดสิน", "Why it is not judged"),
            values={
                "no_estimate": Text("ไม่มีค่าประมาณในอำเภอนี้", "Nothing is estimated in the district"),
                "low_coverage": Text(
                    "มีค่าประมาณไม่ถึงครึ่งของอำเภอ", "Less than half of the district is estimated"
                ),
            },
        ),
        *MADE_FIELDS,
        source_field(air4thai=Text("สถานี Air4Thai", "Stations of Air4Thai")),
    ),
    geometry="area",
    timed=True,
    near=False,
    themes=(Theme.AIR,),
    tiling=Tiling(
        fields=(
            *("name_th", "name_en", "pm25_ug_m3", "standard_error_ug_m3", "standard_ug_m3"),
            *("coverage", "judged"),
        ),
        order="-observed_at",
    ),
)
