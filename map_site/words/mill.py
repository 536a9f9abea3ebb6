"""A sugar mill's season on its page."""

from layers.model import Text

WORDS = {
    "title": Text("อ้อยไฟไหม้ในฤดูหีบนี้", "Burnt cane in this crushing season"),
    "declared": Text(
        "ฤดูหีบ {season} ถึง {day} โรงงานแจ้งอ้อยไฟไหม้ {share} % ของอ้อยที่แจ้งเป็นตัน"
        " (แจ้ง {told} จาก {halves} ครึ่งเดือน)",
        "In the season {season}, to {day}, the mill declared {share} % of its cane as burnt,"
        " for {told} of {halves} half-months.",
    ),
    "not_declared": Text(
        "ฤดูหีบ {season} ถึง {day} โรงงานไม่ได้แจ้งปริมาณอ้อยไฟไหม้ ซึ่งไม่ใช่ 0",
        "In the season {season}, to {day}, the mill did not declare burnt cane, which is not 0.",
    ),
    "cap": Text("เพดานทั้งฤดูคือ {share} %", "The limit of the whole season is {share} %."),
    "no_cap": Text("ไม่พบเพดานของฤดูนี้", "No limit of this season is known."),
    "days_above": Text(
        "แจ้งเกินเพดานรายวัน {above} จาก {told} วันที่แจ้งเป็นรายวัน",
        "Of {told} days declared one by one, {above} were above the daily limit.",
    ),
    "daily_cap": Text("เพดานรายวัน {share} %", "Daily limit {share} %"),
    "share": Text("อ้อยไฟไหม้ที่แจ้ง รายครึ่งเดือน", "Burnt cane declared, by half month"),
    "of_cane": Text("% ของอ้อย เส้นประคือไม่ได้แจ้ง", "% of cane; dashed: not declared"),
    "fires": Text("ไฟในพื้นที่อ้อยของเขต รายครึ่งเดือน", "Fires on cane land of its zone, by half month"),
    "fires_unit": Text("เหตุการณ์ เส้นประคือไม่มีข้อมูล", "fires; dashed: no data"),
    "half": Text("ครึ่งเดือน", "Half month"),
    "how": Text("การแจ้ง", "Declared"),
    "fires_short": Text("ไฟในเขต", "Fires"),
    "why": Text("เขตแบ่งอย่างไร", "How zones are shared"),
}
