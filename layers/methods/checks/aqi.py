"""Published pairs of a concentration and its index."""

from datetime import date

from layers.methods import aqi
from layers.methods.checks import Check

_NOW, _BEFORE = date(2024, 5, 7), date(2019, 2, 17)
_NOTICE = "PCD, notice of B.E. 2566, Royal Gazette vol. 140 special part 157 ง"
_EPA = "US EPA, EPA-454/B-24-002 (2024)"
_AIRNOW = "US EPA, AirNow, NowCast"

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
    Check(
        name="thai_before_the_notice",
        th="ดัชนีไทยตามตารางเดิมก่อนประกาศใหม่",
        en="Thai index by the table before the notice",
        given="PM2.5 26, 90 µg/m³ (2019-02-17)",
        expected=(26, 200),
        got=lambda: tuple(aqi.thai_aqi("pm25_24h", x, _BEFORE) for x in (26, 90)),
        source="Air4Thai, 03t",
    ),
    Check(
        name="thai_above_the_table",
        th="เหนือตารางที่ประกาศ ไม่มีสูตร จึงไม่มีตัวเลข",
        en="Above the notice's table, which has no formula, no number is told",
        given="PM2.5 75.1 µg/m³",
        expected=(">200", "thai_2023"),
        got=lambda: _told(aqi.thai_index("pm25_24h", 75.1, _NOW)),
        source=_NOTICE,
    ),
    Check(
        name="us_ends_of_classes",
        th="ดัชนีสหรัฐ ที่ปลายและต้นของระดับ",
        en="Index of the United States where classes end and begin",
        given="PM2.5 9.0, 9.1, 12.0, 35.4, 35.5, 55.5, 150.0, 225.5 µg/m³",
        expected=(50, 51, 56, 100, 101, 151, 225, 301),
        got=lambda: tuple(
            aqi.us_index(x).value for x in (9.0, 9.1, 12.0, 35.4, 35.5, 55.5, 150.0, 225.5)
        ),
        source=_EPA,
    ),
    Check(
        name="same_air_two_indices",
        th="อากาศเดียวกัน ดัชนีสองประเทศ",
        en="The same air by the indices of two countries",
        given="PM2.5 37.5 µg/m³",
        expected=("100", "thai_2023", "106", "us_epa_2024"),
        got=lambda: (
            *_told(aqi.thai_index("pm25_24h", 37.5, _NOW)),
            *_told(aqi.us_index(37.5)),
        ),
        source=f"{_NOTICE}; {_EPA}",
    ),
    Check(
        name="nowcast_of_falling_dust",
        th="NowCast เมื่อฝุ่นลดลง",
        en="NowCast while dust falls",
        given="50, 80, 75, 90, 82, 53, 64, 74, 21, 10, 16, 13 µg/m³",
        expected=17.414,
        got=lambda: aqi.nowcast((50, 80, 75, 90, 82, 53, 64, 74, 21, 10, 16, 13)),
        tolerance=0.0005,
        unit="µg/m³",
        source=_AIRNOW,
    ),
    Check(
        name="nowcast_of_rising_dust",
        th="NowCast เมื่อฝุ่นเพิ่มขึ้น",
        en="NowCast while dust rises",
        given="10, 12, 11, 13, 15, 18, 20, 25, 30, 28, 26, 24 µg/m³",
        expected=25.219,
        got=lambda: aqi.nowcast((10, 12, 11, 13, 15, 18, 20, 25, 30, 28, 26, 24)),
        tolerance=0.0005,
        unit="µg/m³",
        source=_AIRNOW,
    ),
    Check(
        name="nowcast_of_few_hours",
        th="NowCast ไม่ตอบเมื่อชั่วโมงล่าสุดขาดไป",
        en="No NowCast without the latest hours",
        given="30, 30, –, 30, –, – µg/m³",
        expected=None,
        got=lambda: aqi.nowcast((30, 30, None, 30, None, None)),
        source=_AIRNOW,
    ),
)


def _told(index: aqi.Index) -> tuple[str, str]:
    return str(index), index.name
