"""What complaints are about: the one list of categories, which forms offer and tables count.

They are those of the Pollution Control Department and the Department of Industrial Works.
"""

from collections.abc import Mapping

from layers.model import Text

CATEGORIES: Mapping[str, Text] = {
    "odour": Text("กลิ่นเหม็น", "Odour"),
    "dust_smoke": Text("ฝุ่นละอองและเขม่าควัน", "Dust and smoke"),
    "noise": Text("เสียงดัง", "Noise"),
    "vibration": Text("ความสั่นสะเทือน", "Vibration"),
    "chemical_vapour": Text("ไอสารเคมี", "Chemical vapour"),
    "wastewater": Text("น้ำเสีย", "Wastewater"),
    "solid_waste": Text("ขยะมูลฝอย", "Solid waste"),
    "hazardous_waste": Text("กากของเสียอันตราย", "Hazardous waste"),
    "unlicensed": Text("ไม่มีใบอนุญาต", "No licence"),
    "night_work": Text("ทำงานกลางคืน", "Night work"),
    "other": Text("อื่น ๆ", "Other"),
}
