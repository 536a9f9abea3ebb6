"""The search: the box in the header and the page of its results."""

from layers.model import Text

WORDS = {
    "title": Text("ค้นหา “{text}”", "Search: “{text}”"),
    "title_empty": Text("ค้นหา", "Search"),
    "results": Text("ผลการค้นหา", "Results"),
    "count": Text("พบ {count} รายการ ใช้ลูกศรขึ้นลงเพื่อเลือก", "{count} found; arrow keys choose"),
    "count_page": Text("พบ {count} รายการ", "{count} found"),
    "count_more": Text(
        "แสดง {count} รายการแรก พิมพ์ให้ละเอียดขึ้นเพื่อให้เหลือน้อยลง",
        "The first {count}; type more to see fewer",
    ),
    "all": Text("ดูผลทั้งหมดของ “{text}”", "All results for “{text}”"),
    "province": Text("จังหวัด", "Provinces"),
    "district": Text("อำเภอและเขต", "Districts"),
    "subdistrict": Text("ตำบลและแขวง", "Sub-districts"),
    "industrial_estate": Text("นิคมอุตสาหกรรม", "Industrial estates"),
    "eco_town": Text("เมืองอุตสาหกรรมเชิงนิเวศ", "Eco-towns"),
    "factory": Text("โรงงาน", "Factories"),
    "number": Text("ทะเบียน {number}", "Reg. no. {number}"),
    "similar": Text("ชื่อใกล้เคียง", "Similar name"),
    "none": Text("ไม่พบ “{text}”", "Nothing found for “{text}”"),
    "searched": Text(
        "ค้นแล้วในชื่อจังหวัด อำเภอ ตำบล นิคมอุตสาหกรรม ชื่อโรงงาน และเลขทะเบียนโรงงาน",
        "Searched: names of provinces, districts, sub-districts, industrial estates and factories,"
        " and registration numbers",
    ),
    "widen_shorter": Text(
        "พิมพ์เพียงส่วนหนึ่งของชื่อ หรือเลขทะเบียนบางส่วน", "Type a part of the name or of the number"
    ),
    "widen_spelling": Text(
        "ลองสะกดอีกแบบ เป็นไทยหรืออักษรโรมันก็ได้ เช่น อยุธยา หรือ ayutthaya",
        "Spell it otherwise, in Thai or Latin letters: อยุธยา or ayutthaya",
    ),
    "ask": Text(
        "พิมพ์ชื่อจังหวัด อำเภอ ตำบล นิคมฯ โรงงาน หรือเลขทะเบียนโรงงาน",
        "Type the name of a province, district, sub-district, estate or factory, or a registration"
        " number",
    ),
    "loading": Text("กำลังค้นหา…", "Searching…"),
    "failed": Text("ค้นหาไม่สำเร็จ", "The search failed"),
    "failed_still": Text("ส่วนอื่นของหน้านี้ยังใช้ได้", "The rest of this page still works"),
    "again": Text("ลองอีกครั้ง", "Try again"),
    "offline": Text("ไม่มีสัญญาณ จึงค้นหาไม่ได้", "No signal, so nothing can be searched"),
    "offline_then": Text("จะค้นให้เองเมื่อสัญญาณกลับมา", "It is searched as soon as the signal returns"),
    "close": Text("ปิดการค้นหา", "Close the search"),
}
