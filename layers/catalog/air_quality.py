"""Hourly concentrations, each under the hours it is a mean of."""

from datetime import timedelta

from layers.model import STATION_KIND, Field, Layer, Style, Text, Tiling, source_field


def _mean(name: str, title: str, hours: int, unit: str) -> Field:
    return Field(
        name, Text(f"{title} เฉลี่ย {hours} ชั่วโมง", f"{title}, {hours}-hour mean"), unit=unit
    )


LAYER = Layer(
    name="air_quality",
    title=Text("คุณภาพอากาศรายชั่วโมง", "Hourly air quality"),
    description=Text(
        "ความเข้มข้นของสารมลพิษรายชั่วโมง จำนวนชั่วโมงที่เฉลี่ยต่างกันตามคอลัมน์ จุดชนิดแบบจำลองไม่ใช่การตรวจวัด",
        "Concentrations by the hour; the hours averaged differ by column. Points of kind"
        " “model” are not measured.",
    ),
    licence="not stated by the provider; modelled points CC-BY-4.0",
    attribution="กรมควบคุมมลพิษ (PCD), Air4Thai; Open-Meteo, CAMS",
    fields=(
        Field("station_id", Text("รหัสสถานี", "Station")),
        Field("name_th", Text("ชื่อสถานี", "Name in Thai")),
        Field("name_en", Text("ชื่อภาษาอังกฤษ", "Name in English")),
        STATION_KIND,
        _mean("pm25_1h", "PM2.5", 1, "µg/m³"),
        _mean("pm25_24h", "PM2.5", 24, "µg/m³"),
        _mean("pm10_1h", "PM10", 1, "µg/m³"),
        _mean("pm10_24h", "PM10", 24, "µg/m³"),
        _mean("o3_1h", "O₃", 1, "ppb"),
        _mean("o3_8h", "O₃", 8, "ppb"),
        _mean("co_1h", "CO", 1, "ppm"),
        _mean("co_8h", "CO", 8, "ppm"),
        _mean("no2_1h", "NO₂", 1, "ppb"),
        _mean("so2_1h", "SO₂", 1, "ppb"),
        Field("temperature_c", Text("อุณหภูมิ", "Temperature"), unit="°C"),
        Field("humidity_pct", Text("ความชื้นสัมพัทธ์", "Relative humidity"), unit="%"),
        Field("aqi_reported", Text("ดัชนีที่ คพ. รายงาน", "AQI as PCD reports it")),
        Field("aqi_param", Text("สารมลพิษที่กำหนดดัชนี", "Pollutant that sets it")),
        Field("forecast", Text("เป็นค่าพยากรณ์", "Forecast")),
        source_field(
            air4thai=Text("Air4Thai", "Air4Thai"), openmeteo=Text("Open-Meteo", "Open-Meteo")
        ),
    ),
    style=Style(color="#3b7dd8"),
    sources=("air4thai", "openmeteo"),
    stale_after=timedelta(hours=3),
    timed=True,
    near=False,
    tiling=Tiling(
        fields=("name_th", "kind", "pm25_1h", "pm25_24h", "forecast"), order="-observed_at"
    ),
)
