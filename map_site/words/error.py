"""Addresses that cannot be answered."""

from layers.model import Text

WORDS = {
    "not_found": Text("ไม่พบสิ่งที่ขอ", "There is no such thing here"),
    "not_found_why": Text(
        "ที่อยู่นี้ไม่มีในระบบ หรือรายการถูกถอนออกจากแหล่งข้อมูลแล้ว ค้นหาจังหวัด อำเภอ หรือโรงงานด้านบนได้",
        "Nothing is at this address, or its source has withdrawn it. Search above for a province,"
        " a district or a factory.",
    ),
    "unavailable": Text("อ่านข้อมูลไม่ได้ชั่วคราว", "The data cannot be read just now"),
    "unavailable_why": Text(
        "ระบบยังทำงานอยู่ แต่ฐานข้อมูลยังไม่ตอบหรือมีผู้ใช้พร้อมกันมาก ไฟล์และหน้าที่บันทึกไว้ยังใช้ได้",
        "The service runs, but its database does not answer yet, or too many ask at once. Files and"
        " pages that you saved still work.",
    ),
    "asked": Text("คำขอนี้ตอบไม่ได้", "This question cannot be answered"),
    "asked_why": Text(
        "ที่อยู่มีค่าที่ระบบอ่านไม่ได้ ค่าอื่นและหน้าอื่นใช้ได้ตามปกติ",
        "The address has a value that cannot be read. Other values and pages work as ever.",
    ),
    "no_province": Text("ไม่มีจังหวัดรหัส “{code}”", "There is no province “{code}”"),
    "no_province_why": Text(
        "รหัสจังหวัดเป็นเลขสองหลัก เช่น 50 คือเชียงใหม่ เลือกจังหวัดจากรายชื่อ หรือเปิดหน้านี้โดยไม่เลือกจังหวัด",
        "A province's code has two digits, as 50 of Chiang Mai. Choose one from the list, or open"
        " the page without a province.",
    ),
    "country": Text("เปิดโดยไม่เลือกจังหวัด", "Open without a province"),
    "provinces": Text("รายชื่อจังหวัด", "List of provinces"),
    "ours": Text("ระบบผิดพลาด", "We made a mistake"),
    "ours_why": Text(
        "บันทึกความผิดพลาดไว้แล้ว หน้าอื่นยังใช้ได้ตามปกติ",
        "It has been noted. Other pages work as ever.",
    ),
    "parameter": Text("ค่าที่อ่านไม่ได้", "Which value"),
    "detail": Text("รายละเอียดสำหรับผู้ดูแลระบบ", "In detail"),
    "request": Text("หมายเลขคำขอ", "Request number"),
    "again": Text("ลองอีกครั้ง", "Try again"),
    "go_on": Text("ไปต่อที่", "Go on to"),
    "layer": Text("ชั้นข้อมูลนี้", "This layer"),
    "layers": Text("ชั้นข้อมูลทั้งหมด", "All layers"),
    "manual": Text("คู่มือ API", "The API manual"),
    "home": Text("ภาพเช้านี้", "This morning"),
    "status": Text("สถานะข้อมูล", "Status of the data"),
}
