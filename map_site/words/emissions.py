"""Factories' greenhouse gas by year, industry and province."""

from layers.model import Text

WORDS = {
    "title": Text("ก๊าซเรือนกระจกของโรงงาน: {of}", "Factories' greenhouse gas: {of}"),
    "link": Text(
        "ก๊าซเรือนกระจกรายปี รายอุตสาหกรรม และเป้าหมาย",
        "Greenhouse gas by year and industry, and targets",
    ),
    "about": Text(
        "การปล่อยก๊าซเรือนกระจกของโรงงานที่ส่งรายงาน รายปี พร้อมสัดส่วนโรงงานที่รายงาน",
        "What factories that report emit, by year, with the share that reported",
    ),
    "country": Text("ทั้งประเทศ", "Thailand"),
    "none": Text(
        "ยังไม่มีชุดข้อมูลที่เผยแพร่ (fahsai analyse carbon_vintages)",
        "No vintage was published yet (fahsai analyse carbon_vintages)",
    ),
    "lead": Text(
        "ปี {year} โรงงานที่ส่งรายงานปล่อย {amount} ตัน CO₂e",
        "In {year}, factories that reported emitted {amount} t CO₂e",
    ),
    "lead_change": Text("({change} จากปี {year})", "({change} since {year})"),
    "lead_coverage": Text(
        "มีโรงงานส่งรายงาน {reported} จาก {factories} แห่ง ยอดเปลี่ยนตามจำนวนผู้รายงานด้วย",
        "{reported} of {factories} factories reported; a sum also moves with how many do",
    ),
    "lead_withheld": Text(
        "ไม่เผยแพร่: มีผู้ประกอบการน้อยเกินไป หรือจะทำให้รู้ข้อมูลของรายเดียว",
        "Withheld: too few firms, or it would tell of a single one",
    ),
    "vintage": Text(
        "ชุดที่ {vintage} เผยแพร่ {day} ไม่แก้ไขย้อนหลัง",
        "Vintage {vintage}, published {day}; it stays as it is",
    ),
    "method": Text("วิธีคำนวณ", "Method"),
    "place": Text("พื้นที่", "Place"),
    "base": Text("เทียบกับปี", "Compared with"),
    "show": Text("แสดง", "Show"),
    "by_year": Text("รายปี", "By year"),
    "chart_thousand": Text("พันตัน CO₂e ต่อปี", "Thousand t CO₂e a year"),
    "chart_million": Text("ล้านตัน CO₂e ต่อปี", "Million t CO₂e a year"),
    "break": Text(
        "ค่าการปล่อยนับคนละอย่างกับปีก่อนหน้า จึงเทียบกันไม่ได้",
        "The factors count something else than those of the year before: no comparison",
    ),
    "year": Text("ปี", "Year"),
    "tco2e": Text("ตัน CO₂e", "t CO₂e"),
    "scopes": Text("ขอบเขต 1 / 2", "Scope 1 / 2"),
    "biomass": Text("ชีวมวล: CH₄ N₂O / CO₂ ชีวภาพ", "Biomass: CH₄, N₂O / biogenic CO₂"),
    "since": Text("จากปี {year}", "Since {year}"),
    "per_worker": Text("ตัน CO₂e ต่อคนงาน", "t CO₂e by worker"),
    "workers_known": Text(
        "คนงาน {workers} คน ทราบจาก {share} % ของโรงงาน",
        "{workers} workers, known of {share} % of factories",
    ),
    "workers_unknown": Text("ทราบจำนวนคนงานไม่พอ", "too few with known workers"),
    "reported": Text("โรงงานที่รายงาน", "Factories that reported"),
    "of": Text("จาก {count}", "of {count}"),
    "summed": Text("อยู่ในยอดรวม {count}", "{count} are in the sum"),
    "left_out": Text(
        "ไม่รวม: ไม่มีค่าการปล่อย {without} ไม่น่าเป็นไปได้ {doubted} รายการ",
        "left out: {without} quantities without a factor, {doubted} implausible",
    ),
    "intensity_note": Text(
        "ความเข้มข้น = ตัน CO₂e ÷ คนงานตามทะเบียนของโรงงานในยอดรวม"
        " ใช้คนงานเพราะผลผลิตรายงานหลายหน่วยที่รวมกันไม่ได้ ชีวมวลไม่อยู่ในยอด",
        "Intensity = t CO₂e ÷ workers by the register of the factories in the sum. By workers, for"
        " products are returned in units that do not add up. Biomass is no part of it",
    ),
    "withheld": Text("ไม่เผยแพร่: ผู้ประกอบการน้อยเกินไป", "withheld: too few firms"),
    "no_factor": Text("ไม่มีค่าการปล่อย", "no emission factor"),
    "why": Text("เปลี่ยนไปเพราะอะไร (ตัน CO₂e)", "Why it changed (t CO₂e)"),
    "why_note": Text(
        "LMDI-I จากยอดที่เผยแพร่ ผลรวมเท่ากับการเปลี่ยนแปลงพอดี ไม่มีเศษเหลือ",
        "LMDI-I on published figures; the effects add up to the change without residual",
    ),
    "reporters": Text("จำนวนผู้รายงาน", "Reporters"),
    "structure": Text("จังหวัดที่ตั้ง", "Provinces they are in"),
    "use_per_factory": Text("การใช้ต่อโรงงาน", "Use by factory"),
    "mix": Text("เชื้อเพลิงหรือไฟฟ้า", "Fuel or power"),
    "emission_factor": Text("ค่าการปล่อยไฟฟ้า", "Grid factor"),
    "basis": Text("ฐานของค่า (ไม่ใช่ความก้าวหน้า)", "Its basis (no progress)"),
    "refused_withheld": Text("ไม่เผยแพร่", "withheld"),
    "refused_other_returns": Text("ยอดมาจากรายงานคนละชุด", "figures of different returns"),
    "refused_other_factors": Text(
        "ค่าการปล่อยของเชื้อเพลิงเปลี่ยน แยกผลไม่ได้",
        "factors of fuels changed; effects cannot be told apart",
    ),
    "by_industry": Text("รายอุตสาหกรรม ปี {year}", "By industry, {year}"),
    "industry": Text("อุตสาหกรรม", "Industry"),
    "by_province": Text("รายจังหวัด ปี {year}", "By province, {year}"),
    "province": Text("จังหวัด", "Province"),
    "not_told": Text(
        "รายนิคม เมืองอุตสาหกรรมเชิงนิเวศ และผลิตภัณฑ์: ไม่เผยแพร่ เพราะผู้ประกอบการน้อยเกินไป"
        " เมื่อวางข้างยอดจังหวัดและอุตสาหกรรมจะทำให้รู้ข้อมูลของรายเดียว",
        "By estate, eco-town and product: withheld, too few firms. Beside provinces and industries"
        " such sums would tell of single ones.",
    ),
    "targets": Text("เป้าหมายของประเทศ", "The country's targets"),
    "targets_note": Text(
        "เป้าหมายของทั้งประเทศ โรงงานเป็นเพียงส่วนหนึ่ง จึงไม่นำมาหารหรือเทียบกันโดยตรง",
        "Of the whole country, of which factories are a part: not to be compared directly",
    ),
    "target": Text("เป้าหมาย", "Target"),
    "most": Text("ล้านตัน CO₂e ไม่เกิน", "Million t CO₂e at most"),
    "source": Text("ที่มา", "Source"),
    "superseded": Text("ถูกแทนที่แล้ว", "superseded"),
    "unverified": Text("ยังไม่ได้ตรวจสอบกับแหล่งต้นทาง", "not verified in a source that we read"),
    "covers_net": Text("สุทธิ", "net"),
    "covers_excluding_land_use": Text("ไม่รวมการใช้ที่ดิน", "without land use"),
    "map": Text("ดูบนแผนที่", "On the map"),
}
