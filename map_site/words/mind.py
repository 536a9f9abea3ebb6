"""The panels of a province by the dimensions of MIND."""

from layers.model import Text

WORDS = {
    "title": Text("ภาพรวม MIND", "MIND panels"),
    "about": Text(
        "แต่ละตัวเลขยืนด้วยตัวเองและเปิดดูชั้นข้อมูลได้ ไม่มีคะแนนรวม",
        "Each figure stands for itself and leads to its layer; there is no total score",
    ),
    "business": Text("ธุรกิจ", "Business"),
    "community": Text("ชุมชน", "Community"),
    "environment": Text("สิ่งแวดล้อม", "Environment"),
    "income": Text("รายได้", "Income"),
    "as_of": Text("ณ {day}", "as of {day}"),
    "never_loaded": Text("ยังไม่เคยนำเข้า", "never loaded"),
    "not_seen": Text("ไม่มีข้อมูล", "no data"),
    "not_published": Text("ไม่เปิดเผย", "withheld"),
    "late": Text("ข้อมูลล่าช้า", "the data are late"),
}
