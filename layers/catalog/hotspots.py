"""Fires and other heat seen from satellites, one feature per detection."""

from datetime import timedelta

from layers.model import Field, Layer, Mark, Style, Text, Theme, Tiling

LAND_USES = {
    "sugarcane": Text("อ้อย", "Sugarcane"),
    "paddy": Text("นาข้าว", "Paddy"),
    "maize": Text("ข้าวโพดและไร่หมุนเวียน", "Maize and shifting cultivation"),
    "other_agriculture": Text("เกษตรอื่น ๆ", "Other agriculture"),
    "forest": Text("พื้นที่ป่า", "Forest"),
    "other": Text("อื่น ๆ", "Other"),
}
# The darkest is the ministry's own.
LAND_USE_COLORS = {
    "sugarcane": "#7a2410",
    "paddy": "#de7f4b",
    "maize": "#f5c795",
    "other_agriculture": "#aab3b6",
    "forest": "#486f60",
    "other": "#aab3b6",
}
_HEAT_SOURCES = {
    "vegetation": Text("สันนิษฐานว่าเป็นไฟในพืชพรรณ", "Presumed vegetation"),
    "industrial_static": Text("ความร้อนอุตสาหกรรมที่อยู่กับที่", "Static industrial heat"),
    "uncertain": Text("ไม่แน่ชัด", "Uncertain"),
}
_TENURE = {
    "conservation_forest": Text("ป่าอนุรักษ์", "Conservation forest"),
    "reserved_forest": Text("ป่าสงวนแห่งชาติ", "National reserved forest"),
    "land_reform": Text("เขต สปก.", "Land-reform area"),
    "agriculture": Text("พื้นที่เกษตร", "Agricultural area"),
    "highway": Text("พื้นที่ริมทางหลวง", "Highway verge"),
    "community_other": Text("ชุมชนและอื่น ๆ", "Community and other"),
}
SATELLITES = {
    "N": Text("Suomi NPP", "Suomi NPP"),
    "N20": Text("NOAA-20", "NOAA-20"),
    "N21": Text("NOAA-21", "NOAA-21"),
    "T": Text("Terra", "Terra"),
    "A": Text("Aqua", "Aqua"),
}

