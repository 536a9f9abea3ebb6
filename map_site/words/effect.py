"""Whether certification lowered complaints."""

from layers.model import Text

WORDS = {
    "title": Text("อุตสาหกรรมสีเขียวได้ผลหรือไม่", "Is green industry working?"),
    "question": Text(
        "โรงงานที่ได้ใบรับรองระดับ {level} ขึ้นไป มีข้อร้องเรียนน้อยลงหรือไม่",
        "Do factories certified at level {level} or higher have fewer complaints?",
    ),
    "none": Text(
        "ยังตอบไม่ได้: ไม่มีข้อร้องเรียนที่ระบุโรงงาน หรือยังไม่ได้คำนวณ (fahsai analyse green_effect)",
        "It cannot be told: no complaint names a factory, or it was not computed yet"
        " (fahsai analyse green_effect)",
    ),
    "prints": Text(
        "ข้อร้องเรียนเปลี่ยนไป {value} เทียบกับที่ควรจะเป็น (ช่วงเชื่อมั่น 95 % {low} ถึง {high})",
        "Complaints changed by {value} against what they would have been (95 % interval {low} to"
        " {high})",
    ),
    "refuses": Text("ไม่บอกผล เพราะ", "No effect is told, because"),
    "permutation_only": Text(
        "ข้อมูลน้อยเกินกว่าจะบอกผล ถ้าแจกใบรับรองแบบสุ่ม จะเห็นผลอย่างน้อยเท่านี้ {p} ของครั้ง",
        "Too few to tell an effect: certificates dealt out at random would look at least as good in"
        " {p} of trials",
    ),
    "counts": Text(
        "{certified} โรงงานที่ได้รับการรับรองในช่วง {first} ถึง {last} ในจำนวนนี้ {with_complaints}"
        " โรงงานมีข้อร้องเรียน และมี {after} เรื่องหลังการรับรอง",
        "{certified} factories were certified from {first} to {last}; {with_complaints} of them"
        " have complaints, {after} after certification",
    ),
    "plot": Text(
        "ข้อร้องเรียนของโรงงานที่ได้รับการรับรอง เทียบกับโรงงานอื่น ตามเดือนนับจากการรับรอง",
        "Complaints of certified factories against others, by months from certification",
    ),
    "plot_note": Text(
        "เส้นตั้งคือช่วงเชื่อมั่น 95 % ศูนย์คือไม่ต่าง ภาพนี้แสดงว่าเหตุใดจึงบอกหรือไม่บอกผล ไม่ใช่ผลโดยตัวเอง",
        "Upright lines are 95 % intervals, zero is no difference. The plot shows why an effect is"
        " told or not; it is not one by itself",
    ),
    "months": Text("เดือน", "Months"),
    "change": Text("เปลี่ยนไป", "Change"),
    "interval": Text("ช่วงเชื่อมั่น 95 %", "95 % interval"),
    "method": Text("วิธีคำนวณและข้อจำกัด", "The method and its limits"),
    "none_certified": Text("ไม่มีโรงงานที่ได้รับการรับรองในช่วงนี้", "no factory was certified in this time"),
    "nothing_to_compare": Text(
        "ไม่มีโรงงานที่ไม่ได้รับการรับรองให้เทียบ",
        "no factory without a certificate is there to compare",
    ),
    "too_few_factories": Text(
        "โรงงานที่ได้รับการรับรองและมีข้อร้องเรียนน้อยเกินไป",
        "too few certified factories have complaints",
    ),
    "too_few_complaints": Text(
        "ข้อร้องเรียนหลังการรับรองน้อยเกินไป", "too few complaints came after certification"
    ),
    "too_few_before": Text(
        "เดือนก่อนการรับรองน้อยเกินกว่าจะเห็นแนวโน้ม", "too few months before to see a trend"
    ),
    "not_identified": Text("ข้อมูลแยกผลออกจากสิ่งอื่นไม่ได้", "the data cannot tell it from other things"),
    "pre_trend": Text(
        "ข้อร้องเรียนของโรงงานเหล่านี้เปลี่ยนไปอยู่แล้วก่อนการรับรอง",
        "complaints of these factories moved apart already before",
    ),
    "within_trend": Text(
        "แนวโน้มที่การทดสอบมองไม่เห็นอาจทำให้เห็นผลเท่านี้ได้เอง",
        "a trend that the test would miss could have made as much",
    ),
    "within_chance": Text("ความบังเอิญทำให้เห็นผลเท่านี้ได้", "chance could have made as much"),
}
