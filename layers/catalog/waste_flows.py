"""Flows of industrial waste between provinces by year, where they tell of no factory."""

from datetime import timedelta

from layers.model import MADE_FIELDS, Field, Layer, Style, Text, Tiling, Trust, source_field

LAYER = Layer(
    name="waste_flows",
    title=Text("กระแสกากอุตสาหกรรมระหว่างจังหวัด", "Flows of industrial waste"),
    description=Text(
        "ปริมาณกากอุตสาหกรรมจากจังหวัดหนึ่งไปอีกจังหวัดหนึ่งในแต่ละปี รูปลิ่มแคบลงไปทางปลายทาง"
        " เป็นสัญลักษณ์ ไม่ใช่เส้นทางขนส่ง ช่องที่มีผู้ก่อกำเนิดหรือผู้รับน้อยกว่าห้าโรงงาน"
        " หรือรายหนึ่งครอบงำ และช่องที่จะทำให้คำนวณช่องนั้นได้ ไม่เปิดเผย",
        "Tonnes of waste from province to province by year. A wedge narrows towards where it goes;"
        " it is a symbol and no route. A flow of fewer than five generators or receivers, or"
        " dominated by one, is withheld, and so is one by which such a flow could be reckoned.",
    ),
    licence="CC-BY-4.0",
    attribution="กรมโรงงานอุตสาหกรรม (กรอ.) / DIW",
    style=Style(
        "#8c510a",
        by="hazard",
        colors={"hazardous": "#b2182b", "other": "#8c510a"},
        fill_opacity=0.5,
    ),
    sources=("waste_flows",),
    stale_after=timedelta(days=400),
    trust=Trust(
        uncertainty=("loads_left_out_pct",), estimates=("tonnes",), abstained=("withheld",)
    ),
    geometry="area",
    near=False,
    fields=(
        Field("year", Text("ปี (ค.ศ.)", "Year (CE)"), kind="year"),
        Field("from_province", Text("รหัสจังหวัดต้นทาง", "From the province with code")),
        Field("to_province", Text("รหัสจังหวัดปลายทาง", "To the province with code")),
        Field(
            "hazard",
            Text("กลุ่มรหัสของเสีย", "Group of codes"),
            values={
                "hazardous": Text("ของเสียอันตราย (HA, HM)", "Hazardous (HA, HM)"),
                "other": Text("ไม่เป็นอันตราย", "Not hazardous"),
            },
        ),
        Field(
            "tonnes",
            Text("ปริมาณ", "Amount"),
            "t",
            Text("ว่างเมื่อไม่เปิดเผย ไม่ใช่ศูนย์", "Empty where withheld, which is not 0"),
        ),
        Field("generators", Text("จำนวนโรงงานผู้ก่อกำเนิด", "Factories that sent")),
        Field("receivers", Text("จำนวนโรงงานผู้รับ", "Factories that received")),
        Field("withheld", Text("ไม่เปิดเผย", "Withheld")),
        Field(
            "loads_left_out_pct",
            Text("เที่ยวที่ไม่อยู่ในยอดใด", "Loads in no sum"),
            "%",
            Text(
                "ของทุกเที่ยวทั้งประเทศในปีนั้น ที่ไม่น่าเป็นไปได้ ไม่ทราบกลุ่ม หรือไม่ทราบที่ตั้ง",
                "Of all loads of the year in the country: implausible, of no known group of codes,"
                " or of a place that is not known",
            ),
            decimals=0,
        ),
        Field("figures_of", Text("ตัวเลข ณ วันที่", "Figures as of")),
        *MADE_FIELDS,
        source_field(waste_movements=Text("การขนย้ายกาก", "Movements of waste")),
    ),
    tiling=Tiling(fields=("year", "from_province", "to_province", "hazard", "tonnes", "withheld")),
)
