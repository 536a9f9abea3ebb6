"""How many of a province's factories have a Green Industry certificate, at the end of each year."""

from datetime import timedelta

from layers.model import Field, Layer, Style, Text, Tiling, source_field

_LEVELS = tuple(
    Field(
        f"level_{level}",
        Text(f"โรงงานที่ระดับสูงสุดคือ {level}", f"Factories whose highest level is {level}"),
    )
    for level in range(1, 6)
)

LAYER = Layer(
    name="green_coverage",
    title=Text("ความครอบคลุมอุตสาหกรรมสีเขียวรายจังหวัด", "Green Industry coverage by province"),
    description=Text(
        "โรงงานที่มีใบรับรองมีผล ณ สิ้นปี แยกตามระดับสูงสุด เทียบกับโรงงานที่ดำเนินการตามทะเบียนวันนี้"
        " เพราะไม่ทราบจำนวนโรงงานในอดีต",
        "Factories with a certificate valid at the year's end, by their highest level, of those"
        " that the register has operating today: how many operated then is not known.",
    ),
    licence="not stated by the provider",
    attribution="กระทรวงอุตสาหกรรม, กรมโรงงานอุตสาหกรรม / Ministry of Industry, DIW",
    style=Style(
        color="#1b5c45",
        by="coverage_pct",
        ramp=("#edf8e9", "#bae4b3", "#74c476", "#31a354", "#006d2c"),
    ),
    sources=("green_industry", "diw"),
    stale_after=timedelta(days=400),
    geometry="area",
    near=False,
    tiling=Tiling(fields=("name_th", "name_en", "year", "coverage_pct"), order="-year"),
    fields=(
        Field("province_code", Text("รหัสจังหวัด", "Province code")),
        Field("name_th", Text("จังหวัด", "Province (Thai)")),
        Field("name_en", Text("จังหวัด (อังกฤษ)", "Province")),
        Field("year", Text("ปี", "Year"), kind="year"),
        Field("factories", Text("โรงงานที่ดำเนินการวันนี้", "Factories operating today")),
        Field("certified", Text("โรงงานที่มีใบรับรอง", "Factories with a certificate")),
        *_LEVELS,
        Field(
            "coverage_pct",
            Text("ร้อยละของโรงงาน", "Share of factories"),
            unit="%",
            description=Text(
                "ว่างเมื่อจังหวัดมีโรงงานน้อยกว่า 15 แห่ง",
                "Empty where the province has fewer than 15 factories",
            ),
            decimals=1,
        ),
        source_field(green_industry=Text("อุตสาหกรรมสีเขียว", "Green Industry")),
    ),
)
