"""Being told by oneself: asking for it, confirming it, changing and ending it; and the outbox."""

from layers.model import Text

WORDS = {
    "title": Text("รับการแจ้งเตือน", "Get alerts"),
    "description": Text(
        "รับอีเมลหรือฟีดเมื่อเกิดไฟ ฝุ่นเกินมาตรฐาน หรือข้อมูลเงียบ ในสถานที่ที่คุณเลือก",
        "Be told of fires, bad air or a quiet feed in a place of your choice",
    ),
    "lead": Text(
        "เลือกสถานที่และเรื่องที่อยากรู้ เราจะบอกเมื่อเกิดขึ้น เลิกรับได้ทุกเมื่อด้วยการกดครั้งเดียว",
        "Choose a place and what to know of. We tell you when it happens; one press ends it.",
    ),
    "alert_me": Text("แจ้งเตือนฉัน", "Alert me"),
    "wrong": Text("ยังไม่ได้บันทึก แก้ไขก่อน", "Nothing is kept yet: correct this first"),
    "wrong_here": Text("แก้ไข:", "To correct:"),
    "place": Text("สถานที่", "Place"),
    "another_place": Text("เลือกสถานที่อื่น", "Choose another place"),
    "province": Text("จังหวัด", "Province"),
    "province_any": Text("เลือกจังหวัด", "Choose a province"),
    "country": Text("ทั้งประเทศ (ข้อมูลเงียบ ตัวชี้วัด)", "The whole country (quiet feeds, indicators)"),
    "coordinates": Text("หรือพิกัด ละติจูด, ลองจิจูด", "Or a point: latitude, longitude"),
    "area": Text("หรือพื้นที่ที่วาดเอง", "Or an area of your own"),
    "area_hint": Text(
        "GeoJSON Polygon (ลองจิจูด, ละติจูด) ไม่เกิน {most} ตร.กม.",
        "A GeoJSON Polygon (longitude, latitude) of at most {most} km²",
    ),
    "radius": Text("รัศมี (เมตร) ของจุดหรือโรงงาน", "Radius (m) about a point or a factory"),
    "rule": Text("เรื่องที่แจ้งเตือน", "What to tell"),
    "rule_not_here": Text("ไม่มีสำหรับสถานที่นี้", "not for this place"),
    "mind": Text("ข้อควรรู้", "Mind"),
    "way": Text("รับทางไหน", "How"),
    "way_missing": Text(
        "ยังส่งไม่ได้: ระบบนี้ยังไม่ได้ตั้งค่า", "not sent yet: this service is not set up for it"
    ),
    "push_hint": Text(
        "เมื่อกดขอรับ เบราว์เซอร์จะถามว่าอนุญาตให้แจ้งเตือนหรือไม่ เครื่องนี้เท่านั้นที่ได้รับ",
        "When you ask to be told, the browser asks whether it may show them; only this device does",
    ),
    "push_refused": Text(
        "เบราว์เซอร์นี้ไม่อนุญาตให้เว็บไซต์แจ้งเตือน ยังไม่ได้ส่งคำขอ",
        "This browser does not let the site notify you. Nothing was sent.",
    ),
    "push_refused_then": Text(
        "เปิดการแจ้งเตือนของเว็บไซต์นี้ในการตั้งค่าเบราว์เซอร์แล้วกดใหม่ หรือเลือกรับทางอื่น",
        "Allow notifications of this site in the browser's settings and try again, or choose"
        " another way.",
    ),
    "push_failed": Text(
        "เบราว์เซอร์ลงทะเบียนรับการแจ้งเตือนไม่สำเร็จ ยังไม่ได้ส่งคำขอ",
        "This browser could not subscribe to notifications. Nothing was sent.",
    ),
    "push_failed_then": Text(
        "ตรวจการเชื่อมต่อแล้วกดใหม่ หรือเลือกรับทางอื่น (ใน iPhone ต้องเพิ่มเว็บไซต์ไว้ที่หน้าจอโฮมก่อน)",
        "Look at the connection and try again, or choose another way (on an iPhone the site must be"
        " on the home screen first).",
    ),
    "address": Text("ส่งไปที่", "Where to"),
    "when": Text("เมื่อไร (เวลาไทย)", "When (Thai time)"),
    "digest": Text("รวมวันละครั้ง", "Once a day at"),
    "at_once": Text("ทันทีที่เกิด", "At once"),
    "quiet_from": Text("ไม่รบกวนตั้งแต่", "Not from"),
    "quiet_to": Text("ถึง", "until"),
    "no_quiet": Text("ไม่กำหนด", "none"),
    "label": Text("ชื่อที่คุณเรียก", "What you call it"),
    "optional": Text("ไม่บังคับ", "optional"),
    "privacy": Text(
        "เราเก็บที่อยู่ของคุณแบบเข้ารหัส ใช้ส่งการแจ้งเตือนนี้เท่านั้น และลบหลังเลิกรับ",
        "Your address is kept encrypted, used for this alone, and erased after you end it.",
    ),
    "subscribe": Text("ขอรับการแจ้งเตือน", "Ask to be told"),
    "asked": Text(
        "รับคำขอแล้ว ถ้าที่อยู่ถูกต้อง จะมีข้อความขอให้ยืนยันส่งไป จะไม่มีการแจ้งเตือนจนกว่าจะยืนยัน",
        "Your wish is noted. If the address is right, a message there asks you to confirm; before,"
        " nothing is told.",
    ),
    "confirm_title": Text("ยืนยันการแจ้งเตือน", "Confirm your alert"),
    "confirm_lead": Text("มีผู้ขอให้ส่งการแจ้งเตือนนี้ถึงคุณ", "Somebody asked that you be told of this"),
    "confirm": Text("ยืนยัน ส่งให้ฉัน", "Yes, tell me"),
    "confirm_else": Text(
        "ถ้าไม่ใช่คุณ ปิดหน้านี้ได้เลย จะไม่มีข้อความส่งมาอีก",
        "If it was not you, close this page: nothing further is sent.",
    ),
    "mine": Text("การแจ้งเตือนของฉัน", "My alerts"),
    "mine_none": Text("ยังไม่มีการแจ้งเตือน", "There are none"),
    "ended": Text("เลิกรับทั้งหมดแล้ว จะไม่มีข้อความส่งมาอีก", "All are ended: nothing further is sent."),
    "told_at": Text("แจ้งล่าสุด", "Last told"),
    "never_told": Text("ยังไม่เคยแจ้ง", "not told yet"),
    "cannot": Text("ประเมินไม่ได้ เพราะ{reason}", "cannot be evaluated, because {reason}"),
    "unconfirmed": Text("รอยืนยัน", "to be confirmed"),
    "paused": Text("หยุดไว้", "paused"),
    "pause": Text("หยุดชั่วคราว", "Pause"),
    "resume": Text("รับต่อ", "Resume"),
    "delete": Text("ลบ", "Delete"),
    "hours_save": Text("บันทึกเวลา", "Keep these hours"),
    "most": Text(
        "ไม่เกินวันละ (ข้อความ) ที่เหลือรวมเป็นข้อความเดียว", "Most a day (messages); the rest come as one"
    ),
    "end": Text("เลิกรับทั้งหมด", "Unsubscribe from all"),
    "end_lead": Text("กดเพื่อเลิกรับการแจ้งเตือนทั้งหมด", "Press to end all of your alerts"),
    "secret": Text(
        "กุญแจที่ผู้รับใช้ตรวจลายเซ็น (Standard Webhooks) เก็บเป็นความลับ",
        "What your receiver checks our signature by (Standard Webhooks); keep it secret",
    ),
    "feed": Text("ฟีด Atom ของฉัน", "My Atom feed"),
    "feeds": Text("ฟีดที่ใครก็อ่านได้", "Feeds for everybody"),
    "feeds_lead": Text(
        "ไม่ต้องสมัคร ใส่ที่อยู่ฟีดในโปรแกรมอ่านฟีด ใช้ค่าปกติของแต่ละเรื่อง และไม่ระบุโรงงาน",
        "Nothing to ask for: give the address to a feed reader. With each rule's usual numbers; no"
        " factory is named.",
    ),
    "feeds_of": Text("ฟีดของจังหวัด", "Feeds of a province"),
    "feeds_show": Text("ดูฟีด", "Show them"),
    "outbox": Text("กล่องขาออกของการแจ้งเตือน", "Outbox of alerts"),
    "outbox_lead": Text(
        "ข้อความล่าสุด ผู้รับเป็นตัวเลข ไม่แสดงที่อยู่", "The newest messages; recipients are numbers"
    ),
    "outbox_none": Text("ยังไม่มีข้อความ", "There are no messages yet"),
    "not_sent": Text("ยังไม่ส่ง: {setting}", "Not sent: {setting}"),
    "recipient": Text("ผู้รับ", "Recipient"),
    "state": Text("สถานะ", "State"),
    "due": Text("กำหนดส่ง", "Due"),
    "said": Text("ข้อความ", "Message"),
    "state_waiting": Text("รอส่ง", "waiting"),
    "state_sent": Text("ส่งแล้ว", "sent"),
    "state_given_up": Text("เลิกพยายาม", "given up"),
    "state_withdrawn": Text("ยกเลิก", "withdrawn"),
    "staff_rule": Text("แจ้งเตือนเจ้าหน้าที่", "Alerts for staff"),
    "staff_rule_lead": Text(
        "แจ้งไปที่อีเมลของบัญชีคุณ เมื่อหลายบ้านร้องเรียนในจังหวัด",
        "To the mail of your account, when several homes complain in a province",
    ),
    "staff_kept": Text("บันทึกแล้ว", "Noted"),
}
