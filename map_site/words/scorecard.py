"""The scorecard of an eco-industrial town."""

from layers.model import Text

WORDS = {
    "title": Text("ตัวชี้วัดของ{town} ปี {year}", "Scorecard of {town}, {year}"),
    "open": Text("ตัวชี้วัดและหลักฐาน", "Indicators and evidence"),
    "indicative": Text(
        "ข้อมูลประกอบเท่านั้น ไม่ใช่การรับรอง ระดับที่เป็นทางการมาจากผู้ประเมิน",
        "Indicative, not a certification: the official level is the assessors'",
    ),
    "edition": Text("เกณฑ์", "Framework"),
    "year": Text("ปี", "Year"),
    "show": Text("แสดง", "Show"),
    "zip": Text("หลักฐานเพื่ออ้างอิง (zip)", "Evidence to cite (zip)"),
    "csv": Text("ดาวน์โหลด CSV", "Download CSV"),
    "not_verified": Text(
        "ข้อมูลของเกณฑ์ฉบับนี้มาจากแหล่งทุติยภูมิ ยังไม่ได้ยืนยัน",
        "What is known of this edition comes from secondary sources and is not verified",
    ),
    "edition_source": Text("ที่มาของเกณฑ์: {source}", "Source of the edition: {source}"),
    "names_unknown": Text(
        "เกณฑ์ฉบับนี้มี {indicators} ตัวชี้วัด แต่ไม่พบรายชื่อในแหล่งสาธารณะ ให้หน่วยงานนำเข้า:"
        " fahsai ingest eco_scorecards แฟ้ม.csv",
        "This edition has {indicators} indicators, whose names no public source gives. Bring them"
        " in: fahsai ingest eco_scorecards FILE.csv",
    ),
    "summary": Text(
        "{known} จาก {all} ตัวชี้วัดมีค่าที่ตรวจสอบได้ ไม่มีหลักฐาน {unproven} ยังไม่มีค่า {none}"
        " ไม่เผยแพร่ {withheld} ไม่มีข้อมูล {unknown}",
        "{known} of {all} indicators have a value that can be checked; {unproven} without evidence,"
        " {none} that nobody declared, {withheld} withheld, {unknown} not known",
    ),
    "level": Text("ระดับตามกฎที่นำเข้า", "Level by the rules that were loaded"),
    "no_rules": Text(
        "ยังไม่มีกฎของระดับสำหรับเกณฑ์ฉบับนี้ จึงไม่คำนวณระดับ",
        "No rules of levels were loaded for this edition, so that none is reckoned",
    ),
    "no_level": Text("ยังไม่ถึงระดับแรก", "not at the first level yet"),
    "assessed": Text("ระดับที่ผู้ประเมินให้ในปีนี้", "Level given by assessors in this year"),
    "not_assessed": Text("ไม่มีผลการประเมินของปีนี้", "no assessment of this year was received"),
    "indicator": Text("ตัวชี้วัด", "Indicator"),
    "value": Text("ค่า", "Value"),
    "target": Text("เป้าหมาย", "Target"),
    "evidence": Text("หลักฐานและที่มา", "Evidence and origin"),
    "no_target": Text("ยังไม่มีเป้าหมาย", "no target"),
    "met": Text("ถึงเป้าหมาย", "reached"),
    "not_met": Text("ยังไม่ถึง", "not reached"),
    "no_evidence": Text("ไม่มีหลักฐาน", "no evidence"),
    "declared": Text(
        "เมืองแจ้งไว้ {value} โดยไม่มีหลักฐาน จึงไม่นับ",
        "The town declares {value}, with nothing to show for it: not counted",
    ),
    "no_value": Text("ยังไม่มีผู้แจ้งค่า", "nobody has declared it"),
    "withheld": Text(
        "ไม่เผยแพร่ เพราะเมื่อเทียบกับยอดจังหวัดจะบอกค่าของโรงงานรายเดียวได้",
        "Not published: beside the province's total it would tell of single factories",
    ),
    "not_known": Text(
        "ไม่มีข้อมูล (ไม่มีสถานี ไม่มีข้อมูลของปีนี้ หรือโรงงานน้อยเกินไป)",
        "Not known: no station, no data of this year, or too few factories",
    ),
    "computed": Text("คำนวณจากข้อมูลของระบบนี้ ถึง {day}", "Reckoned from this service's data to {day}"),
    "coverage": Text("ข้อมูลครอบคลุม {percent} % ของปี", "Data of {percent} % of the year"),
    "self_declared": Text("เมืองแจ้งเอง", "declared by the town"),
    "measured": Text("ตรวจวัด", "measured"),
    "by": Text("โดย {office}", "by {office}"),
    "out_of": Text("{numerator} จาก {denominator}", "{numerator} of {denominator}"),
    "dimension_physical": Text("กายภาพ", "Physical"),
    "dimension_economic": Text("เศรษฐกิจ", "Economic"),
    "dimension_environmental": Text("สิ่งแวดล้อม", "Environmental"),
    "dimension_social": Text("สังคม", "Social"),
    "dimension_management": Text("การบริหารจัดการ", "Management"),
    "kind_basic": Text("พื้นฐาน", "basic"),
    "kind_general": Text("ทั่วไป", "general"),
    "kind_specific": Text("เฉพาะ", "specific"),
    "back": Text("หน้าของเมือง", "The town's page"),
}
