"""Whether the air of a station's day above the standard met more fires than on other days."""

from datetime import timedelta

from layers.model import MADE_FIELDS, Field, Layer, Mark, Style, Text, Theme, Tiling, Trust

_P = Text(
    "สัดส่วนของวันเปรียบเทียบ (รวมวันนี้) ที่พบไฟเท่ากันหรือมากกว่า",
    "Share of the days compared, this one among them, that met as many fires or more",
)
_MEAN = Text(
    "จำนวนจุดความร้อนรอบอากาศ (ภายใน 20 กม. และ 3 ชม.) เฉลี่ยต่อชั่วโมงของทางที่ผ่านมา",
    "Detections around the air, within 20 km and 3 h, in a mean hour of its way",
)

LAYER = Layer(
    name="fire_contribution",
    title=Text("ไฟตามทางอากาศในวันฝุ่นเกินมาตรฐาน", "Fires along the air's way on dusty days"),
    description=Text(
        "ทุกวันที่ค่าเฉลี่ย PM2.5 24 ชั่วโมงของสถานีเกินมาตรฐานที่ใช้ในวันนั้น: ย้อนทางของอากาศ"
        " 72 ชั่วโมง"
        " ด้วยลมจากสถานี นับจุดความร้อนรอบทาง (ไม่รวมความร้อนประจำที่ของโรงงาน)"
        " แล้วเทียบกับไฟของวันอื่นในเวลาเดียวกัน เป็นความสัมพันธ์"
        " ไม่ใช่ข้อพิสูจน์ว่าไฟเป็นสาเหตุ ไม่ตอบเมื่อลมสงบหรือไม่มีลม พร้อมบอกเหตุผล",
        "Each day on which a station's 24-hour mean of PM2.5 was above that date's standard: its"
        " air followed back 72 hours through the wind of stations, the hotspots along the way,"
        " without standing heat of works, and beside them the fires of other days at the same"
        " hours. An association; it does not prove"
        " that fires were the cause. In a calm and without wind nothing is said, and why.",
    ),
    licence="CC-BY-4.0",
    attribution="กรมควบคุมมลพิษ (PCD), Air4Thai; NASA FIRMS/LANCE; GISTDA; Open-Meteo",
    fields=(
        Field("station_id", Text("รหัสสถานี", "Station")),
        Field("name_th", Text("ชื่อสถานี", "Name in Thai")),
        Field("name_en", Text("ชื่อภาษาอังกฤษ", "Name in English")),
        Field(
            "day",
            Text("วัน", "Day"),
            description=Text("24 ชั่วโมงถึง 08:00 น.", "The 24 hours that end at 08:00 in Thailand"),
        ),
        Field(
            "pm25_24h",
            Text("ฝุ่น PM2.5 เฉลี่ย 24 ชม.", "PM2.5, 24-hour mean"),
            unit="µg/m³",
            decimals=0,
        ),
        Field(
            "standard", Text("มาตรฐานของวันนั้น", "Standard of that date"), unit="µg/m³", decimals=1
        ),
        Field(
            "finding",
            Text("ผล", "Finding"),
            values={
                "more": Text("พบไฟมากกว่าวันอื่น", "More fires than on other days"),
                "no_more": Text("ไม่พบไฟมากกว่าวันอื่น", "No more fires than on other days"),
                "abstained": Text("ไม่ตอบ", "Nothing can be said"),
            },
        ),
        Field(
            "abstained",
            Text("เหตุที่ไม่ตอบ", "Why nothing can be said"),
            values={
                "calm": Text("ลมสงบ", "Calm"),
                "no_wind": Text("ไม่มีข้อมูลลม", "No wind known"),
                "old_wind": Text("ข้อมูลลมเก่าเกิน 3 ชม.", "Wind older than 3 hours"),
                "far_station": Text("ไม่มีสถานีวัดลมใน 30 กม.", "No wind station within 30 km"),
                "left_wind": Text("อากาศมาจากนอกเขตสถานีวัดลม", "Air came from beyond the stations"),
                "no_fire_record": Text("ไม่มีข้อมูลไฟของวันนั้น", "No record of fires of the day"),
                "few_placebos": Text("มีวันเปรียบเทียบไม่พอ", "Too few days to compare with"),
            },
        ),
        Field(
            "fires_24h", Text("ไฟรอบอากาศ 24 ชม.", "Fires met, 24 h"), description=_MEAN, decimals=1
        ),
        Field(
            "placebo_24h",
            Text("ไฟของวันอื่น 24 ชม.", "On other days, 24 h"),
            description=_MEAN,
            decimals=1,
        ),
        Field("p_24h", Text("ค่า p 24 ชม.", "p, 24 h"), description=_P, decimals=3),
        Field(
            "fires_72h", Text("ไฟรอบอากาศ 72 ชม.", "Fires met, 72 h"), description=_MEAN, decimals=1
        ),
        Field(
            "low_72h",
            Text("ขอบล่างของไฟรอบอากาศ", "Fires met, low end"),
            description=Text("เปอร์เซ็นไทล์ที่ 5 ของทางที่เป็นไปได้", "5th percentile of possible ways"),
            decimals=1,
        ),
        Field(
            "high_72h",
            Text("ขอบบนของไฟรอบอากาศ", "Fires met, high end"),
            description=Text("เปอร์เซ็นไทล์ที่ 95 ของทางที่เป็นไปได้", "95th percentile of possible ways"),
            decimals=1,
        ),
        Field(
            "placebo_72h",
            Text("ไฟของวันอื่น 72 ชม.", "On other days, 72 h"),
            description=_MEAN,
            decimals=1,
        ),
        Field("p_72h", Text("ค่า p 72 ชม.", "p, 72 h"), description=_P, decimals=3),
        Field("placebos", Text("จำนวนวันเปรียบเทียบ", "Days compared")),
        Field(
            "provisional",
            Text("ผลชั่วคราว", "Provisional"),
            description=Text(
                "เทียบกับวันก่อนหน้าเท่านั้น เพราะวันหลังยังมาไม่ถึง",
                "Compared with earlier days alone, for the later ones are not yet there",
            ),
        ),
        Field(
            "from_deg",
            Text("ทิศที่อากาศมา", "Air came from"),
            unit="°",
            description=Text("ตำแหน่งเฉลี่ย 24 ชม. ก่อน", "Mean place 24 h before"),
            decimals=0,
        ),
        Field("from_km", Text("ระยะที่อากาศมา", "Distance it came"), unit="km", decimals=0),
        Field(
            "spread_km", Text("ความไม่แน่นอนของตำแหน่ง", "Spread of that place"), unit="km", decimals=0
        ),
        Field("told_h", Text("ชั่วโมงของทางที่รู้", "Hours of the way known"), unit="h", decimals=1),
        *MADE_FIELDS,
    ),
    style=Style(
        color="#9aa0a6",
        by="finding",
        colors={"more": "#7a2410", "no_more": "#2c6e8f", "abstained": "#6b757b"},
        marks={
            "more": Mark("triangle"),
            "no_more": Mark("diamond"),
            "abstained": Mark(fill="open"),
        },
        newest=True,
    ),
    sources=("fire_contribution",),
    stale_after=timedelta(days=3),
    trust=Trust(
        uncertainty=("low_72h", "high_72h", "p_24h", "p_72h"),
        estimates=("fires_24h", "fires_72h"),
        abstained=("abstained",),
    ),
    timed=True,
    near=False,
    themes=(Theme.AIR,),
    tiling=Tiling(
        fields=("name_th", "name_en", "day", "pm25_24h", "finding", "fires_72h", "placebo_72h"),
        order="-observed_at",
    ),
)
