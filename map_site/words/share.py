"""Handing a page on: its address, a short one, a map for another site, a file; and what stands on
that map."""

from layers.model import Text
from layers.reports.offline import MOST_FEATURES

WORDS = {
    "title": Text("แชร์หน้านี้", "Share this page"),
    "close": Text("ปิด", "Close"),
    "link": Text("ลิงก์", "Link"),
    "link_hint": Text(
        "ผู้เปิดเห็นวันที่ ตัวกรอง และพื้นที่เดียวกับคุณ",
        "Whoever opens it sees the same days, filters and place as you",
    ),
    "copy": Text("คัดลอก", "Copy"),
    "copied": Text("คัดลอกแล้ว", "Copied"),
    "copy_by_hand": Text("เลือกข้อความไว้แล้ว กด Ctrl+C", "The text is selected: press Ctrl+C"),
    "by_app": Text("ส่งด้วยแอปในเครื่อง", "Send with an app"),
    "short": Text("ลิงก์สั้น", "Short link"),
    "make_short": Text("สร้างลิงก์สั้น", "Make a short link"),
    "short_failed": Text(
        "สร้างลิงก์สั้นไม่ได้ในขณะนี้ ใช้ลิงก์ด้านบนแทนได้",
        "No short link can be made now: use the link above",
    ),
    "short_often": Text(
        "สร้างลิงก์สั้นถี่เกินไป ลองใหม่ใน {seconds} วินาที",
        "Too many short links: try again in {seconds} s",
    ),
    "short_blurred": Text(
        "ในลิงก์สั้น ตำแหน่งของคุณถูกปัดเป็นราว 100 เมตร",
        "In a short link your position is rounded to about 100 m",
    ),
    "cite": Text("อ้างอิง", "Cite this"),
    "cite_hint": Text(
        "ที่อยู่สั้นที่เก็บรุ่นข้อมูล เวลา และผลรวมตรวจสอบ พร้อม BibTeX",
        "A short address that keeps data version, time and checksum, with BibTeX",
    ),
    "make_cite": Text("สร้างการอ้างอิง", "Make a citation"),
    "cite_open": Text("เปิดการอ้างอิง", "Open the citation"),
    "cite_failed": Text(
        "สร้างการอ้างอิงไม่ได้ในขณะนี้ ลองใหม่อีกครั้ง", "No citation can be made now: try again"
    ),
    "cite_often": Text(
        "สร้างการอ้างอิงถี่เกินไป ลองใหม่ใน {seconds} วินาที",
        "Too many citations: try again in {seconds} s",
    ),
    "embed": Text("ฝังแผนที่ในเว็บอื่น", "Put the map on another site"),
    "embed_hint": Text(
        "วางโค้ดนี้ในหน้าเว็บ แผนที่มีคำอธิบายสี แหล่งข้อมูล และลิงก์กลับ",
        "Paste this code into a page. The map has its legend, its sources and a link back",
    ),
    "embed_title": Text("แผนที่ฟ้าใส", "Map of Fahsai"),
    "offline": Text("ไฟล์แผนที่ใช้ได้โดยไม่มีเน็ต", "Map as a file, for without a network"),
    "offline_hint": Text(
        "ไฟล์เดียว เปิดในเบราว์เซอร์ มีชั้นข้อมูล คำอธิบาย และแถบเวลา",
        "One file that a browser opens, with layers, legend and time bar",
    ),
    "offline_size": Text("ตรวจขนาดไฟล์", "How large is it?"),
    "offline_wait": Text("กำลังเตรียมไฟล์…", "Making the file…"),
    "offline_get": Text("ดาวน์โหลด {size}", "Download {size}"),
    "offline_count": Text(
        "{features} รายการ {from} ถึง {to}", "{features} features, {from} to {to}"
    ),
    "offline_failed": Text(
        "เตรียมไฟล์ไม่ได้ในขณะนี้ ลองใหม่อีกครั้ง", "The file cannot be made now: try again"
    ),
    "offline_too_many": Text(
        f"ข้อมูลในช่วงนี้มากเกินไปสำหรับไฟล์เดียว (ไม่เกิน {MOST_FEATURES:,} รายการ) "
        "เลือกจำนวนวันให้น้อยลงหรือเลือกจังหวัดเดียว",
        f"Too much for one file (at most {MOST_FEATURES:,} features): choose fewer days or one"
        " province",
    ),
    "paper": Text("ภาพและกระดาษ", "Picture and paper"),
    "paper_hint": Text(
        "พิมพ์ A4 หรือเลือกปลายทางเป็น PDF ในหน้าต่างพิมพ์", "Print A4, or choose PDF as the printer"
    ),
    "picture_hint": Text("บันทึกเป็นภาพ PNG ได้ที่ปุ่มดาวน์โหลด", "The download button saves a PNG picture"),
    "no_map": Text("ไม่มีแผนที่ของที่อยู่นี้", "There is no map at this address"),
    "no_theme": Text("ไม่มีธีม “{theme}” มี {themes}", "No theme “{theme}”; there are: {themes}"),
    "embed_less": Text(
        "แผนที่ที่ฝังแสดงวันเดียวหรือเดือนล่าสุด ทุกประเภท ไม่ใช่ทั้งช่วงหรือตัวเลขที่เลือกในหน้านี้",
        "The map there shows one day or the last month, of all classes: not all of the time or the"
        " number that is chosen here",
    ),
    "offline_refused": Text("ระบบไม่รับคำขอนี้: {detail}", "The service refused: {detail}"),
    "offline_days": Text(
        "ช่วงนี้ยาวเกินไปสำหรับไฟล์เดียว (ไม่เกิน 400 วัน) เลือกจำนวนวันให้น้อยลง",
        "Too long for one file (at most 400 days): choose fewer days",
    ),
    "open_page": Text("เปิดหน้าเต็มในฟ้าใส", "Open the page at Fahsai"),
    "sources": Text("แหล่งข้อมูล", "Sources"),
    "no_script": Text(
        "แผนที่ต้องใช้ JavaScript ตัวเลขทั้งหมดอยู่ในหน้าเต็ม",
        "The map needs JavaScript; all of its numbers are on the page",
    ),
}
