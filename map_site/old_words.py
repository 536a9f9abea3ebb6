"""The words of the pages that belong to no layer, in Thai and English."""

from layers.model import Text

WORDS = {
    "brand": Text("ฟ้าใส", "Fahsai"),
    "tagline": Text("อุตสาหกรรมกับสิ่งแวดล้อม", "Industry and environment"),
    "skip": Text("ข้ามไปยังตัวเลือกของแผนที่", "Skip to the map's controls"),
    "pages": Text("แผนที่ทั้งหมด", "Maps"),
    "switch": Text("English", "ไทย"),
    "simulated": Text(
        "ข้อมูลจำลอง — simulated data: ไม่ใช่เหตุการณ์จริง", "Simulated data — ข้อมูลจำลอง: not real events"
    ),
    "panel": Text("ตัวเลือกและคำอธิบาย", "Controls and legend"),
    "map": Text("แผนที่", "Map"),
    "period": Text("ช่วงเวลา", "Period"),
    "day": Text("24 ชม.", "24 h"),
    "week": Text("7 วัน", "7 days"),
    "month": Text("30 วัน", "30 days"),
    "season": Text("ฤดูเผา", "Burning season"),
    "own": Text("กำหนดเอง", "Own dates"),
    "from": Text("ตั้งแต่", "From"),
    "to": Text("ถึง", "To"),
    "governs": Text("ใช้กับ", "Applies to"),
    "year": Text("ปี พ.ศ.", "Year"),
    "layers": Text("ชั้นข้อมูล", "Layers"),
    "unknown": Text("ไม่มีข้อมูล", "No data"),
    "written": Text("ตัวเลขบนแผนที่", "The figure on the map"),
    "about": Text("เกี่ยวกับข้อมูลนี้", "About these data"),
    "credit": Text("ที่มา", "Source"),
    "licence": Text("สัญญาอนุญาต", "Licence"),
    "fetch": Text("ข้อมูลผ่าน API", "The data, by API"),
    "share": Text("คัดลอกลิงก์ของภาพนี้", "Copy a link to this view"),
    "print": Text("พิมพ์", "Print"),
    "noscript": Text(
        "แผนที่นี้ต้องใช้ JavaScript ข้อมูลชุดเดียวกันเปิดได้จาก API",
        "The map needs JavaScript; the same data are served by the API",
    ),
}
