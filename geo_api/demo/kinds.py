"""What the simulated factories make, and what each kind of them may be complained of."""

from dataclasses import dataclass

CATEGORIES = ("odour", "dust_smoke", "chemical_vapour", "noise", "wastewater", "solid_waste")
# What the wind carries; the others are heard, or flow, or lie there.
AIRBORNE = ("odour", "dust_smoke", "chemical_vapour")


@dataclass(frozen=True)
class Kind:
    """A class of the register: its five-digit code, what it makes, its TSIC (of which the first two
    digits are those of ISIC Rev. 4; the others are simulated), its share of factories, and how its
    complaints are spread over CATEGORIES (%)."""

    code: str
    product_th: str
    product_en: str
    tsic: str
    share: int
    complaints: tuple[int, ...]


# No category tells the class: odour is 46 % of what the Pollution Control Department heard of in
# 2017 (shared/domain/FACTS.md §7), and most kinds cause it.
KINDS = (
    Kind("00201", "ผลิตภัณฑ์การเกษตร", "Farm products", "10619", 8, (38, 42, 2, 10, 4, 4)),
    Kind("00602", "อาหารทะเล", "Seafood", "10202", 10, (66, 9, 3, 7, 12, 3)),
    Kind("01002", "อาหารและเครื่องดื่ม", "Food and drink", "11049", 12, (55, 17, 6, 9, 10, 3)),
    Kind("02201", "สิ่งทอ", "Textiles", "13129", 8, (38, 22, 22, 10, 7, 1)),
    Kind("03400", "ไม้และเครื่องเรือน", "Wood and furniture", "16299", 7, (28, 42, 15, 12, 0, 3)),
    Kind("04200", "เคมีภัณฑ์", "Chemicals", "20119", 8, (46, 13, 32, 3, 5, 1)),
    Kind("05301", "พลาสติก", "Plastics", "22299", 12, (46, 19, 25, 7, 1, 2)),
    Kind("05900", "เหล็กและหล่อโลหะ", "Iron and casting", "24101", 6, (29, 46, 10, 13, 1, 1)),
    Kind("06400", "ผลิตภัณฑ์โลหะ", "Metal products", "25999", 14, (35, 29, 17, 17, 1, 1)),
    Kind("07200", "เครื่องใช้ไฟฟ้า", "Electrical goods", "27900", 5, (42, 17, 27, 12, 1, 1)),
    Kind("10100", "ปรับคุณภาพของเสียรวม", "Waste treatment", "37000", 3, (62, 8, 15, 2, 9, 4)),
    Kind("10500", "คัดแยกของเสีย", "Waste sorting", "38211", 4, (53, 21, 9, 5, 2, 10)),
    Kind("10600", "รีไซเคิลของเสีย", "Waste recycling", "38300", 3, (41, 32, 15, 6, 2, 4)),
)
SUGAR = Kind("01103", "น้ำตาล", "Sugar", "10721", 0, (35, 55, 0, 5, 5, 0))
CEMENT = Kind("05700", "ปูนซีเมนต์", "Cement", "23941", 0, (10, 75, 0, 15, 0, 0))
REFINERY = Kind("04900", "กลั่นน้ำมัน", "Oil refining", "19201", 0, (60, 15, 25, 0, 0, 0))
POWER = Kind("08801", "ผลิตไฟฟ้า", "Electricity", "35101", 0, (20, 60, 5, 15, 0, 0))
ALL_KINDS = (*KINDS, SUGAR, CEMENT, REFINERY, POWER)
# Planted clusters: of a class in these provinces so many are of another industry.
PLANTED_TSIC = (
    ("06400", "29309", ("20", "21", "24", "14", "25"), 0.6),
    ("07200", "26101", ("13", "51", "14", "30"), 0.7),
)