_WHEN = (
    Field(
        "observed_from",
        Text("เริ่มช่วงเวลา", "Beginning of the window"),
        description=Text(
            "มีเฉพาะข้อมูลที่ทราบเพียงช่วงวัน เวลาที่ตรวจพบคือปลายช่วง",
            "Only where no more than a window of days is known; its end is the time of observation",
        ),
    ),
    Field(
        "time_precision",
        Text("ความละเอียดเวลา", "Precision of the time"),
        values={
            "minute": Text("ทราบเวลาเป็นนาที", "To the minute"),
            "window": Text("ทราบเพียงช่วงวัน", "A window of days"),
        },
    ),
    Field(
        "daynight",
        Text("กลางวัน/กลางคืน", "Day or night"),
        values={"D": Text("กลางวัน", "Day"), "N": Text("กลางคืน", "Night")},
    ),
)
_SENSED = (
    Field("instrument", Text("เครื่องวัด", "Instrument")),
    Field("satellite", Text("ดาวเทียม", "Satellite"), values=SATELLITES),
    Field(
        "confidence",
        Text("ระดับความเชื่อมั่น (VIIRS)", "Confidence class (VIIRS)"),
        description=Text(
            "เทียบกับร้อยละของ MODIS ไม่ได้", "Cannot be compared with the percents of MODIS"
        ),
        values={
            "low": Text("ต่ำ", "Low"),
            "nominal": Text("ปานกลาง", "Nominal"),
            "high": Text("สูง", "High"),
        },
    ),
    Field(
        "confidence_pct",
        Text("ความเชื่อมั่น (MODIS)", "Confidence (MODIS)"),
        unit="%",
        description=Text(
            "เทียบกับระดับของ VIIRS ไม่ได้", "Cannot be compared with the classes of VIIRS"
        ),
    ),
    Field("frp_mw", Text("กำลังการแผ่รังสีความร้อนของไฟ (FRP)", "Fire radiative power"), unit="MW"),
    Field("brightness_k", Text("อุณหภูมิความสว่าง", "Brightness temperature"), unit="K"),
    Field("scan_km", Text("ความกว้างจุดภาพ", "Pixel size along scan"), unit="km"),
    Field("track_km", Text("ความยาวจุดภาพ", "Pixel size along track"), unit="km"),
    Field(
        "path_deg",
        Text("ทิศของแนวโคจร", "Direction of the satellite's path"),
        unit="°",
        description=Text(
            "คำนวณจากวงโคจร ไม่ได้มาจากผลิตภัณฑ์ ว่างเมื่อไม่ทราบดาวเทียมหรือรอบโคจร ใช้วาดจุดภาพ",
            "Reckoned from the orbit, and not told by the product; empty where the satellite or the"
            " pass is not known. Pixels are drawn along it.",
        ),
        decimals=0,
    ),
    Field(
        "fire_type",
        Text("ชนิดแหล่งความร้อน", "Kind of heat source"),
        description=Text("ระบุเฉพาะข้อมูลที่ประมวลผลแบบมาตรฐาน", "Given by standard processing alone"),
        values={
            "vegetation": Text("สันนิษฐานว่าเป็นไฟในพืชพรรณ", "Presumed vegetation fire"),
            "volcano": Text("ภูเขาไฟ", "Volcano"),
            "static_land": Text("แหล่งความร้อนอยู่กับที่บนบก", "Static source on land"),
            "offshore": Text("นอกชายฝั่ง", "Offshore"),
        },
    ),
    Field(
        "heat_source",
        Text("ที่มาของความร้อน", "What gives the heat"),
        description=Text(
            "ตามการเกิดซ้ำตลอดปีและโรงงานที่อยู่ใกล้ ว่างเมื่อยังไม่ได้วิเคราะห์"
            " จำนวนไฟในหน้าเว็บและรายงานไม่นับความร้อนอุตสาหกรรม"
            " ส่วนรายการของชั้นข้อมูลนี้มีทั้งหมด",
            "By how it recurs through the year, and works near it; empty where that was not judged"
            " yet. What pages and reports count as fires leaves static industrial heat out; the"
            " items of this layer are all there are.",
        ),
        values=_HEAT_SOURCES,
    ),
    Field(
        "heat_class",
        Text("สิ่งที่ร้อน", "What is hot"),
        description=Text(
            "การใช้ประโยชน์ที่ดิน หรือความร้อนอุตสาหกรรม", "The land use, or static industrial heat"
        ),
        values={**LAND_USES, "industrial_static": _HEAT_SOURCES["industrial_static"]},
    ),
    Field(
        "processing",
        Text("ระดับการประมวลผล", "Grade of processing"),
        values={
            "SP": Text("มาตรฐาน", "Standard"),
            "NRT": Text("ใกล้เวลาจริง", "Near real time"),
            "RT": Text("เวลาจริง", "Real time"),
            "URT": Text("เร่งด่วนที่สุด", "Ultra real time"),
        },
    ),
)
_WHERE = (
    Field(
        "land_use",
        Text("การใช้ประโยชน์ที่ดิน", "Land use"),
        description=Text("ตามการจำแนกของ GISTDA", "As GISTDA classifies it"),
        values=LAND_USES,
    ),
    Field("land_use_th", Text("การใช้ประโยชน์ที่ดิน ตามต้นฉบับ", "Land use, as delivered (Thai)")),
    Field(
        "land_tenure",
        Text("ประเภทพื้นที่", "Kind of area"),
        description=Text("ตามการจำแนกของ GISTDA", "As GISTDA classifies it"),
        values=_TENURE,
    ),
    Field("land_tenure_th", Text("ประเภทพื้นที่ ตามต้นฉบับ", "Kind of area, as delivered (Thai)")),
    Field(
        "province_code",
        Text("รหัสจังหวัด", "Province code"),
        description=Text(
            "ตามแนวเขตจังหวัดที่เผยแพร่ในระบบนี้ ว่างหากอยู่นอกเขตทุกจังหวัด",
            "By the outlines of provinces published here; empty outside of all of them",
        ),
    ),
    Field("province_th", Text("จังหวัด", "Province (Thai)")),
    Field("district_th", Text("อำเภอ", "District (Thai)")),
    Field("subdistrict_th", Text("ตำบล", "Sub-district (Thai)")),
    Field("village_th", Text("หมู่บ้านใกล้ที่สุด", "Nearest village (Thai)")),
)

