"""The page of rows that could not be stored, and of how to mend them."""

from layers.model import Text

WORDS = {
    "title": Text("แถวที่กักไว้รอแก้", "Rows that wait to be mended"),
    "lead": Text(
        "แถวที่อ่านไม่ได้หรือเป็นไปไม่ได้ไม่ถูกทิ้งและไม่ถูกเดา แก้ในไฟล์แล้วนำเข้าอีกครั้ง แถวนั้นจะหายไปจากหน้านี้",
        "A row that cannot be read, or cannot be, is neither dropped nor guessed at. Mend it in its"
        " file and read that again: it leaves this page",
    ),
    "none": Text("ไม่มีแถวใดรอแก้", "Nothing waits to be mended"),
    "reason": Text("เหตุผล", "Reason"),
    "rows": Text("แถว", "Rows"),
    "remedy": Text("วิธีแก้", "What to do"),
    "places": Text("ไฟล์และบรรทัด", "File and line"),
    "line": Text("{file} บรรทัด {lines}", "{file} line {lines}"),
    "more": Text("และอีก {count} แถว", "and {count} more"),
    "private": Text(
        "หน้านี้ไม่แสดงค่าในแถวเพราะอาจเป็นข้อมูลส่วนบุคคล ผู้ดูแลระบบดูได้ด้วยคำสั่ง fahsai quarantine",
        "What the rows hold may be personal and is not shown here; whoever runs the service sees it"
        " with fahsai quarantine",
    ),
    "status": Text("สถานะข้อมูล", "Status of the data"),
    "programs": Text("สำหรับโปรแกรม: JSON", "For programs: JSON"),
}
