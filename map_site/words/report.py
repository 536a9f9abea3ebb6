"""Reporting a complaint, and following it."""

from layers.model import Text

WORDS = {
    "title": Text("แจ้งเหตุเดือดร้อนรำคาญ", "Report a nuisance"),
    "title_wrong": Text("แก้ไขก่อนส่ง: แจ้งเหตุ", "To correct: report a nuisance"),
    "description": Text(
        "แจ้งกลิ่น ฝุ่น เสียง น้ำเสีย หรือกากของเสียจากโรงงาน ไม่ต้องบอกชื่อ",
        "Report smell, dust, noise, waste water or waste of factories; no name is needed",
    ),
    "lead": Text(
        "ได้กลิ่น เห็นควัน ได้ยินเสียง บอกเราได้ในราว 2 นาที ไม่ต้องบอกชื่อ",
        "Smell it, see it, hear it? Tell us in about two minutes; no name is needed.",
    ),
    "emergency": Text(
        "เหตุฉุกเฉิน เช่น ไฟไหม้ สารเคมีรั่ว มีผู้บาดเจ็บ โทร 191 หรือ 199 ก่อน",
        "In an emergency, as a fire, a leak or somebody hurt, first call 191 or 199.",
    ),
    "simulated": Text(
        "ระบบนี้เป็นระบบสาธิต เรื่องที่แจ้งไม่ถึงหน่วยงานจริง",
        "This is a demonstration: what you report reaches no real office.",
    ),
    "required": Text("ต้องตอบ", "required"),
    "optional": Text("ไม่บังคับ", "optional"),
    # What is wrong.
    "wrong": Text("ยังส่งไม่ได้ แก้ไข {count} จุด", "Not sent yet: {count} [thing|things] to correct"),
    "wrong_here": Text("แก้ไข:", "To correct:"),
    "photos_again": Text(
        "เลือกรูปอีกครั้งก่อนส่ง เบราว์เซอร์ไม่เก็บรูปที่เลือกไว้",
        "Choose the photos again: browsers do not keep them",
    ),
    "need_category": Text("เลือกเรื่องที่จะแจ้ง", "Choose what it is"),
    "need_place": Text(
        "บอกสถานที่: กดปุ่มตำแหน่ง แตะแผนที่ หรือพิมพ์ที่อยู่",
        "Say where: use your position, the map, or write the address",
    ),
    "need_province": Text(
        "เลือกจังหวัด เพราะไม่มีพิกัด และที่อยู่ไม่ได้บอกจังหวัดไว้",
        "Choose the province: there is no position, and the address names none",
    ),
    "need_moment": Text("ใส่วันและเวลาที่เกิด", "Give the day and the time"),
    # The questions.
    "category": Text("เรื่องอะไร", "What is it?"),
    "place": Text("ที่ไหน", "Where?"),
    "place_hint": Text(
        "ใช้ตำแหน่งของคุณ แตะแผนที่ หรือพิมพ์ที่อยู่ อย่างใดอย่างหนึ่ง",
        "Your position, a tap on the map, or an address: one is enough",
    ),
    "locate": Text("ใช้ตำแหน่งของฉัน", "Use my position"),
    "locating": Text("กำลังหาตำแหน่ง…", "Finding your position…"),
    "located": Text("ได้ตำแหน่งแล้ว ±{metres} ม.", "Position found, ±{metres} m"),
    "located_widely": Text(
        "ได้ตำแหน่งคร่าว ๆ ±{metres} ม. เลื่อนหมุดบนแผนที่ให้ตรง",
        "Position found roughly, ±{metres} m: set it right on the map",
    ),
    "locate_refused": Text(
        "เครื่องไม่อนุญาตให้ใช้ตำแหน่ง แตะแผนที่หรือพิมพ์ที่อยู่แทน",
        "The device does not give your position: use the map, or write the address",
    ),
    "locate_failed": Text(
        "หาตำแหน่งไม่ได้ แตะแผนที่หรือพิมพ์ที่อยู่แทน",
        "Your position cannot be found: use the map, or write the address",
    ),
    "map": Text("เลือกบนแผนที่", "Choose on the map"),
    "map_hint": Text(
        "แตะจุดที่เกิดเหตุ หรือเลื่อนแผนที่แล้วกด “ใช้จุดกลางแผนที่”",
        "Tap where it is, or move the map and press “Use the middle of the map”",
    ),
    "map_middle": Text("ใช้จุดกลางแผนที่", "Use the middle of the map"),
    "map_chosen": Text("เลือกจุดบนแผนที่แล้ว {place}", "Chosen on the map: {place}"),
    "map_marker": Text("จุดที่เกิดเหตุ", "Where it is"),
    "coordinates": Text("พิกัด", "Coordinates"),
    "coordinates_hint": Text(
        "ละติจูด, ลองจิจูด เช่น 13.5990, 100.5998", "Latitude, longitude: as 13.5990, 100.5998"
    ),
    "address": Text("ที่อยู่ หรือจุดสังเกต", "Address or landmark"),
    "address_hint": Text(
        "เช่น ซอยวัดมหาวงษ์ หลังตลาดสำโรง", "For example: the lane behind Samrong market"
    ),
    "province": Text("จังหวัด", "Province"),
    "province_any": Text("เลือกจังหวัด", "Choose the province"),
    "province_hint": Text(
        "ต้องเลือก ถ้าไม่ได้ใช้ตำแหน่งหรือแตะแผนที่ เรื่องจะได้ถึงจังหวัดนั้น",
        "Required where you gave neither your position nor a place on the map: it says whose office"
        " is to answer",
    ),
    "when": Text("เกิดเมื่อไร", "When?"),
    "when_now": Text("ตอนนี้", "Now"),
    "when_then": Text("เวลาอื่น เช่น เมื่อคืนตี 3", "Another time, as last night at 3"),
    "date": Text("วันที่", "Day"),
    "time": Text("เวลา (เวลาไทย)", "Time (in Thailand)"),
    "time_hint": Text("โดยประมาณก็ได้", "About is enough"),
    "strength": Text("แรงแค่ไหน", "How strong?"),
    "strength_1": Text("แทบไม่รู้สึก", "hardly"),
    "strength_2": Text("เล็กน้อย", "slight"),
    "strength_3": Text("ชัดเจน", "clear"),
    "strength_4": Text("แรง", "strong"),
    "strength_5": Text("ทนไม่ได้", "unbearable"),
    "words": Text("เล่ารายละเอียด", "Tell us more"),
    "words_hint": Text(
        "เช่น กลิ่นเหมือนอะไร เกิดบ่อยไหม มีใครเจ็บป่วยไหม ไม่ต้องใส่ชื่อใคร",
        "What does it smell like, how often, is anybody ill? Leave out people's names.",
    ),
    "photos": Text("รูปถ่าย", "Photos"),
    "photos_hint": Text(
        "ไม่เกิน {most} รูป JPEG, PNG หรือ WebP ระบบลบตำแหน่งและข้อมูลในไฟล์รูปให้"
        " รูปไม่เผยแพร่ เจ้าหน้าที่เท่านั้นที่เห็น",
        "At most {most}, as JPEG, PNG or WebP. Place and other data in the files are removed. Only"
        " officers see them.",
    ),
    "photo_of": Text("รูปที่ {number}", "Photo {number}"),
    "photos_smaller": Text("กำลังย่อรูป…", "Making the photos smaller…"),
    "photos_large": Text(
        "รูปใหญ่เกินไปรวมกัน ลบรูปหนึ่งหรือย่อรูปแล้วส่งอีกครั้ง",
        "The photos are too large together: leave one out, or make them smaller",
    ),
    "photos_many": Text("เลือกได้ไม่เกิน {most} รูป", "At most {most} photos"),
    # The contact, apart.
    "contact": Text("ข้อมูลติดต่อกลับ", "How to reach you"),
    "contact_lead": Text(
        "ไม่ใส่ก็แจ้งได้ และติดตามเรื่องด้วยรหัสได้เหมือนกัน",
        "You can leave this out, and still follow your report by its code.",
    ),
    "contact_none": Text(
        "ขณะนี้ระบบยังไม่รับข้อมูลติดต่อ ติดตามเรื่องด้วยรหัสได้",
        "Contacts are not taken at present: follow your report by its code.",
    ),
    "name": Text("ชื่อ", "Name"),
    "telephone": Text("เบอร์โทรศัพท์", "Telephone"),
    "mail": Text("อีเมล", "Mail"),
    "privacy": Text("เราใช้ข้อมูลของคุณอย่างไร (PDPA)", "How your data are used (PDPA)"),
    "privacy_why": Text(
        "ใช้เพื่อถามรายละเอียดหรือแจ้งผลเรื่องนี้เท่านั้น ไม่ใช้เรื่องอื่น",
        "To ask about this report or tell you how it ended, and for nothing else.",
    ),
    "privacy_who": Text(
        "เก็บแบบเข้ารหัส แยกจากเรื่องที่แจ้ง เปิดดูได้เฉพาะเจ้าหน้าที่ที่รับผิดชอบ และบันทึกทุกครั้งที่เปิดดู"
        " โรงงานไม่ได้รับข้อมูลนี้",
        "Kept encrypted and apart from the report. Only the officers in charge can open it, and"
        " each time is logged. No factory is given it.",
    ),
    "privacy_public": Text(
        "สิ่งที่คุณเขียน รูป และจุดที่แจ้งไม่เผยแพร่ เผยแพร่เฉพาะจำนวนครัวเรือนรวมของพื้นที่",
        "Your words, photos and place are not published: only counts of homes of whole areas are.",
    ),
    "privacy_long": Text(
        "ข้อมูลติดต่อลบทิ้ง {days} วันหลังปิดเรื่อง เรื่องที่แจ้งและรูปเก็บเป็นหลักฐานราชการโดยไม่มีชื่อคุณ",
        "The contact is erased {days} [day|days] after the case is closed. The report and its"
        " photos stay on file, without your name.",
    ),
    "privacy_rights": Text(
        "ขอดูหรือขอลบข้อมูลของคุณได้ทุกเมื่อ โดยแจ้งรหัสติดตามกับหน่วยงานในหน้า",
        "You may ask for your data, or to have them erased, at any time: tell the office your code,"
        " see",
    ),
    "honeypot": Text("ห้ามใส่ช่องนี้", "Leave this empty"),
    "send": Text("ส่งเรื่อง", "Send"),
    "sending": Text("กำลังส่ง…", "Sending…"),
    "sending_share": Text("กำลังส่ง {percent}%", "Sending: {percent}%"),
    "send_failed": Text(
        "ส่งไม่สำเร็จ ข้อมูลยังอยู่ในหน้านี้ ลองกดส่งอีกครั้ง",
        "It could not be sent. Everything is still on this page: send again.",
    ),
    "too_often": Text(
        "ส่งถี่เกินไป ลองใหม่ใน {seconds} วินาที", "Sent too often: try again in {seconds} s"
    ),
    # Following.
    "follow": Text("ติดตามเรื่องที่แจ้งแล้ว", "Follow a report"),
    "follow_code": Text("รหัสติดตาม 12 ตัว", "Code of 12 characters"),
    "follow_go": Text("ดูความคืบหน้า", "Show progress"),
    "code": Text("รหัสติดตาม", "Your code"),
    "code_keep": Text(
        "จดหรือบันทึกรหัสนี้ไว้ เราไม่มีสำเนา ใครมีรหัสนี้ดูความคืบหน้าได้ แต่ไม่เห็นว่าคุณเป็นใครหรือแจ้งจากที่ไหน",
        "Write it down: we keep no copy. Whoever has it sees the progress, but not who you are or"
        " where.",
    ),
    "copy": Text("คัดลอกรหัส", "Copy the code"),
    "copied": Text("คัดลอกแล้ว", "Copied"),
    "copy_by_hand": Text("เลือกรหัสไว้แล้ว กดคัดลอกได้", "The code is selected: copy it"),
    "save": Text("บันทึกเป็นไฟล์", "Save as a file"),
    "save_name": Text("รหัสแจ้งเหตุ", "report"),
    "received": Text("รับเรื่องแล้ว ขอบคุณที่แจ้ง", "Received. Thank you for telling us."),
    "received_again": Text(
        "เรื่องนี้เคยส่งมาแล้ว ระบบเก็บไว้เรื่องเดียว หากเป็นอีกเรื่องหนึ่ง",
        "This had been sent before, and is one report. If you mean another,",
    ),
    "report_new": Text("เปิดแบบฟอร์มใหม่", "open a new form"),
    "progress_title": Text("ความคืบหน้าของเรื่อง", "Progress of a report"),
    "progress": Text("ความคืบหน้า", "Progress"),
    "about_report": Text("เรื่องที่แจ้ง", "The report"),
    "happened": Text("เกิดเมื่อ", "It happened"),
    "sent_at": Text("รับเรื่องเมื่อ", "Received"),
    "photos_count": Text("แนบรูป {count} รูป", "With {count} [photo|photos]"),
    "now_is": Text("ขณะนี้", "Now"),
    "next": Text("ขั้นต่อไป", "What happens next"),
    "next_received": Text(
        "เจ้าหน้าที่ของจังหวัดจะอ่านเรื่องนี้ และรับไปดำเนินการ",
        "An officer of the province reads it and takes it on.",
    ),
    "next_acknowledged": Text("เจ้าหน้าที่วางแผนลงพื้นที่ตรวจสอบ", "The officers plan an inspection."),
    "next_inspecting": Text(
        "เจ้าหน้าที่กำลังตรวจสอบ ผลจะขึ้นที่หน้านี้", "They are inspecting; the result is told here."
    ),
    "next_action_ordered": Text(
        "สั่งให้ผู้ก่อเหตุแก้ไขแล้ว เจ้าหน้าที่จะตรวจว่าแก้จริง",
        "Whoever causes it was ordered to act; officers check that it was done.",
    ),
    "next_resolved": Text(
        "ถ้าเกิดซ้ำ แจ้งใหม่ได้เลย ระบบจะโยงกับเรื่องเดิมให้",
        "If it happens again, report it anew: it is seen together with this one.",
    ),
    "next_no_cause_found": Text(
        "ถ้าเกิดซ้ำ แจ้งใหม่พร้อมวันเวลาที่แน่นอน จะช่วยให้หาสาเหตุได้",
        "If it happens again, report it with the exact time: that helps to find the cause.",
    ),
    "next_forwarded": Text(
        "หน่วยงานที่รับผิดชอบเรื่องนี้รับไปแล้ว", "The office that is in charge has it now."
    ),
    "next_duplicate": Text(
        "มีผู้แจ้งเรื่องเดียวกัน เจ้าหน้าที่ดำเนินการรวมกัน",
        "Others told of the same: the officers work on them together.",
    ),
    "next_rejected": Text(
        "เรื่องนี้ไม่อยู่ในอำนาจหน้าที่ หรือข้อมูลไม่พอ แจ้งใหม่พร้อมรายละเอียดเพิ่มได้",
        "It is no matter for this office, or too little is known: report it anew with more detail.",
    ),
    "next_reopened": Text(
        "เปิดเรื่องอีกครั้ง เจ้าหน้าที่จะตรวจสอบใหม่", "It was opened again; officers look anew."
    ),
    # Kept on this device.
    "kept": Text("รายงานในเครื่องนี้", "Reports on this device"),
    "kept_waiting": Text(
        "เก็บไว้ในเครื่องแล้ว ยังไม่ได้ส่ง จะส่งเองทันทีที่ส่งได้",
        "Kept on this device, not sent yet; it is sent as soon as it can be",
    ),
    "kept_said": Text(
        "ไม่มีสัญญาณ เก็บเรื่องไว้ในเครื่องนี้แล้ว จะส่งเองเมื่อมีสัญญาณและเปิดหน้านี้อยู่ ไม่ต้องกรอกใหม่",
        "No signal. Your report is kept on this device, and sent by itself when there is signal and"
        " this page is open. You need not write it again.",
    ),
    "kept_sending": Text("กำลังส่ง…", "Sending…"),
    "kept_sent": Text("ส่งแล้ว รหัส {code}", "Sent, code {code}"),
    "kept_refused": Text("ระบบไม่รับ: {why}", "Refused: {why}"),
    "kept_not": Text(
        "ไม่มีสัญญาณ และเครื่องนี้เก็บเรื่องไว้ไม่ได้ อย่าปิดหน้านี้ ลองส่งอีกครั้งเมื่อมีสัญญาณ",
        "No signal, and this device cannot keep the report. Leave this page open, and send again"
        " when there is signal.",
    ),
    "kept_edit": Text("แก้ไขแล้วส่งใหม่", "Correct and send"),
    "kept_delete": Text("ลบจากเครื่อง", "Delete from this device"),
    "kept_delete_sure": Text("ลบถาวร?", "Delete for good?"),
    "kept_now": Text("ส่งตอนนี้", "Send now"),
    "noscript": Text(
        "ปิด JavaScript อยู่ ยังแจ้งได้: พิมพ์ที่อยู่และเลือกจังหวัด",
        "Without JavaScript you can report too: write the address and choose the province.",
    ),
}
