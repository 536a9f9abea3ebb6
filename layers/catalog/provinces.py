"""Provinces: the 77 outlines, the ground of every map."""

from datetime import timedelta

from layers.model import Field, Layer, Style, Text, Tiling, source_field

LAYER = Layer(
    name="provinces",
    title=Text("จังหวัด", "Provinces"),
    description=Text(
        "ขอบเขตจังหวัด 77 จังหวัด ใช้อ้างอิงทางสถิติ ไม่ใช่แนวเขตตามกฎหมาย",
        "The outlines of the 77 provinces, for statistics; not a legal boundary.",
    ),
    licence="not stated by the provider (COD-AB: believed CC BY-IGO, not verified)",
    attribution="COD-AB: Royal Thai Survey Department, OCHA; demo: Natural Earth, GeoThai",
    fields=(
        Field("code", Text("รหัสจังหวัด", "Province code")),
        Field("name_th", Text("ชื่อภาษาไทย", "Thai name")),
        Field("name_en", Text("ชื่อภาษาอังกฤษ", "English name")),
        Field(
            "region",
            Text("ภาค", "Region"),
            description=Text("แบ่งเป็นหกภาค", "The scheme of six regions"),
            values={
                "central": Text("ภาคกลาง", "Central"),
                "east": Text("ภาคตะวันออก", "East"),
                "northeast": Text("ภาคตะวันออกเฉียงเหนือ", "Northeast"),
                "north": Text("ภาคเหนือ", "North"),
                "west": Text("ภาคตะวันตก", "West"),
                "south": Text("ภาคใต้", "South"),
            },
        ),
        source_field(boundaries=Text("ขอบเขตการปกครอง", "Administrative boundaries")),
    ),
    geometry="area",
    near=False,
    style=Style(color="#7f8c8d", label="name_th", fill_opacity=0.05),
    sources=("boundaries",),
    stale_after=timedelta(days=3650),
    tiling=Tiling(fields=("code", "name_th", "name_en", "region")),
)
