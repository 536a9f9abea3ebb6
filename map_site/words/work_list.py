"""The work list of a day: stops of a district, in the order in which they are driven."""

from layers.model import Text

WORDS = {
    "title": Text("งานของวัน", "The day's work list"),
    "about": Text(
        "เรื่องร้องเรียนที่ยังไม่ปิดในอำเภอ เรียงจุดที่ใกล้ที่สุดต่อไปเรื่อย ๆ เปิดได้เมื่อไม่มีสัญญาณหลังเปิดครั้งแรก",
        "Open complaints of a district, each time to the nearest next; opens without signal once it"
        " was opened",
    ),
    "of_district": Text("อ.{district} {day}", "{district}, {day}"),
    "choose": Text("เลือกอำเภอ", "Choose a district"),
    "district_count": Text("{count} เรื่อง", "{count} [complaint|complaints]"),
    "no_districts": Text("ไม่มีเรื่องร้องเรียนที่ยังไม่ปิดในพื้นที่ของคุณ", "No complaint is open where you work"),
    "as_of": Text("ข้อมูล {time}", "As of {time}"),
    "offline": Text("ไม่มีสัญญาณ นี่คือรายการที่เก็บไว้", "No signal: this is the list that was kept"),
    "change": Text("อำเภอ วันที่ และของใคร", "District, day and whose"),
    "day": Text("วันที่", "Day"),
    "team": Text("ของใคร", "Whose"),
    "team_all": Text("ทุกคน", "Everybody's"),
    "team_mine": Text("ของฉัน และที่ยังไม่มีผู้รับ", "Mine, and nobody's"),
    "show": Text("แสดง", "Show"),
    "from_here": Text("เริ่มจากที่ฉันอยู่", "Begin where I am"),
    "none": Text("ไม่มีเรื่องที่ยังไม่ปิดในอำเภอนี้", "No complaint is open in this district"),
    "summary": Text(
        "{stops} จุด {cases} เรื่อง เรื่องประเภทเดียวกันในระยะ 250 เมตรนับเป็นจุดเดียว",
        "{stops} [stop|stops], {cases} [complaint|complaints]; those of one category within 250 m"
        " are one stop",
    ),
    "left_out": Text(
        "อีก {count} จุดไม่อยู่ในรายการวันนี้ ซึ่งเลือกตามกำหนดเวลา จำนวนเรื่อง ความแรง และความเก่า",
        "{count} more [stop|stops] left out: chosen by deadline, number of complaints, strength and"
        " age",
    ),
    "unplaced": Text("ไม่มีพิกัด", "Without a place"),
    "unplaced_why": Text(
        "ติดต่อผู้แจ้งเพื่อขอตำแหน่ง จึงไม่อยู่ในลำดับ", "Ask who reported where it is; not part of the order"
    ),
    "cases": Text("{count} เรื่อง เก่าสุด {day}", "{count} [complaint|complaints], oldest {day}"),
    "strength": Text("ความแรง {number} จาก 5", "strength {number} of 5"),
    "way": Text("ห่างจากจุดก่อน {distance}", "{distance} from the one before"),
    "way_start": Text("จุดเริ่ม", "the start"),
    "visited": Text("ไปแล้ววันนี้", "Visited this day"),
    "last": Text("ตรวจล่าสุด {day}: {finding}", "Last visit {day}: {finding}"),
    "last_none": Text("ยังไม่เคยตรวจ", "Never visited"),
    "no_finding": Text("ยังไม่สรุป", "no finding yet"),
    "conflict": Text("มีฉบับที่ขัดกัน", "edits contradict each other"),
    "order_due": Text("คำสั่ง {number} ครบกำหนด {day}", "Order {number} is due {day}"),
    "case_due": Text("ครบกำหนด {day}", "due {day}"),
    "overdue": Text("เลยกำหนด", "overdue"),
    "suspects": Text("โรงงานใกล้เคียง", "Factories nearby"),
    "share": Text("คัดกรองจากลม {share} %", "{share} % by a screening of the wind"),
    "suspects_of": Text("ใกล้สุด {shown} จาก {found} ในระยะ 3 กม.", "{shown} of {found} within 3 km"),
    "suspects_none": Text("ไม่พบโรงงานในระยะ 3 กม.", "No factory within 3 km"),
    "upwind": Text("เหนือลมขณะนี้", "upwind now"),
    "wind_unknown": Text(
        "ลมอ่อนหรือไม่ทราบทิศ จึงเรียงใกล้ก่อน", "Light wind or direction not known: nearest first"
    ),
    "wind_from": Text("ลมจากทิศ{direction}", "Wind from the {direction}"),
    "no_proof": Text("เหนือลมไม่ใช่ข้อพิสูจน์ว่าเป็นต้นเหตุ", "Upwind proves no cause"),
    "inspect": Text("บันทึกการตรวจ", "Record a visit"),
    "inspect_works": Text("ตรวจโรงงานนี้", "Inspect this one"),
    "directions": Text("นำทาง", "Directions"),
    "order_rule": Text(
        "ลำดับ: จุดที่ใกล้ที่สุดก่อนเสมอ ระยะเส้นตรง ไม่ใช่ระยะถนน",
        "Order: always to the nearest next, by straight lines, not roads",
    ),
    "print": Text("พิมพ์", "Print"),
}
