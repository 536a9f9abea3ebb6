"""Published pairs of a concentration and its index."""

from datetime import date

from layers.methods import aqi
from layers.methods.checks import Check

_NOW, _BEFORE = date(2024, 5, 7), date(2019, 2, 17)
_NOTICE = "PCD, notice of B.E. 2566, Royal Gazette vol. 140 special part 157 ง"

CHECKS = (
    Check(
        name="thai_ends_of_classes",
        th="ดัชนีไทย ปลายช่วงของฝุ่นสี่ระดับแรก",
        en="Thai index at the upper ends of the first four classes of dust",
        given="PM2.5 15.0, 25.0, 37.5, 75.0 µg/m³",
        expected=(25, 50, 100, 200),
        got=lambda: tuple(aqi.thai_aqi("pm25_24h", x, _NOW) for x in (15.0, 25.0, 37.5, 75.0)),
        source=_NOTICE,
    ),
    Check(
        name="thai_as_printed",
        th="ดัชนีไทยที่กรมควบคุมมลพิษพิมพ์ไว้จริง",
        en="Thai index as the Pollution Control Department printed it",
        given="54t, 2024: PM2.5 34.1, PM10 73 µg/m³, CO 1.20 ppm; 03t, 2019: NO2 30, O3 11 ppb",
        expected=(87, 44, 7, 13, 8),
        got=lambda: (
            aqi.thai_aqi("pm25_24h", 34.1, _NOW),
            aqi.thai_aqi("pm10_24h", 73, _NOW),
            aqi.thai_aqi("co_8h", 1.20, _NOW),
            aqi.thai_aqi("no2_1h", 30, _BEFORE),
            aqi.thai_aqi("o3_8h", 11, _BEFORE),
        ),
        source="Air4Thai",
    ),
)
