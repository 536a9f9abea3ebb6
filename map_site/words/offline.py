"""A map that is kept as a file."""

from layers.model import Text

WORDS = {
    "cite": Text("อ้างอิงข้อมูลของแผนที่นี้", "Cite the data of this map"),
    "days": Text("{first} – {last}", "{first} – {last}"),
    "cut": Text("วันละ 08:00–08:00 น.", "days of 08:00 to 08:00"),
    "country": Text("ทั้งประเทศ", "Thailand"),
    "made_at": Text(
        "ไฟล์นี้ทำเมื่อ {moment} และไม่เปลี่ยนอีก", "This file was made on {moment} and does not change"
    ),
    "open_now": Text("เปิดหน้าปัจจุบัน", "Open the page of today"),
    "carried": Text("ในไฟล์นี้: {counts}", "In this file: {counts}"),
    "apart": Text(
        "และความร้อนอุตสาหกรรมที่อยู่กับที่อีก {count} จุด ซึ่งไม่ได้วาด",
        "and {count} of static industrial heat, which [is|are] not drawn",
    ),
    "time": Text("ช่วงเวลา", "Period"),
    "untimed": Text(
        "แผนที่นี้ไม่มีข้อมูลตามเวลา แสดงทั้งหมดที่มีเมื่อทำไฟล์",
        "Nothing on this map has a time: all is shown as it was when the file was made",
    ),
    "methods": Text("แหล่งข้อมูลและวิธีอ่าน", "Sources and how to read them"),
    "licence": Text("สัญญาอนุญาต", "Licence"),
    "ground": Text(
        "ชื่อสถานที่: GeoNames และ GeoThai (CC BY 4.0) · เส้นแนวเขตประเทศ: Natural Earth (สาธารณสมบัติ)"
        " · แหล่งน้ำ: GSHHG 2.3.6 (LGPL 3 หรือใหม่กว่า)",
        "Place names: GeoNames and GeoThai (CC BY 4.0) · Outlines: Natural Earth (public domain)"
        " · Waters: GSHHG 2.3.6 (LGPL 3 or later)",
    ),
    "licence_text": Text("ข้อความสัญญาอนุญาต LGPL", "Text of the LGPL"),
    "licence_further": Text(
        "LGPL อ้างถึง GNU General Public License รุ่น 3 อ่านได้ที่",
        "It refers to the GNU GPL, version 3, at",
    ),
    "needs_script": Text(
        "แผนที่ต้องใช้ JavaScript เปิดไฟล์นี้ในเบราว์เซอร์",
        "The map needs JavaScript: open this file in a browser",
    ),
}
