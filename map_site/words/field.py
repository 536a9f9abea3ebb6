"""What is near a place, for people in the field."""

from layers.model import Text

WORDS = {
    "title": Text("ใกล้ฉัน", "Near me"),
    "description": Text(
        "ไฟ โรงงาน และสถานีรอบตัว เหนือลมขึ้นก่อน ใช้ได้เมื่อไม่มีสัญญาณ",
        "Fires, factories and stations around you, upwind first; works without signal",
    ),
    "app_name": Text("ฟ้าใส ใกล้ฉัน", "Fahsai near me"),
    "noscript": Text(
        "หน้านี้ต้องใช้ JavaScript ข้อมูลชุดเดียวกันอ่านเป็นตารางได้ที่หน้าข้อมูลเปิด",
        "This page needs JavaScript. The same data can be read as tables on the page of open data",
    ),
    # Where.
    "here": Text("ตำแหน่งของคุณ", "Your place"),
    "pinned": Text("พิกัดที่ระบุ", "The place you gave"),
    "of_factory": Text("รอบโรงงาน", "Around the factory"),
    "district": Text("อ.{name}", "{name}"),
    "no_province": Text("ไม่พบว่าอยู่ในจังหวัดใด", "in no province we know"),
    "accuracy": Text("แม่นยำ ±{distance}", "accurate to {distance}"),
    "coarse": Text(
        "ตำแหน่งคลาดเคลื่อนได้ถึง {distance} ออกไปที่โล่งแล้วหาใหม่ หรือระบุพิกัดเอง",
        "The place may be off by {distance}: try again in the open, or give coordinates",
    ),
    "locate": Text("หาตำแหน่งของฉัน", "Find where I am"),
    "locate_again": Text("หาตำแหน่งใหม่", "Find my place anew"),
    # States.
    "ask": Text("ดูไฟและโรงงานรอบตัวคุณ", "See fires and factories around you"),
    "ask_why": Text(
        "ใช้ตำแหน่งของเครื่องนี้ หรือวางพิกัดด้านล่าง ตำแหน่งใช้ถามข้อมูลรอบตัวเท่านั้น ไม่เก็บไว้ในระบบ",
        "Use the place of this device, or paste coordinates below. The place is used to ask what is"
        " near, and is not stored by the service.",
    ),
    "locating": Text("กำลังหาตำแหน่ง…", "Finding your place…"),
    "locating_why": Text(
        "ในที่โล่งใช้เวลาไม่กี่วินาที ในอาคารอาจนานกว่านั้น",
        "In the open this takes seconds; indoors it may take longer",
    ),
    "refused": Text("เครื่องนี้ไม่อนุญาตให้ใช้ตำแหน่ง", "This device does not let us use its place"),
    "refused_why": Text(
        "เปิดสิทธิ์ “ตำแหน่ง” ของเว็บนี้ในการตั้งค่าเบราว์เซอร์แล้วลองใหม่ หรือวางพิกัดด้านล่าง",
        "Allow “Location” for this site in the browser's settings and try again, or paste"
        " coordinates below",
    ),
    "unavailable": Text("เครื่องนี้หาตำแหน่งไม่ได้", "This device cannot find its place"),
    "unavailable_why": Text(
        "เปิด GPS แล้วลองใหม่ในที่โล่ง หรือวางพิกัดด้านล่าง",
        "Turn GPS on and try again in the open, or paste coordinates below",
    ),
    "slow": Text("หาตำแหน่งนานเกินไป", "Finding your place took too long"),
    "slow_why": Text(
        "ลองใหม่ในที่โล่ง หรือวางพิกัดด้านล่าง", "Try again in the open, or paste coordinates below"
    ),
    "outside": Text("ตำแหน่งนี้อยู่นอกประเทศไทย", "This place is outside Thailand"),
    "outside_why": Text(
        "ข้อมูลมีเฉพาะในประเทศไทย ตรวจพิกัด {place} แล้ววางใหม่ด้านล่าง",
        "There are data of Thailand only. Check {place} and paste coordinates anew below",
    ),
    "loading": Text("กำลังอ่านข้อมูลรอบตัว…", "Reading what is near…"),
    "nothing_kept": Text(
        "ไม่มีสัญญาณ และยังไม่มีข้อมูลของที่นี่ในเครื่อง", "No signal, and nothing kept of here"
    ),
    "nothing_kept_why": Text(
        "เปิดหน้านี้สักครั้งขณะมีสัญญาณ ข้อมูลรอบจุดนั้นจะเก็บไว้ในเครื่องเอง",
        "Open this page once with signal: what is near is then kept on this device",
    ),
    "failed": Text("อ่านข้อมูลไม่ได้", "The data could not be read"),
    "failed_why": Text(
        "ระบบตอบว่ายังใช้ไม่ได้ ({status}) ลองอีกครั้งใน 1 นาที",
        "The service answered that it cannot ({status}); try again in a minute",
    ),
    "refused_question": Text("ระบบไม่รับคำถามนี้", "The service refused the question"),
    "refused_question_why": Text("ระบบตอบว่า: {detail}", "It answered: {detail}"),
    "unread": Text(
        "{name}={written} ในที่อยู่ใช้ไม่ได้ ใช้ {used} แทน",
        "{name}={written} in the address cannot be used: {used} stands in",
    ),
    "no_factory": Text("ไม่พบโรงงานนี้ หรือไม่ทราบพิกัด", "No such factory, or its place is not known"),
    "no_factory_why": Text(
        "ตรวจรหัส {id} หรือวางพิกัดด้านล่าง", "Check the id {id}, or paste coordinates below"
    ),
    "again": Text("ลองอีกครั้ง", "Try again"),
    "kept_elsewhere": Text("เปิดข้อมูลที่เก็บไว้: {place} {time}", "Open what was kept: {place}, {time}"),
    "moved": Text(
        "ข้อมูลที่เก็บไว้เป็นของรัศมี {radius} รอบจุดที่ห่างจากคุณ {distance} ระยะและทิศคิดใหม่จากจุดที่คุณอยู่",
        "What was kept is of {radius} around a place {distance} from you; distances and directions"
        " are from where you are now",
    ),
    # How old.
    "data_of": Text("ข้อมูล {time}", "Data of {time}"),
    "data_part": Text("ข้อมูล {time} บางชุดเก่ากว่านั้น", "Data of {time}, some of them older"),
    "reaches": Text("– ถึง {day}", "– to {day}"),
    "updating": Text("กำลังอ่านใหม่ ขณะนี้ใช้ข้อมูล {time}", "Reading anew; now showing data of {time}"),
    "offline": Text("ไม่มีสัญญาณ ใช้ข้อมูล {time}", "No signal: data of {time}"),
    "unanswered": Text("ระบบไม่ตอบ ใช้ข้อมูล {time}", "No answer: data of {time}"),
    "past": Text("ย้อนดู {time}", "As it was at {time}"),
    "to_now": Text("กลับมาปัจจุบัน", "Back to now"),
    "old": Text("เก่า {age}", "{age} old"),
    "read_again": Text("อ่านใหม่", "Read anew"),
    "unsent": Text("บันทึกรอส่ง {count} ฉบับ", "{count} [note|notes] not yet sent"),
    "minutes": Text("{count} นาที", "{count} min"),
    "hours": Text("{count} ชม.", "{count} h"),
    "days": Text("{count} วัน", "{count} [day|days]"),
    "ago": Text("{age} ก่อน", "{age} ago"),
    "now": Text("เมื่อครู่", "just now"),
    "late_source": Text("{title}: ไม่มีข้อมูลใหม่ตั้งแต่ {time}", "{title}: nothing new since {time}"),
    "unknown_then": Text(
        "{title}: ไม่มีข้อมูลของเวลานั้น ซึ่งไม่ได้แปลว่าไม่มีเหตุ",
        "{title}: no data of that time, which is not the same as none",
    ),
    "empty_unknown": Text("ไม่มีข้อมูลของเวลานั้น", "No data of that time"),
    "never_loaded": Text("{title}: ยังไม่เคยมีข้อมูล", "{title}: no data yet"),
    "not_all": Text(
        "{title}: แสดง {shown} ที่ใกล้ที่สุดจาก {found} ลดรัศมีเพื่อดูครบ",
        "{title}: the nearest {shown} of {found} are shown; a smaller radius shows all",
    ),
    "not_kept": Text(
        "เบราว์เซอร์นี้เก็บข้อมูลไว้ใช้เมื่อไม่มีสัญญาณไม่ได้",
        "This browser cannot keep data for when there is no signal",
    ),
    # Wind and air.
    "wind": Text("ลม", "Wind"),
    "wind_from": Text("ลมจากทิศ{direction} {speed}", "Wind from the {direction}, {speed}"),
    "smoke_to": Text("ควันไปทาง{direction}", "smoke goes {direction}"),
    "measured": Text("วัด\u00a0{time}", "measured\u00a0{time}"),
    "station_away": Text("สถานีห่าง\u00a0{distance}", "station {distance} away"),
    "away": Text("ห่าง\u00a0{distance}", "{distance}\u00a0away"),
    "calm": Text("ลมอ่อน ไม่ทราบทิศ", "Light wind, from no clear direction"),
    "no_direction": Text("ลม {speed} ไม่ทราบทิศ", "Wind {speed}, direction not known"),
    "calm_why": Text("จึงไม่จัดเหนือลม เรียงใกล้ก่อน", "so nothing is called upwind: nearest first"),
    "no_wind": Text("ไม่ทราบลม", "Wind not known"),
    "no_wind_why": Text(
        "ไม่มีสถานีในระยะ 50 กม. ที่วัดลมใน 3 ชม. จึงเรียงใกล้ก่อน",
        "No station within 50 km measured wind in the 3 hours before: nearest first",
    ),
    "old_wind": Text("ลมเก่า {age} ไม่ใช้จัดเหนือลม", "The wind is {age} old: not used for upwind"),
    "old_wind_was": Text(
        "เมื่อ {time} ลมจากทิศ{direction} {speed}", "At {time} from the {direction}, {speed}"
    ),
    "pm25": Text("PM2.5", "PM2.5"),
    "no_pm25": Text(
        "PM2.5: ไม่มีสถานีที่วัดใน 3 ชม. ในระยะ 50 กม.", "PM2.5: no reading of 3 hours in 50 km"
    ),
    "hourly": Text("ค่า 1 ชม.", "1-hour value"),
    # The list.
    "filters": Text("กรองรายการ", "Filter the list"),
    "all": Text("ทั้งหมด", "All"),
    "all_count": Text("{count} รายการ", "{count}"),
    "fires": Text("ไฟ", "Fires"),
    "fires_count": Text("{count} จุด", "{count}"),
    "factories": Text("โรงงาน", "Factories"),
    "factories_count": Text("{count} แห่ง", "{count}"),
    "complaints": Text("ครัวเรือนที่ร้องเรียนในพื้นที่", "Homes that complained in the area"),
    "complaints_homes": Text("{count} ครัวเรือน", "{count} [home|homes]"),
    "complaints_few": Text("น้อยเกินกว่าจะเปิดเผย", "too few to be shown"),
    "complaints_why": Text(
        "เป็นตัวเลขของทั้งพื้นที่ ไม่ได้บอกว่าอยู่ใกล้ตำแหน่งนี้", "Of the whole area: not of what is near here"
    ),
    "stations": Text("สถานี", "Stations"),
    "stations_count": Text("{count} สถานี", "{count}"),
    "list": Text("รายการ", "List"),
    "upwind": Text("เหนือลม พัดมาทางคุณ", "Upwind: the wind blows from there to you"),
    "elsewhere": Text("ทิศอื่น ใกล้ก่อน", "Elsewhere, nearest first"),
    "nearest_first": Text("ใกล้ก่อน", "Nearest first"),
    "no_upwind": Text("ไม่พบไฟหรือโรงงานเหนือลม", "No fire or factory upwind"),
    "one_fire": Text("ไฟใน{kind} 1 จุด", "A fire: {kind}"),
    "fire_group": Text("กลุ่มไฟใน{kind} {count} จุด", "{count} fires: {kind}"),
    "fire_group_least": Text(
        "กลุ่มไฟใน{kind} อย่างน้อย {count} จุด", "At least {count} [fire|fires]: {kind}"
    ),
    "kind_unknown": Text("พื้นที่ไม่ทราบชนิด", "land not known"),
    "latest": Text("ล่าสุด {time}", "latest {time}"),
    "window": Text("{from} ถึง {to}", "{from} to {to}"),
    "certificate": Text("ใบรับรองระดับ {level}", "certificate of level {level}"),
    "certificate_expired": Text(
        "ใบรับรองระดับ {level} หมดอายุ", "certificate of level {level}, expired"
    ),
    "no_certificate": Text("ไม่พบใบรับรอง", "no certificate found"),
    "workers": Text("{count} คน", "{count} [worker|workers]"),
    "unnamed": Text("โรงงาน (ไม่เปิดเผยชื่อ)", "Factory (name not published)"),
    "precision": Text("พิกัด: {precision}", "Place: {precision}"),
    "registration": Text("ทะเบียน {number}", "Registration {number}"),
    "reading_of": Text("อ่าน\u00a0{time}", "read\u00a0{time}"),
    "no_reading": Text("ไม่มีค่า", "no value"),
    "open_factory": Text("เปิดหน้าโรงงาน", "The factory's page"),
    "around_factory": Text("ดูรอบโรงงานนี้", "What is around it"),
    "directions": Text("นำทางไปที่นี่", "Directions"),
    "and_more": Text("และที่ไกลกว่าอีก {count} จุด", "and {count} more, farther away"),
    "more": Text("แสดงอีก {count} รายการ", "Show {count} more"),
    "caveat": Text(
        "ดาวเทียมเห็นเฉพาะไฟที่ลุกอยู่ตอนผ่าน ข้อมูลล่าสุด {time} การไม่พบจึงไม่ได้ยืนยันว่าไม่มีไฟ"
        " เหนือลมคือทิศในมุม 45° สองข้างของลม ไม่ใช่ข้อพิสูจน์ว่าเป็นต้นเหตุ",
        "Satellites see only what burns as they pass, the latest at {time}: none found does not"
        " prove that there is none. Upwind is within 45° of the wind's origin; it proves no cause.",
    ),
    "empty": Text("ไม่พบอะไรในรัศมี {radius}", "Nothing within {radius}"),
    "empty_filter": Text("ไม่พบ{kind}ในรัศมี {radius}", "{kind}: none within {radius}"),
    "empty_what": Text(
        "ค้น {what} · ไฟย้อนหลัง {hours}",
        "Searched: {what} · fires of {hours}",
    ),
    "widen": Text("ขยายเป็น {radius}", "Widen to {radius}"),
    "longer": Text("ย้อนหลัง {hours}", "Look back {hours}"),
    "show_all": Text("แสดงทั้งหมด", "Show all"),
    # Choosing.
    "choose": Text("เลือกจุด รัศมี และเวลา", "Place, radius and time"),
    "coordinates": Text("พิกัด (ละติจูด, ลองจิจูด)", "Coordinates (latitude, longitude)"),
    "coordinates_hint": Text("เช่น 14.3500, 100.2800", "as 14.3500, 100.2800"),
    "coordinates_wrong": Text(
        "อ่านพิกัด “{text}” ไม่ได้ ใส่สองเลข เช่น 14.3500, 100.2800",
        "“{text}” are no coordinates: give two numbers, as 14.3500, 100.2800",
    ),
    "go": Text("ไปที่จุดนี้", "Go there"),
    "radius": Text("รัศมี", "Radius"),
    "back": Text("ไฟย้อนหลัง", "Fires of the last"),
    "at": Text("ย้อนดู ณ เวลา (เวลาไทย)", "As it was at (Thailand's time)"),
    "look": Text("ดูเวลานี้", "Show"),
    # The compass.
    "compass": Text("เข็มทิศ", "Compass"),
    "compass_key": Text(
        "แถบสี: ด้านเหนือลม · ลูกศร: ทางที่ควันไป · วงแหวน {rings}",
        "Tinted: upwind · Arrows: where smoke goes · Rings: {rings}",
    ),
    "compass_key_plain": Text("วงแหวน {rings}", "Rings: {rings}"),
    "compass_says": Text(
        "เข็มทิศ รัศมี {radius} มี {what} รายการเดียวกันอยู่ในหน้ารายการ",
        "Compass of {radius} with {what}; the list has the same",
    ),
    "north": Text("เหนือ", "N"),
    "east": Text("อ.", "E"),
    "south": Text("ใต้", "S"),
    "west": Text("ต.", "W"),
    # The record.
    "views": Text("มุมมอง", "Views"),
    "record": Text("บันทึกตรวจ", "Record"),
    "record_title": Text("บันทึกไว้ในเครื่องนี้", "Notes on this device"),
    "record_why": Text(
        "จดเวลา ตำแหน่ง และข้อความไว้ในเครื่องนี้เท่านั้น ไม่ส่งไปไหน"
        " เจ้าหน้าที่ที่เข้าสู่ระบบบันทึกการตรวจที่ส่งถึงระบบได้จากปุ่มด้านล่าง",
        "Note time, place and words: they stay on this device and are sent nowhere. Staff who are"
        " signed in record an inspection, which is sent, with the button below.",
    ),
    "record_inspect": Text("บันทึกการตรวจโรงงาน (เจ้าหน้าที่)", "Record an inspection (staff)"),
    "inspect": Text("บันทึกการตรวจ", "Record a visit"),
    "record_text": Text("สิ่งที่พบ", "What you found"),
    "record_save": Text("บันทึกเวลาและตำแหน่งนี้", "Save with time and place"),
    "record_saved": Text("บันทึกไว้ในเครื่องแล้ว ยังไม่ส่ง", "Saved on this device, not yet sent"),
    "record_empty": Text("เขียนสิ่งที่พบก่อนบันทึก", "Write what you found first"),
    "record_full": Text(
        "เครื่องนี้เก็บบันทึกไม่ได้ คัดลอกข้อความไว้ก่อน", "This device cannot keep it: copy your words"
    ),
    "record_none": Text("ยังไม่มีบันทึก", "No notes yet"),
    "record_no_place": Text("ไม่ทราบตำแหน่ง", "place not known"),
    "record_unsent": Text("ยังไม่ส่ง", "Not yet sent"),
    "record_copy": Text("คัดลอก", "Copy"),
    "record_copied": Text("คัดลอกแล้ว", "Copied"),
    "record_delete": Text("ลบ", "Delete"),
    "record_delete_sure": Text("ลบถาวร?", "Delete for good?"),
    "record_deleted": Text("ลบแล้ว", "Deleted"),
}
