"""Fires: what satellites detected near to each other in space and time, as one."""

from datetime import timedelta

from layers.catalog.hotspots import LAND_USE_COLORS, LAND_USES, SATELLITES
from layers.model import MADE_FIELDS, Field, Layer, Style, Text, Theme, Tiling, Trust


def _seen_by(column: str, name: str) -> Field:
    return Field(f"detections_{column}", Text(f"จุดความร้อนของ {name}", f"Hotspots of {name}"))


_WHEN = (
    Field("last_seen", Text("พบล่าสุด", "Last seen")),
    Field(
        "state",
        Text("สถานะ", "State"),
        values={
            "active": Text("พบในห้าวันที่ผ่านมา", "Seen in the last five days"),
            "over": Text("ไม่พบมาห้าวันแล้ว", "Not seen for five days"),
        },
    ),
)
_SEEN = (
    Field("detections", Text("จุดความร้อน", "Hotspots")),
    Field("satellites", Text("ดาวเทียมที่พบ", "Satellites"), values=SATELLITES, several=True),
    *(_seen_by(code.lower(), name.en) for code, name in SATELLITES.items()),
    Field(
        "frp_sum_mw",
        Text("ผลรวม FRP", "Sum of fire radiative power"),
        unit="MW",
        description=Text(
            "ของทุกจุดความร้อนทุกรอบ ไม่ใช่กำลังในขณะใด",
            "Of all hotspots of all passes: no power at any time",
        ),
        decimals=1,
    ),
    Field("frp_max_mw", Text("FRP สูงสุด", "Highest fire radiative power"), unit="MW", decimals=1),
)
_GROUND = (
    Field(
        "land_use",
        Text("การใช้ประโยชน์ที่ดิน", "Land use"),
        description=Text("ของจุดความร้อนส่วนใหญ่", "Of most of its hotspots"),
        values=LAND_USES,
    ),
    Field(
        "land_use_pct", Text("สัดส่วนของการใช้ที่ดินนั้น", "Share of that land use"), unit="%", decimals=0
    ),
    Field(
        "outline_ha",
        Text("พื้นที่ในแนวขอบ", "Area of the outline"),
        unit="ha",
        description=Text(
            "ของจุดภาพที่ร้อน ไม่ใช่พื้นที่เผาไหม้", "Of the pixels that were hot, and not what burned"
        ),
        decimals=0,
    ),
    Field(
        "pixel_sizes",
        Text("ขนาดจุดภาพ", "Pixel sizes"),
        description=Text(
            "ที่ผู้ให้ข้อมูลไม่บอก วาดเท่าจุดภาพใต้ดาวเทียม",
            "Where the provider tells none, a pixel is drawn as below the satellite",
        ),
        values={
            "told": Text("ตามข้อมูล", "As delivered"),
            "partly": Text("บางส่วนตามข้อมูล", "As delivered for some"),
            "nadir": Text("เท่าจุดภาพใต้ดาวเทียม", "As below the satellite"),
        },
    ),
    Field(
        "detections_uncertain",
        Text("จุดความร้อนที่อาจเป็นอุตสาหกรรม", "Hotspots that may be industrial"),
    ),
    Field("province_code", Text("รหัสจังหวัด", "Province code")),
    Field("town_th", Text("เมืองใกล้ที่สุด", "Nearest town (Thai)")),
    Field("town_en", Text("เมืองใกล้ที่สุด (อังกฤษ)", "Nearest town")),
    Field("town_km", Text("ระยะถึงเมือง", "Distance of the town"), unit="km", decimals=1),
)

LAYER = Layer(
    name="fire_events",
    title=Text("เหตุการณ์ไฟ", "Fires"),
    description=Text(
        "จุดความร้อนของดาวเทียมทุกดวงที่อยู่ห่างกันไม่เกิน 0.7 กม. และ 5 วัน ต่อกันเป็นไฟเดียว เวลาคือเมื่อพบครั้งแรก"
        " รหัสคือรหัสของจุดความร้อนแรก แนวขอบคือจุดภาพที่ร้อน ไม่ใช่แนวไฟ ไม่รวมความร้อนอุตสาหกรรมที่อยู่กับที่"
        " จุดภาพของ MODIS กว้างกว่ามาก ไฟเดียวกันจึงอาจแยกเป็นสองรายการ",
        "Hotspots of all satellites within 0.7 km and 5 days of each other, joined into one fire."
        " The time is when it was first seen, the id that of its first hotspot, which changes where"
        " standard processing replaces that one. The outline is that of hot pixels, and no"
        " fire front. Static industrial heat is left out. Pixels of MODIS are much wider: what it"
        " sees of a fire may stand beside it as another.",
    ),
    licence="NASA FIRMS: free to use with acknowledgement; GISTDA: not stated",
    attribution="NASA FIRMS/LANCE; GISTDA",
    fields=(
        *_WHEN,
        *_SEEN,
        *_GROUND,
        *MADE_FIELDS,
    ),
    style=Style(color="#7a2410", by="land_use", colors=LAND_USE_COLORS, fill_opacity=0.45),
    sources=("fire_events",),
    stale_after=timedelta(days=2),
    trust=Trust(uncertainty=("pixel_sizes", "detections_uncertain")),
    geometry="area",
    timed=True,
    ids_by_minute=True,
    near=False,
    tiling=Tiling(
        fields=("land_use", "last_seen", "detections", "satellites", "frp_max_mw"),
        order="-detections",
    ),
    themes=(Theme.BURNING,),
)
