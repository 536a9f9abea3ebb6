"""What burns in the simulated country, where and when, and how."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fuel:
    """What burns (with GISTDA's word and code), in which provinces, around which day of the year,
    how widely spread, its share of all detections, the median radiative power of one; how long a
    fire burns (h) and how wide it is (m), both medians."""

    land_use: str
    land_use_th: str
    land_use_code: str
    provinces: tuple[str, ...]
    peak_day: int
    spread_days: int
    share: int
    power_mw: float
    burns_h: float
    radius_m: float


CANE = ("41", "40", "36", "46", "30", "60", "62", "72", "71", "16", "67")
PADDY = ("14", "72", "60", "66", "65", "18", "15", "26", "44", "45")
FOREST = ("58", "50", "52", "55", "54", "63", "71", "57", "53")
MAIZE = ("55", "67", "42", "57", "63", "56")
ELSEWHERE = ("30", "34", "31", "80", "90", "40")
# Cane burns with its harvest, December to March; paddy after harvest; forest when it is driest.
FUELS = (
    Fuel("sugarcane", "อ้อย", "A203", CANE, 25, 30, 22, 4.0, 5, 250),
    Fuel("paddy", "นาข้าว", "A101", PADDY, 350, 35, 22, 2.5, 4, 220),
    Fuel("forest", "พื้นที่ป่า", "F000", FOREST, 80, 20, 34, 6.0, 40, 700),
    Fuel("maize", "ข้าวโพดและไร่หมุนเวียน", "A202", MAIZE, 95, 22, 16, 4.5, 12, 350),
    Fuel("other", "อื่น ๆ", "O000", ELSEWHERE, 60, 60, 6, 1.5, 3, 120),
)
SUGARCANE, OTHER = FUELS[0], FUELS[-1]
OUT_OF_SEASON_SHARE = 0.03
# So much of all detections is of heat that stays: plants and flares, all year.
STATIC_SHARE = 0.06
