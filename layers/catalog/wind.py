"""Hourly wind: measured at stations that have a vane, modelled at other points."""

from datetime import timedelta

from layers.model import STATION_KIND, Field, Layer, Style, Text, Theme, Tiling, source_field

LAYER = Layer(
    name="wind",
    title=Text("ลมรายชั่วโมง", "Hourly wind"),
    description=Text(
        "ความเร็วลมและทิศที่ลมพัดมา จากสถานีที่มีเครื่องวัด และจากแบบจำลองที่ความสูง 10 เมตร"
        " ชั่วโมงที่ยังไม่ถึงเป็นค่าพยากรณ์"
        " กรมควบคุมมลพิษไม่ได้ระบุหน่วยความเร็วลม ในที่นี้อ่านเป็นเมตรต่อวินาที",
        "Speed, and the direction the wind comes from: at stations with an instrument, and modelled"
        " at 10 m above ground. Hours still to come are forecasts. PCD does not state the unit of"
        " wind speed; it is read as m/s here.",
    ),
    licence="CC-BY-4.0 (Open-Meteo); not stated (Air4Thai)",
    attribution="กรมควบคุมมลพิษ (PCD), Air4Thai; Open-Meteo",
    fields=(
        Field("station_id", Text("รหัสสถานี", "Station")),
        Field("name_th", Text("ชื่อสถานี", "Name in Thai")),
        Field("name_en", Text("ชื่อภาษาอังกฤษ", "Name in English")),
        STATION_KIND,
        Field("speed_m_s", Text("ความเร็วลม", "Speed"), unit="m/s", decimals=1),
        Field(
            "from_deg",
            Text("ทิศที่ลมพัดมา", "From"),
            unit="°",
            description=Text("ตามเข็มนาฬิกาจากทิศเหนือ", "Clockwise from north"),
            decimals=0,
        ),
        Field(
            "calm",
            Text("ลมสงบ", "Calm"),
            description=Text("ต่ำกว่า 1 เมตรต่อวินาที", "Below 1 m/s"),
        ),
        Field("forecast", Text("เป็นค่าพยากรณ์", "Forecast")),
        source_field(
            air4thai=Text("Air4Thai", "Air4Thai"), openmeteo=Text("Open-Meteo", "Open-Meteo")
        ),
    ),
    style=Style(color="#3d5a80", turned_by="from_deg"),
    sources=("air4thai", "openmeteo"),
    stale_after=timedelta(hours=3),
    timed=True,
    near=False,
    themes=(Theme.AIR,),
    tiling=Tiling(
        fields=("name_th", "kind", "speed_m_s", "from_deg", "calm", "forecast"),
        order="-observed_at",
    ),
)
