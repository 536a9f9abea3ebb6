"""How much more of its factories a province has in a cluster of industries than the country."""

from datetime import timedelta

from layers.model import Field, Layer, Style, Text, Theme, Tiling, source_field

_CLUSTERS = {
    "agro": Text("เกษตรแปรรูป", "Agro-industry"),
    "automotive": Text("ยานยนต์", "Automotive"),
    "new": Text("อุตสาหกรรมใหม่", "New industries"),
}
_LQ = Text(
    "สัดส่วนของโรงงานในจังหวัด ÷ สัดส่วนของทั้งประเทศ นับโรงงานที่ดำเนินการและมีรหัส TSIC"
    " ว่างเมื่อมีน้อยกว่า 15 แห่ง หรือทั้งประเทศไม่มี",
    "Share of the province's factories ÷ share of the country's, of those that operate and have a"
    " TSIC code; empty where fewer than 15 have one, or the country has none",
)

LAYER = Layer(
    name="industry_clusters",
    title=Text("คลัสเตอร์อุตสาหกรรมรายจังหวัด", "Clusters of industry by province"),
    description=Text(
        "ค่าสัมประสิทธิ์แหล่งที่ตั้ง (location quotient) ของเกษตรแปรรูป ยานยนต์ และอุตสาหกรรมใหม่ ตามรหัส TSIC"
        " มากกว่า 1 คือจังหวัดมีสัดส่วนสูงกว่าประเทศ นับจำนวนโรงงาน ไม่ใช่ผลผลิต"
        " รหัสของแต่ละคลัสเตอร์ระบบนี้เลือกเอง (/api/reference/industry_clusters)"
        " ยังไม่ได้ตรวจสอบกับบัญชีทางการ",
        "Location quotients of agro-industry, automotive and new industries by TSIC code: above 1"
        " the province has more of its factories there than the country. Factories are counted, not"
        " what they make. Which codes a cluster is of is our choice"
        " (/api/reference/industry_clusters), not verified against any official list.",
    ),
    licence="CC-BY-4.0",
    attribution="กรมโรงงานอุตสาหกรรม (กรอ.) / DIW",
    style=Style(
        color="#aab3b6",
        by="strongest",
        colors={
            "agro": "#486f60",
            "automotive": "#7a2410",
            "new": "#5b7388",
            "none": "#e6ebef",
        },
        fill_opacity=0.6,
    ),
    sources=("diw",),
    stale_after=timedelta(days=40),
    geometry="area",
    near=False,
    tiling=Tiling(fields=("name_th", "name_en", "strongest", "agro_lq", "automotive_lq", "new_lq")),
    themes=(Theme.GREEN,),
    fields=(
        Field("province_code", Text("รหัสจังหวัด", "Province code")),
        Field("name_th", Text("จังหวัด", "Province (Thai)")),
        Field("name_en", Text("จังหวัด (อังกฤษ)", "Province")),
        Field("factories", Text("โรงงานที่ดำเนินการ", "Operating factories")),
        Field("classified", Text("มีรหัส TSIC", "With a TSIC code")),
        *(
            Field(f"{name}_factories", Text(f"โรงงาน: {title.th}", f"{title.en}: factories"))
            for name, title in _CLUSTERS.items()
        ),
        *(
            Field(
                f"{name}_lq",
                Text(f"LQ: {title.th}", f"{title.en}: LQ"),
                description=_LQ,
                decimals=2,
            )
            for name, title in _CLUSTERS.items()
        ),
        Field(
            "strongest",
            Text("เด่นที่สุด", "Strongest"),
            values={**_CLUSTERS, "none": Text("ไม่มีที่เด่นกว่าประเทศ", "None above the country")},
            description=Text(
                "ค่าสูงสุดที่มากกว่า 1 ว่างเมื่อบอกไม่ได้",
                "The highest above 1; empty where none can be told",
            ),
        ),
        source_field(diw=Text("ทะเบียนโรงงาน", "Factory register")),
    ),
)
