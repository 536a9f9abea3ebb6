"""Citations: making one, and what has become of its rows since."""

from layers.model import Text

WORDS = {
    "title": Text("การอ้างอิง {code}", "Citation {code}"),
    "make_title": Text("อ้างอิงหน้านี้หรือคำตอบนี้", "Cite this page or answer"),
    "description": Text(
        "ที่อยู่ถาวรของข้อมูลที่ถูกอ้างอิง พร้อมวิธีพิสูจน์ว่ายังเป็นแถวเดิม",
        "A lasting address of data that were cited, and the proof that the rows are the same",
    ),
    "make_lead": Text(
        "การอ้างอิงเก็บคำถาม รุ่นของข้อมูล เวลา และผลรวมตรวจสอบ เปิดอีกหลายปีจะได้แถวเดิมหรือรู้ว่าอะไรไม่อยู่แล้ว",
        "A citation keeps the question, the version of the data, the time and a checksum: opened"
        " years later it gives the same rows, or says what is no longer there",
    ),
    "make_what": Text("ที่อยู่ที่จะอ้างอิง", "Address to cite"),
    "make": Text("สร้างการอ้างอิง", "Make the citation"),
    "make_refused": Text("อ้างอิงที่อยู่นี้ไม่ได้: {why}", "This address cannot be cited: {why}"),
    "holds": Text("ยังเป็นแถวเดิมทุกแถว", "Every row is still the same"),
    "holds_hint": Text(
        "อ่านแถวของเวลานั้นอีกครั้งแล้ว ผลรวมตรวจสอบตรงกัน",
        "The rows of then were read again, and the checksums are the same",
    ),
    "unproved": Text("พิสูจน์ไม่ได้ด้วยผลรวมตรวจสอบ", "Not proved by a checksum"),
    "unproved_hint": Text(
        "หน้านี้ไม่มีแถวที่เก็บประวัติไว้ หรือมีมากกว่า {most} แถว รุ่นของข้อมูลยังอ้างถึงได้",
        "There is no row behind it whose history is kept, or there are more than {most}; the"
        " version of the data can still be asked for",
    ),
    "erased": Text("บางแถวถูกลบตามกฎหมายแล้ว", "Some rows were erased since, as the law asked"),
    "erased_hint": Text(
        "จำนวนที่หายไปไม่เกินที่บันทึกการลบบอกไว้ ผลรวมเดิมเป็นของทุกแถว จึงพิสูจน์แถวที่เหลือไม่ได้อีก",
        "No more are missing than the record of erasures says. The checksum was that of all rows,"
        " and can no longer prove those that are left",
    ),
    "gone": Text("อ่านแถวเดิมไม่ได้แล้ว", "The rows can no longer be read"),
    "gone_hint": Text("เหตุผลอยู่ด้านล่าง", "The reason is below"),
    "altered": Text("ไม่ใช่แถวเดิม", "The rows are not the same"),
    "altered_hint": Text(
        "ผลรวมตรวจสอบต่างไปโดยไม่มีบันทึกการลบที่อธิบายได้ อย่าเชื่อตัวเลขนี้จนกว่าจะรู้เหตุ",
        "The checksums differ, and no erasure explains it: do not rely on it until it is known why",
    ),
    "not_own": Text(
        "ตัวการอ้างอิงเองถูกแก้ไข รหัสไม่ตรงกับเนื้อหา",
        "The citation itself was altered: its code does not follow from what it says",
    ),
    "asked": Text("สิ่งที่ถาม", "What was asked"),
    "open": Text("เปิดหน้านี้ (แสดงข้อมูลปัจจุบัน)", "Open the page (it shows the present)"),
    "page_note": Text(
        "หน้านี้แสดงข้อมูลปัจจุบันเสมอ สิ่งที่เปิดซ้ำได้คือแถวเบื้องหลังด้านล่าง สีและภาพของแผนที่ไม่ได้เก็บไว้",
        "The page always shows the present. What can be had again are the rows behind it, below;"
        " colours and the picture of the map are not kept",
    ),
    "time": Text("ข้อมูล ณ เวลา", "Data as of"),
    "version": Text("รุ่นของข้อมูล", "Data version"),
    "cited_at": Text("อ้างอิงเมื่อ", "Cited at"),
    "software": Text("ซอฟต์แวร์", "Software"),
    "licences": Text("ที่มาและสัญญาอนุญาต", "Sources and licences"),
    "rows_title": Text("แถวที่อ้างอิง", "Rows that are cited"),
    "answer": Text("คำตอบ", "Answer"),
    "then": Text("เวลานั้น", "Then"),
    "now": Text("อ่านอีกครั้ง", "Read again"),
    "state": Text("ผล", "Outcome"),
    "rows": Text("{count} แถว", "{count} row[|s]"),
    "too_many": Text("มากกว่า {most} แถว ไม่มีผลรวม", "more than {most} rows, no checksum"),
    "no_rows": Text("หน้านี้ไม่มีแถวที่เก็บประวัติไว้", "No row behind this page has a history"),
    "erasure": Text("ลบ {count} แถวเมื่อ {day}: {why}", "{count} row[|s] erased on {day}: {why}"),
    "text_th": Text("ข้อความอ้างอิงภาษาไทย", "Reference in Thai"),
    "text_en": Text("ข้อความอ้างอิงภาษาอังกฤษ", "Reference in English"),
    "bibtex": Text("BibTeX", "BibTeX"),
    "method": Text(
        "ผลรวมตรวจสอบของรายการ (items) คือ SHA-256 ของบรรทัด GeoJSON (f=geojsonseq) ที่เรียงตามไบต์"
        " ตรวจเองได้ด้วย LC_ALL=C sort | sha256sum",
        "The checksum of items is the SHA-256 of the lines of GeoJSON (f=geojsonseq) sorted by"
        " their bytes; check it yourself by LC_ALL=C sort | sha256sum",
    ),
    "method_numbers": Text(
        "ของตัวเลขสรุปคือหนึ่งบรรทัด JSON ต่อกลุ่ม ผลบวกและค่าเฉลี่ยคิดเป็นเลขฐานสิบ"
        " ของสิ่งที่อยู่ใกล้คือรายการตามลำดับที่ตอบ ทั้งสองอย่างนี้หน้านี้คำนวณใหม่ให้ คำสั่งข้างต้นใช้ไม่ได้",
        "Of numbers it is that of a line of JSON for each group, sums and means in decimals, and of"
        " what is near that of the features as they were answered: this page works both out anew,"
        " the command does not",
    ),
    "copy": Text("คัดลอก", "Copy"),
    "copied": Text("คัดลอกแล้ว", "Copied"),
    "copy_by_hand": Text("เลือกข้อความไว้แล้ว กด Ctrl+C", "The text is selected: press Ctrl+C"),
}
