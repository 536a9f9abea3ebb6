"""Words about which factories may have caused a complaint; staff alone read them."""

from layers.model import Text

WORDS = {
    "title": Text("โรงงานที่อาจเป็นต้นเหตุ", "Factories that may be the cause"),
    "screening": Text(
        "เป็นการคัดกรองจากลม ไม่ใช่หลักฐาน ต้องตรวจสถานที่จริงก่อนสรุป",
        "A screening by the wind, no proof: visit before concluding anything",
    ),
    "none": Text("ไม่ใช่โรงงานเหล่านี้", "None of these"),
    "others": Text("โรงงานอื่นในระยะ {count} แห่ง", "{count} other [factory|factories] within reach"),
    "pooled": Text("สัดส่วน รวมทุกเรื่อง", "Share, all complaints"),
    "single": Text("สัดส่วน เรื่องนี้เรื่องเดียว", "Share, this one alone"),
    "factory": Text("โรงงาน", "Factory"),
    "where": Text("ระยะและทิศ", "Where"),
    "pooled_why": Text(
        "“รวมทุกเรื่อง” ใช้สิ่งที่เรื่องของวันอื่นบอกเกี่ยวกับแต่ละโรงงาน ไม่ใช้เรื่องของวันเดียวกัน",
        "“All complaints” uses what those of other days tell of each factory, none of the same day",
    ),
    "group": Text(
        "{count} โรงงานอยู่ทิศใกล้กัน ห่างจากทิศของโรงงานที่น่าจะเป็นที่สุดไม่เกิน {angle}°"
        " แยกด้วยลมไม่ได้ ให้ถือเป็นกลุ่มเดียว รวม {share}",
        "{count} factories lie within {angle}° of the direction of the likeliest, which the wind"
        " cannot tell apart: take them as one group, {share} together",
    ),
    "in_group": Text("อยู่ในกลุ่ม", "in the group"),
    "wind": Text(
        "ลม {first} ถึง {last}: จากทิศ{direction} {speed} ม./วินาที สถานีห่าง {distance} อายุ {age} ชม.",
        "Wind of {first} to {last}: from the {direction}, {speed} m/s, station {distance} away,"
        " {age} h old",
    ),
    "method_of": Text("การหาต้นเหตุจากลม รุ่น {version}", "wind attribution {version}"),
    "method": Text("วิธี: {method} คำนวณเมื่อ {time}", "Method: {method}, computed {time}"),
    "abstained": Text("ไม่ให้คำตอบ", "No answer is given"),
    "reason_category": Text(
        "เรื่องประเภทนี้ลมไม่ได้พามา (เสียง น้ำเสีย ขยะ ฯลฯ)",
        "the wind does not carry what this is about (noise, waste water, waste and others)",
    ),
    "reason_time": Text(
        "เวลาที่บันทึกเป็นเวลากลม ๆ เช่นเที่ยงตรง จึงไม่รู้ชั่วโมงที่เกิด",
        "the time was written down as a round hour, as noon: the hour itself is not known",
    ),
    "reason_place": Text(
        "จุดนี้ใช้แทนทั้งเมืองหรือหมู่บ้าน มีเรื่องมากที่จุดเดียวกัน จึงไม่รู้ว่าเกิดที่ใด",
        "the place stands for a town or village, since many have it: where it was is not known",
    ),
    "reason_calm": Text("ลมสงบ ทิศลมบอกอะไรไม่ได้", "the air was calm: its direction says nothing"),
    "reason_no_wind": Text(
        "สถานีใกล้เคียงยังไม่เคยวัดลมก่อนเวลานั้น", "no station near had measured wind by then"
    ),
    "reason_old_wind": Text(
        "ค่าลมล่าสุดเก่าเกินสามชั่วโมง", "the newest wind was more than three hours old"
    ),
    "reason_far_station": Text(
        "ไม่มีสถานีวัดลมในระยะสามสิบกิโลเมตร", "no station of wind lies within thirty kilometres"
    ),
    "reason_no_factory": Text(
        "ไม่มีโรงงานที่ดำเนินการอยู่ในระยะ", "no operating factory lies within reach"
    ),
    "reason_not_computed": Text(
        "ยังไม่ได้คำนวณ หรือเรื่องนี้ไม่มีตำแหน่ง", "not computed yet, or the complaint has no place"
    ),
}
