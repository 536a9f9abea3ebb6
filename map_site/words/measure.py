"""Numbers with what they are compared with, wherever they stand."""

from layers.model import Text

WORDS = {
    "late_note": Text(
        "{title} ไม่มีข้อมูลใหม่ตั้งแต่ {time} ตัวเลขเป็นค่าล่าสุดที่มีและไม่นำไปเทียบ ชุดอื่นยังเป็นปัจจุบัน",
        "{title}: nothing new since {time}. The number is the last there is, and is not compared."
        " The others stand.",
    ),
    "none_note": Text(
        "{title} ยังไม่มีข้อมูลของเวลานั้น ชุดอื่นยังใช้ได้",
        "{title}: no data of that time yet. The others stand.",
    ),
}
