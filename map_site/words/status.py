"""How fresh the data are, and what happened when they were read."""

from layers.model import Text

WORDS = {
    "title": Text("สถานะข้อมูล", "Status of the data"),
    "lead": Text(
        "แต่ละชั้นข้อมูลใหม่แค่ไหน ขาดส่งหรือไม่ และแถวใดถูกกักไว้เพราะอะไร ณ {time}",
        "How new each layer is, whether it is late, and which rows were held back and why: {time}",
    ),
    "due": Text("ตามรอบ", "On schedule"),
    "late": Text("ล่าช้า", "Late"),
    "periodic": Text("ตามรอบรายเดือนหรือรายปี", "By the month or the year"),
    "never": Text("ยังไม่เคยนำเข้า", "Never loaded"),
    "count": Text("{number} ชั้น", "{number} layers"),
    "layers": Text("ชั้นข้อมูล", "Layers"),
    "layer": Text("ชั้นข้อมูล", "Layer"),
    "state": Text("สถานะ", "State"),
    "newest": Text("ข้อมูลล่าสุด", "Newest data"),
    "read": Text("อ่านเมื่อ", "read"),
    "age": Text("อายุ เทียบกำหนด", "Age, and when it is late"),
    "age_key": Text(
        "แถบคืออายุของข้อมูลล่าสุด ขีดตั้งคืออายุที่ถือว่าล่าช้า",
        "The bar is the age of the newest data; the upright line is the age at which it is late",
    ),
    "late_after": Text("ล่าช้าเมื่อเกิน {time}", "late after {time}"),
    "hours": Text("{number} ชั่วโมง", "{number} hours"),
    "days": Text("{number} วัน", "{number} days"),
    "last_read": Text("นำเข้าล่าสุด", "Last read"),
    "simulated": Text("จำลอง", "simulated"),
    "sources": Text("แหล่งข้อมูล", "Sources"),
    "source": Text("แหล่ง", "Source"),
    "last_run": Text("รอบล่าสุด", "Last run"),
    "succeeded_at": Text("สำเร็จล่าสุด", "Last success"),
    "quarantined": Text("แถวที่กักไว้", "Rows held back"),
    "quarantine_note": Text(
        "แถวที่อ่านไม่ได้ถูกเก็บไว้พร้อมไฟล์ บรรทัด และเหตุผล ไม่ถูกทิ้งและไม่ถูกเดา",
        "A row that cannot be understood is kept with its file, line and reason: it is neither"
        " dropped nor guessed at",
    ),
    "rows": Text("{count} แถว", "{count} rows"),
    "analyses": Text("การวิเคราะห์", "Analyses"),
    "analysis": Text("การวิเคราะห์", "Analysis"),
    "computed_from": Text("คำนวณจาก", "Computed from"),
    "succeeded": Text("สำเร็จ", "Succeeded"),
    "failed": Text("ไม่สำเร็จ ข้อมูลเดิมยังอยู่ครบ", "Failed; what there was is untouched"),
    "own_words": Text("ข้อความของระบบ:", "In its own words:"),
    "running": Text("กำลังทำงาน", "Running"),
    "never_run": Text("ยังไม่เคยทำงาน", "Never run"),
    "demo_world": Text("โลกจำลองสำหรับทดลองระบบ", "The simulated world, for trying the system out"),
    "programs": Text("สำหรับโปรแกรม: JSON", "For programs: JSON"),
    "health": Text("ระบบตอบอยู่หรือไม่: /health", "Whether the service answers: /health"),
}
