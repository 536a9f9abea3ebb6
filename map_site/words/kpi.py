"""The indicators of a fiscal year."""

from layers.model import Text

WORDS = {
    "title": Text("ตัวชี้วัดปีงบประมาณ {year}", "Indicators of fiscal year {year}"),
    "year": Text("ปีงบประมาณ", "Fiscal year"),
    "show": Text("แสดง", "Show"),
    "csv": Text("ดาวน์โหลด CSV", "Download CSV"),
    "none": Text(
        "ยังไม่มีตัวชี้วัดที่นำเข้า (fahsai ingest kpi แฟ้ม.csv)",
        "No indicators were loaded yet (fahsai ingest kpi FILE.csv)",
    ),
    "about": Text(
        "ค่าตามที่หน่วยงานเจ้าของตัวชี้วัดแจ้ง ไม่มีคะแนนรวม ไม่มีการถ่วงน้ำหนัก",
        "Values as the offices that own them tell: no total score, no weights",
    ),
    "business": Text("ธุรกิจ", "Business"),
    "community": Text("ชุมชน", "Community"),
    "environment": Text("สิ่งแวดล้อม", "Environment"),
    "income": Text("รายได้", "Income"),
    "other": Text("อื่น ๆ", "Other"),
    "indicator": Text("ตัวชี้วัด", "Indicator"),
    "base": Text("ฐาน", "Base"),
    "target": Text("เป้าหมาย", "Target"),
    "value": Text("ผล", "Reached"),
    "owner": Text("เจ้าของและที่มา", "Owner and source"),
    "not_told": Text("ยังไม่มีผู้แจ้งค่า", "nobody has told it"),
    "as_of": Text("ณ {day}", "as of {day}"),
    "met": Text("ถึงเป้าหมาย", "reached"),
    "not_met": Text("ยังไม่ถึง", "not reached"),
    "layer": Text("ตรวจสอบได้จากชั้นข้อมูล", "Can be checked in the layer"),
    "formula": Text("สูตร: {formula}", "Formula: {formula}"),
    "by_area": Text("รายจังหวัด ({count})", "By province ({count})"),
    "province": Text("จังหวัด", "Province"),
}
