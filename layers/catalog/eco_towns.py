"""Eco-industrial towns: where they are, the level they reached and the one they are to reach."""

from datetime import timedelta

from layers.model import Field, Layer, Mark, Style, Text, Theme, Tiling, source_field

# By the plan of the environment B.E. 2566-2570 (Royal Gazette 139, special 307 ง); the English of 4
# and 5 is ours.
LEVELS = {
    "0": Text("0 ไม่ผ่านเกณฑ์", "0 Not passed"),
    "1": Text("1 การมีส่วนร่วม", "1 Engagement"),
    "2": Text("2 การส่งเสริม", "2 Enhancement"),
    "3": Text("3 ประสิทธิภาพในการใช้ทรัพยากร", "3 Resource efficiency"),
    "4": Text("4 การพึ่งพาอาศัย", "4 Symbiosis"),
    "5": Text("5 เมืองน่าอยู่คู่อุตสาหกรรม", "5 Liveable town with industry"),
}
LEVEL_COLORS = {
    "0": "#d9d9d9", "1": "#d3e7d9", "2": "#a9cfb6", "3": "#7fb496", "4": "#458b6c", "5": "#1b5c45",
}  # fmt: skip
EXTENT = Field(
    "extent",
    Text("ที่มาของขอบเขต", "Where the extent comes from"),
    values={
        "supplied": Text("ขอบเขตที่หน่วยงานส่งมา", "An outline that was supplied"),
        "gazetted": Text(
            "จากชื่อตำบลในราชกิจจานุเบกษา ไม่ใช่แนวเขตทางการ",
            "From gazetted names; no official boundary",
        ),
        "partly_gazetted": Text(
            "จากชื่อตำบลในราชกิจจานุเบกษาเพียงบางส่วน",
            "From some of the gazetted names; no official boundary",
        ),
        "illustrative": Text(
            "จุดแสดงตำแหน่งโดยประมาณ ยังไม่มีขอบเขต",
            "A point that only illustrates; its extent is not known",
        ),
    },
)
LEVEL = Field(
    "level",
    Text("ระดับที่ประเมินได้ล่าสุด", "Level last assessed"),
    description=Text(
        "ว่างเมื่อยังไม่ได้รับผลการประเมิน ไม่ใช่ระดับ 0",
        "Empty where no assessment was received, which is not level 0",
    ),
    values=LEVELS,
)
LEVEL_YEAR = Field("level_year", Text("ปีที่ประเมิน", "Year of the assessment"), kind="year")
TARGETS = (
    Field(
        "target_level",
        Text("ระดับเป้าหมาย", "Target level"),
        description=Text(
            "ตามแผนจัดการคุณภาพสิ่งแวดล้อม พ.ศ. 2566–2570",
            "By the environmental quality management plan B.E. 2566–2570",
        ),
    ),
    Field("target_year", Text("ปีเป้าหมาย (สิ้นปี)", "Target year, at its end"), kind="year"),
)
SOURCE_FIELD = source_field(eco_towns=Text("เมืองอุตสาหกรรมเชิงนิเวศ", "Eco-industrial towns"))
ATTRIBUTION = "ราชกิจจานุเบกษา, กรมโรงงานอุตสาหกรรม / Royal Gazette, DIW"
LICENCE = "official notices: no copyright (Thai Copyright Act, section 7)"

LAYER = Layer(
    name="eco_towns",
    title=Text("เมืองอุตสาหกรรมเชิงนิเวศ", "Eco-industrial towns"),
    description=Text(
        "เมืองอุตสาหกรรมเชิงนิเวศทุกแห่งเป็นจุด พร้อมระดับที่ประเมินได้ล่าสุดและเป้าหมาย ระดับเป็นผลที่ได้รับมา"
        " ไม่ใช่การรับรองโดยระบบนี้",
        "Every eco-industrial town as a point, with the level it was last assessed at and its"
        " target. Levels are those received; nothing is certified here.",
    ),
    licence=LICENCE,
    attribution=ATTRIBUTION,
    style=Style(color="#1b5c45", by="level", colors=LEVEL_COLORS, mark=Mark("diamond")),
    sources=("eco_towns",),
    stale_after=timedelta(days=400),
    fields=(
        Field("name_th", Text("ชื่อพื้นที่", "Area")),
        Field("phase", Text("ระยะ", "Phase")),
        Field("province_code", Text("รหัสจังหวัด", "Province code")),
        Field("province_th", Text("จังหวัด", "Province (Thai)")),
        Field("province_en", Text("จังหวัด (อังกฤษ)", "Province")),
        Field("district_th", Text("อำเภอ", "Districts")),
        Field("subdistricts_th", Text("ตำบล", "Sub-districts")),
        EXTENT,
        LEVEL,
        LEVEL_YEAR,
        Field("assessor", Text("ผู้ประเมิน", "Assessed by")),
        *TARGETS,
        Field("notice", Text("ประกาศ", "Notice")),
        SOURCE_FIELD,
    ),
    tiling=Tiling(fields=("name_th", "level", "level_year", "target_level", "extent")),
    themes=(Theme.GREEN,),
)
