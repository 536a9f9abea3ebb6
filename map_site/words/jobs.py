"""What the service does by itself."""

from layers.model import Text

WORDS = {
    "title": Text("งานอัตโนมัติ", "Jobs"),
    "about": Text(
        "ระบบอ่านแหล่งข้อมูล คำนวณผลวิเคราะห์ และทำงานประจำวันเองตามรอบนี้",
        "The service reads sources, runs analyses and does daily tasks by itself.",
    ),
    "workers": Text("มีโปรเซสทำงานอยู่ {count} ตัว", "{count} [worker is|workers are] at work."),
    "no_worker": Text(
        "ไม่มีโปรเซสใดทำงานอยู่ งานที่ถึงกำหนดจึงยังไม่เริ่ม สั่ง fahsai work หรือ fahsai up โดยไม่ใส่ --no-jobs",
        "No worker is at work, so nothing that is due begins: start `fahsai work`, or `fahsai up`"
        " without --no-jobs.",
    ),
    "kind_source": Text("แหล่งข้อมูล", "Sources"),
    "kind_analysis": Text("การวิเคราะห์", "Analyses"),
    "kind_task": Text("งานประจำวัน", "Daily tasks"),
    "job": Text("งาน", "Job"),
    "every": Text("ทุก {span}", "every {span}"),
    "last": Text("ครั้งล่าสุด", "Last"),
    "never": Text("ยังไม่เคย", "Never"),
    "took": Text("ใช้เวลา", "Took"),
    "outcome": Text("ผล", "Outcome"),
    "succeeded": Text("สำเร็จ", "Succeeded"),
    "failed": Text("ไม่สำเร็จ {count} ครั้งติดกัน", "Failed, [once|{count} times] in a row"),
    "next": Text("ครั้งต่อไป", "Next"),
    "now": Text("กำลังทำ", "Running now"),
    "parts": Text("กำลังทำ เสร็จ {done} จาก {all} ส่วน", "Running: {done} of {all} parts"),
    "queued": Text("อยู่ในคิว", "In the queue"),
    "due": Text("ถึงกำหนดแล้ว", "Due"),
    "waits_setting": Text("ยังไม่ได้ตั้งค่า", "Not configured:"),
    "waits_first_reading": Text(
        "ฐานข้อมูลเป็นข้อมูลจำลอง กดทำทันทีหนึ่งครั้งเพื่อเริ่มอ่านข้อมูลจริง",
        "The data are simulated: run it once to begin with real ones",
    ),
    "waits_news": Text("เมื่อข้อมูลที่ใช้เปลี่ยน", "When what it reads has changed"),
    "waits_pause": Text("หยุดพักไว้", "Paused"),
    "act": Text("สั่งงาน", "Do"),
    "run": Text("ทำทันที", "Run now"),
    "retry": Text("ลองใหม่", "Retry"),
    "pause": Text("หยุดพัก", "Pause"),
    "resume": Text("ทำต่อ", "Resume"),
    "seconds": Text("{count} วินาที", "{count} s"),
    "minutes": Text("{count} นาที", "{count} min"),
    "hours": Text("{count} ชั่วโมง", "{count} h"),
    "days": Text("{count} วัน", "{count} [day|days]"),
}
