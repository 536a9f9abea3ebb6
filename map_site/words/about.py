"""What Fahsai is, whose data and whose work it shows, and how it keeps to the law."""

from layers.model import Text

WORDS = {
    "title": Text("เกี่ยวกับฟ้าใส", "About Fahsai"),
    "lead": Text(
        "ฟ้าใสรวมโรงงาน ไฟ ฝุ่น และข้อร้องเรียนของประเทศไทยไว้บนแผนที่เดียว"
        " เพื่อให้ผู้รับผิดชอบเห็นทุกเช้าว่าที่ใดแย่ลง ดีขึ้น และอะไรยังไม่ทราบ",
        "Fahsai brings Thailand's factories, fires, air and complaints onto one map, so"
        " that those"
        " who answer for them see each morning what got worse, what got better, and what is not"
        " known.",
    ),
    "topics": Text("หัวข้อ", "Topics"),
    "simulated": Text("ข้อมูลจำลอง", "Simulated data"),
    "simulated_1": Text(
        "แถบลายขีดใต้หัวหน้า ป้ายในแผนที่ และคำว่า “ข้อมูลจำลอง” ในไฟล์"
        " แปลว่าตัวเลขมาจากโลกจำลองที่สร้างไว้ทดลองระบบ"
        " ไม่ใช่เหตุการณ์จริง ปิดไม่ได้และพิมพ์ติดไปด้วยเสมอ หน้าที่ไม่มีเครื่องหมายนี้แสดงข้อมูลจริงจากแหล่งข้อมูล",
        "The hatched strip below the header, the tag in each map and the word in each file"
        " mean that"
        " the numbers come from a world that was made up to try the system out, and from no real"
        " event. It cannot be dismissed and is printed, too. A page without it shows what the"
        " sources delivered.",
    ),
    "simulated_now": Text("ขณะนี้ระบบนี้มีข้อมูลจำลอง", "This service holds simulated data now."),
    "simulated_not": Text("ขณะนี้ระบบนี้ไม่มีข้อมูลจำลอง", "This service holds no simulated data now."),
    "sources": Text("แหล่งข้อมูลและสัญญาอนุญาต", "Sources and their licences"),
    "supplied": Text("ไฟล์ที่ผู้ดูแลระบบนี้นำเข้าเอง", "Files given by whoever runs this service"),
    "sources_1": Text(
        "ข้อมูลเป็นของผู้ให้ข้อมูล เงื่อนไขที่ผู้ให้ข้อมูลไม่ได้ระบุจะบอกว่าไม่ได้ระบุ",
        "The data are their providers'. Where a provider states no terms, that is what is said.",
    ),
    "source": Text("แหล่ง", "Source"),
    "licence": Text("เงื่อนไข", "Terms"),
    "used_in": Text("ใช้ในชั้นข้อมูล", "In the layers"),
    "cite": Text("การอ้างอิง", "How to cite"),
    "cite_1": Text(
        "อ้างผู้ให้ข้อมูลก่อน ตามด้วยฟ้าใส ชั้นข้อมูล ที่อยู่ของหน้า และวันที่อ่าน เช่น",
        "Name the provider first, then Fahsai, the layer, the page's address and the day"
        " you read it,"
        " as in",
    ),
    "cite_example": Text(
        "{attribution}. {title}. ผ่านฟ้าใส {address} อ่านเมื่อ {day}.",
        "{attribution}. {title}. By way of Fahsai, {address}, read on {day}.",
    ),
    "privacy": Text("ความเป็นส่วนตัว", "Privacy"),
    "privacy_1": Text(
        "ตาม พ.ร.บ. คุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562 ระบบเผยแพร่ข้อร้องเรียนเป็นจำนวนครัวเรือนของพื้นที่เท่านั้น"
        " ไม่แสดงชื่อบุคคลธรรมดาในทะเบียนโรงงาน และไม่เก็บข้อความ ภาพ หรือชื่อผู้ร้องเรียนในข้อมูลที่เผยแพร่",
        "By the Personal Data Protection Act B.E. 2562 complaints are published as numbers of"
        " homes by area alone. Names of natural persons in the register of factories are not"
        " shown, and nothing that is published has the words, the pictures or the names of those"
        " who complained.",
    ),
    "privacy_2": Text(
        "หน้าเว็บไม่ใช้คุกกี้ ไม่ติดตามผู้ใช้ และไม่โหลดสิ่งใดจากที่อื่น ตำแหน่งของท่านในหน้า “ใกล้ฉัน”"
        " ใช้ถามข้อมูลรอบตัวเท่านั้น"
        " ไม่ถูกบันทึก",
        "The pages set no cookies, follow nobody and load nothing from elsewhere. Your"
        " position on the"
        " page “Near me” asks for what is around you, and is not recorded.",
    ),
    "contact": Text("ติดต่อผู้ดูแล", "Contact"),
    "contact_1": Text(
        "เรื่องข้อมูลผิด หรือสิทธิตามกฎหมายคุ้มครองข้อมูลส่วนบุคคล",
        "About wrong data, or your rights by the data protection law",
    ),
    "contact_none": Text(
        "ผู้ติดตั้งระบบนี้ยังไม่ได้ระบุที่ติดต่อ (ตั้งค่า FAHSAI_CONTACT)",
        "Whoever runs this service has named no contact yet (the setting FAHSAI_CONTACT)",
    ),
    "api": Text("สำหรับโปรแกรม", "For programs"),
    "api_1": Text(
        "ข้อมูลทั้งหมดเปิดให้โปรแกรมอ่านได้โดยไม่ต้องลงทะเบียน",
        "All of the data are open to programs, without registration.",
    ),
    "software": Text("ซอฟต์แวร์ ตัวอักษร และแผนที่ที่ใช้", "Software, fonts and maps within"),
    "software_1": Text(
        "ส่วนประกอบของผู้อื่นที่ส่งไปกับหน้าเว็บ พร้อมตัวบทสัญญาอนุญาต",
        "The work of others that comes with the pages, with the texts of the licences",
    ),
    "manual": Text("คู่มือ API (OpenAPI)", "API manual (OpenAPI)"),
    "ogc": Text("OGC API – Features และ Tiles", "OGC API – Features and Tiles"),
    "catalog": Text("บัญชีข้อมูล DCAT-AP", "Catalogue as DCAT-AP"),
}
