"""The site as files, with no service behind it."""

from layers.model import Text

WORDS = {
    "data": Text("ไฟล์ข้อมูล", "Data files"),
    "data_lead": Text(
        "ชั้นข้อมูลที่เผยแพร่ทุกชั้นเป็นไฟล์: ตารางและรูปร่าง (GeoParquet) ไทล์แผนที่ (PMTiles)"
        " และภาพพื้นผิว (GeoTIFF)",
        "Every published layer as files: tables and shapes (GeoParquet), map tiles (PMTiles) and"
        " surfaces (GeoTIFF)",
    ),
    "layer": Text("ชั้นข้อมูล", "Layer"),
    "files": Text("ไฟล์", "Files"),
    "elsewhere": Text("หน้านี้ไม่มีในชุดไฟล์", "This page is not among the files"),
    "elsewhere_why": Text(
        "เว็บไซต์นี้เป็นไฟล์สำเร็จ มีเฉพาะภาพรวมและแผนที่ตามหัวข้อ หน้ารายพื้นที่ ค้นหา และแจ้งเรื่อง ต้องใช้ระบบเต็ม",
        "This site is files: the overview and the maps by theme. Pages of places, the search and"
        " reporting need the service itself.",
    ),
}
