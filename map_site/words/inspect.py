"""Inspections: the form in the field, what is on the device, and one inspection with its edits."""

from layers.casework.inspections import FINDINGS
from layers.model import Text

WORDS = {
    "title": Text("บันทึกการตรวจ", "Inspection"),
    "about": Text(
        "บันทึกสิ่งที่พบ ณ ที่ตรวจ ใช้ได้เมื่อไม่มีสัญญาณ ส่งเองเมื่อมีสัญญาณ",
        "Record what you find on site: works without signal, and sends itself when there is one",
    ),
    "device_title": Text("การตรวจในเครื่องนี้", "Inspections on this device"),
    "device_none": Text(
        "ยังไม่มี เริ่มจากงานของวันนี้ หรือจากโรงงานในหน้าใกล้ฉัน",
        "None yet: begin from the day's work list, or from a factory near you",
    ),
    "device_others": Text(
        "มีของผู้ใช้อื่นในเครื่องนี้ {count} รายการ ต้องเข้าสู่ระบบด้วยบัญชีนั้นจึงจะเห็นและส่งได้",
        "{count} of another account on this device: sign in with it to see and send them",
    ),
    "work_list": Text("งานของวันนี้", "The day's work list"),
    "near_me": Text("ใกล้ฉัน", "Near me"),
    "of_case": Text("เรื่องร้องเรียน: {category}", "Complaint: {category}"),
    "of_factory": Text("โรงงาน: {name}", "Factory: {name}"),
    "unnamed": Text("ไม่มีประเภท", "no category"),
    "received": Text("รับเรื่อง {time}", "received {time}"),
    "directions": Text("นำทางไปที่นี่", "Directions"),
    "earlier": Text("ตรวจก่อนหน้า", "Earlier visits"),
    "not_official": Text("ไม่ใช่แบบของทางราชการ", "not an official form"),
    "required": Text("ต้องตอบ", "required"),
    "law": Text("อ้างอิง {law}", "rests on {law}"),
    # The place.
    "place": Text("ตำแหน่งที่ตรวจ", "Where you are"),
    "locate": Text("บันทึกตำแหน่งของเครื่องนี้", "Record where this device is"),
    "locating": Text("กำลังหาตำแหน่ง…", "Finding the place…"),
    "located": Text(
        "บันทึกแล้ว {place} แม่นยำ ±{accuracy} เมตร เวลา {time}",
        "Recorded {place}, accurate to ±{accuracy} m, at {time}",
    ),
    "coarse": Text(
        "คลาดเคลื่อนได้ถึง {accuracy} เมตร ออกไปที่โล่งแล้วบันทึกใหม่ได้",
        "It may be off by {accuracy} m: you can record it again in the open",
    ),
    "no_fix_not_asked": Text("ยังไม่ได้บันทึกตำแหน่ง", "No place recorded yet"),
    "no_fix_refused": Text(
        "เครื่องนี้ไม่อนุญาตให้ใช้ตำแหน่ง บันทึกต่อได้ โดยระบบจะเขียนไว้ว่าไม่มีตำแหน่ง เปิดสิทธิ์ “ตำแหน่ง” แล้วบันทึกใหม่ได้",
        "This device does not let us use its place. You can go on: the record will say that it has"
        " none. Allow “Location” to record it again",
    ),
    "no_fix_unavailable": Text(
        "เครื่องนี้หาตำแหน่งไม่ได้ บันทึกต่อได้ หรือเปิด GPS แล้วลองใหม่",
        "This device cannot find its place. You can go on, or turn GPS on and try again",
    ),
    "no_fix_slow": Text(
        "หาตำแหน่งนานเกินไป บันทึกต่อได้ หรือลองใหม่ในที่โล่ง",
        "Finding the place took too long. You can go on, or try again in the open",
    ),
    "no_fix_noscript": Text(
        "การบันทึกตำแหน่งและภาพต้องใช้ JavaScript ที่เหลือบันทึกได้ตามปกติ",
        "Recording the place and photos needs JavaScript; all else can be recorded without",
    ),
    # The answers.
    "checklist": Text("รายการตรวจ", "Checklist"),
    "photo_add": Text("ถ่ายหรือเลือกภาพ", "Take or choose photos"),
    "photo_taken": Text("ภาพที่ {count} ของข้อนี้", "Photo {count} of this item"),
    "photo_bad": Text(
        "เปิดภาพนี้ไม่ได้ ใช้ไฟล์ JPEG, PNG หรือ WebP", "Not a picture we can read: use JPEG, PNG or WebP"
    ),
    "photo_remove": Text("เอาภาพออก", "Remove the photo"),
    "finding": Text("สรุปผล", "Finding"),
    "finding_none": Text("ยังไม่สรุป", "Not yet"),
    "cause": Text("โรงงานต้นเหตุ (ถ้าพบ)", "The factory that is the cause, if found"),
    "cause_hint": Text(
        "เลือกโรงงานใกล้จุดนี้ หรือพิมพ์เลขทะเบียน หรือชื่อเต็ม",
        "Choose one of those near, or write its registration number or whole name",
    ),
    "cause_none": Text("ไม่ได้ระบุ", "None named"),
    "order": Text("คำสั่งแก้ไข (ถ้ามี)", "Corrective order, if any"),
    "order_section": Text("สั่งตาม", "Under"),
    "order_none": Text("ไม่มีคำสั่ง", "No order"),
    "order_number": Text("เลขที่คำสั่ง", "Number of the order"),
    "order_due_on": Text("ให้แก้ไขภายในวันที่", "To be put right by"),
    "notes": Text("บันทึกเพิ่มเติม", "Notes"),
    "save": Text("บันทึกและส่ง", "Save and send"),
    "autosaved": Text(
        "เก็บทุกตัวอักษรไว้ในเครื่องแล้ว {time}", "Every letter is kept on this device, {time}"
    ),
    "unkept": Text(
        "เครื่องนี้เก็บร่างไม่ได้ ส่งก่อนปิดหน้านี้",
        "This device cannot keep drafts: send before you close this page",
    ),
    "missing": Text("ยังไม่ได้ตอบ: {items}", "Not answered yet: {items}"),
    # States.
    "state": Text("สถานะ", "State"),
    "state_draft": Text("ร่าง ยังไม่กดบันทึก", "Draft, not saved yet"),
    "state_waiting": Text("ยังไม่ส่ง รอสัญญาณ", "Not sent: waits for signal"),
    "state_sign_in": Text("ยังไม่ส่ง เข้าสู่ระบบก่อน", "Not sent: sign in first"),
    "state_sent": Text("ส่งแล้ว", "Sent"),
    "state_photos": Text("ส่งแล้ว ยังเหลือภาพ {count} ภาพ", "Sent, {count} [photo|photos] still to go"),
    "state_conflict": Text(
        "ส่งแล้ว แต่ขัดกับฉบับอื่น เก็บไว้ทั้งสองฉบับ", "Sent, and another edit contradicts it: both are kept"
    ),
    "state_refused": Text("ระบบไม่รับ: {why}", "Refused: {why}"),
    "choose_version": Text("ดูทั้งสองฉบับและเลือก", "See both and choose"),
    "open": Text("เปิด", "Open"),
    "send_now": Text("ส่งเดี๋ยวนี้", "Send now"),
    "sign_in": Text("เข้าสู่ระบบ", "Sign in"),
    # One inspection.
    "one_title": Text("ผลการตรวจ", "What the inspection says"),
    "in_conflict": Text(
        "มี {count} ฉบับที่ขัดกัน เก็บไว้ทุกฉบับ เลือกฉบับที่ใช้ ฉบับอื่นยังอยู่ในประวัติ",
        "{count} edits contradict each other. All are kept: choose which counts, the others stay in"
        " the history",
    ),
    "version_by": Text("{by} บันทึก {time}", "{by}, saved {time}"),
    "stands": Text("ฉบับที่ใช้อยู่", "The one that counts"),
    "use": Text("ใช้ฉบับนี้", "Use this one"),
    "differs": Text("ต่างกัน", "differs"),
    "edit": Text("แก้ไขต่อ", "Edit"),
    "changed": Text(
        "มีฉบับใหม่เข้ามาระหว่างนี้ ดูใหม่แล้วเลือกอีกครั้ง", "A further edit has come in: look again and choose"
    ),
    "visited_at": Text("เริ่มตรวจ (เวลาเครื่อง)", "Begun (the device's clock)"),
    "saved_at": Text("บันทึก (เวลาเครื่อง)", "Saved (the device's clock)"),
    "received_at": Text("ระบบได้รับ", "Received by the service"),
    "where": Text("ตำแหน่ง", "Place"),
    "where_is": Text("{place} ±{accuracy} เมตร", "{place} ±{accuracy} m"),
    "distance": Text("ห่างจากพิกัดในทะเบียน", "From the register's point"),
    "photos": Text("ภาพ", "Photos"),
    "photo_of": Text("ภาพจากการตรวจ {time}", "Photo of the visit, {time}"),
    "history": Text("ประวัติทุกฉบับ", "Every edit"),
    "history_base": Text("แก้จากฉบับ {numbers}", "made of {numbers}"),
    "history_first": Text("ฉบับแรก", "the first"),
    "version": Text("ฉบับที่ {number}", "Edit {number}"),
    "dash": Text("–", "–"),
    **{f"said_{code}": text for code, text in FINDINGS.items()},
}