LAYER = Layer(
    name="hotspots",
    title=Text("จุดความร้อน", "Hotspots"),
    description=Text(
        "ความร้อนที่ดาวเทียมตรวจพบ จุดคือกึ่งกลางจุดภาพ ไม่ใช่ตำแหน่งไฟ ดาวเทียมหลายดวงเห็นไฟเดียวกันได้"
        " และไม่เห็นไฟที่เกิดระหว่างรอบโคจร การไม่พบจุดความร้อนจึงไม่ได้แปลว่าไม่มีไฟ"
        " แสดงประเทศไทยและที่ที่ควันมาถึงไทยได้ คือเอเชียตะวันออกเฉียงใต้ภาคพื้นทวีปและสุมาตรา",
        "Heat seen from satellites. The point is the centre of a pixel, not the fire. Several"
        " satellites may see one fire, and none sees what burns between passes: no hotspot does not"
        " mean no fire. Shown are those of Thailand and of where smoke reaches it from: mainland"
        " South-East Asia and Sumatra (92 to 110° E, 6° S to 29° N).",
    ),
    licence="NASA FIRMS: free to use with acknowledgement; GISTDA: not stated",
    attribution="NASA FIRMS/LANCE; GISTDA",
    fields=(
        *_WHEN,
        *_SENSED,
        *_WHERE,
        Field(
            "sources",
            Text("แหล่งข้อมูล", "Sources"),
            description=Text(
                "ทุกแหล่งที่รายงานจุดนี้ คั่นด้วยจุลภาค (demo คือข้อมูลจำลอง)",
                "All that reported this detection, with commas between (demo is simulated)",
            ),
            values={
                "firms": Text("NASA FIRMS", "NASA FIRMS"),
                "gistda": Text("GISTDA", "GISTDA"),
                "demo": Text("ข้อมูลจำลอง", "Simulated"),
            },
            several=True,
        ),
        Field(
            "flag",
            Text("หมายเหตุ", "Note"),
            values={
                "place_carried_over": Text(
                    "ที่ดินและสถานที่นำมาจากจุดความร้อนใกล้เวลาจริงที่ถูกแทนที่",
                    "Land use and place are those of the near-real-time detection it replaced",
                )
            },
        ),
    ),
    # Told apart by their shapes, and by colour also where colours are seen as deuteranopes and
    # protanopes see them.
    style=Style(
        color="#aab3b6",
        by="heat_class",
        colors={**LAND_USE_COLORS, "industrial_static": "#5e4b8b"},
        mark=Mark("cross"),
        marks={
            "sugarcane": Mark("triangle", "hatched"),
            "paddy": Mark("square"),
            "maize": Mark("diamond"),
            "forest": Mark("circle", "ruled"),
            "industrial_static": Mark("square", "open"),
        },
        apart=("industrial_static",),
        cells=("#f9dfc4", "#f2b685", "#de7f4b", "#b3481f", "#7a2410"),
    ),
    sources=("firms", "gistda"),
    stale_after=timedelta(hours=30),
    # Satellites pass at about 1:00 to 2:40, 10:30, 13:00 to 14:40 and 22:30 in Thailand: what was
    # seen at night tells of the day until 08:00, and nothing else does.
    usual_gap=timedelta(hours=8),
    timed=True,
    ids_by_minute=True,
    tiling=Tiling(
        fields=("heat_class", "frp_mw", "confidence", "scan_km", "track_km", "path_deg"),
        point_counts=True,
    ),
    themes=(Theme.BURNING,),
)
