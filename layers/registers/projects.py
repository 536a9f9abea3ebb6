"""Projects of the BCG economy, of OPOAI-C and of the Clean Development Mechanism."""

from datetime import timedelta

from layers.model import Attribute, Field, Mapped, Mark, Register, Style, Text, Theme

_KINDS = {
    "bcg": Text("เศรษฐกิจ BCG", "BCG economy"),
    "opoai_c": Text("OPOAI-C", "OPOAI-C"),
    "cdm": Text("กลไกการพัฒนาที่สะอาด (CDM)", "Clean Development Mechanism"),
    "other": Text("อื่น ๆ", "Other"),
}

REGISTER = Register(
    name="projects",
    table="project",
    title=Text("โครงการอุตสาหกรรมสีเขียวและชุมชน", "Green and community projects"),
    description=Text(
        "โครงการ BCG, OPOAI-C และ CDM พร้อมช่วงเวลา รายการที่ไม่มีพิกัดแสดงเป็นจุดแทนทั้งจังหวัด"
        " ไม่มีข้อมูลปริมาณก๊าซที่ลดได้",
        "Projects of BCG, OPOAI-C and CDM with their days. One without coordinates is a point that"
        " stands for its province. How much they reduce is not in it.",
    ),
    licence="as stated by each list; CDM projects CC-BY-4.0",
    attribution="กระทรวงอุตสาหกรรม; CDM: World Resources Institute, Global Power Plant Database",
    url="https://github.com/wri/global-power-plant-database",
    style=Style(
        "#1b7837",
        by="kind",
        colors={"bcg": "#1b7837", "opoai_c": "#762a83", "cdm": "#2166ac", "other": "#737373"},
        mark=Mark("triangle"),
    ),
    attributes=(
        Attribute(
            Field("kind", Text("ประเภทโครงการ", "Kind of project"), values=_KINDS),
            "code",
            needed=True,
            written=("ประเภท", "ประเภทโครงการ", "โครงการ"),
        ),
        Attribute(
            Field("owner", Text("หน่วยงานเจ้าของโครงการ", "Run by")),
            written=("หน่วยงาน", "เจ้าของโครงการ", "ผู้รับผิดชอบ"),
        ),
        Attribute(Field("energy", Text("พลังงาน", "Energy")), written=("ชนิดพลังงาน",)),
        Attribute(
            Field("capacity_mw", Text("กำลังผลิต", "Capacity"), "MW"),
            "number",
            low=0.001,
            high=10_000,
            written=("กำลังผลิต",),
        ),
        Attribute(
            Field("budget_baht", Text("งบประมาณ", "Budget"), "฿"),
            "number",
            high=1e12,
            written=("งบประมาณ", "งบประมาณ (บาท)"),
        ),
    ),
    stale_after=timedelta(days=400),
    at_factories=True,
    themes=(Theme.GREEN,),
    mapped=(
        Mapped(
            "gppd_idnr",
            {"latitude": "lat", "longitude": "lon", "fuel1": "energy", "url": "reference"},
            says={"kind": "cdm"},
            only={"country": "THA"},
            ignored=frozenset(
                {
                    *("country_long", "fuel2", "fuel3", "fuel4", "commissioning_year", "source"),
                    *("geolocation_source", "year_of_capacity_data", "generation_gwh_2013"),
                    *("generation_gwh_2014", "generation_gwh_2015", "generation_gwh_2016"),
                    "estimated_generation_gwh",
                }
            ),
        ),
    ),
)
