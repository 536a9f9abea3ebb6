"""Districts: amphoe, and the khet of Bangkok."""

from datetime import timedelta

from layers.model import Field, Layer, Style, Text, Tiling, source_field

LAYER = Layer(
    name="districts",
    title=Text("อำเภอ/เขต", "Districts"),
    description=Text(
        "ขอบเขตอำเภอและเขตของกรุงเทพมหานคร ใช้อ้างอิงทางสถิติ ไม่ใช่แนวเขตตามกฎหมาย",
        "The outlines of districts and of Bangkok's khet, for statistics; not a legal boundary.",
    ),
    licence="not stated by the provider (COD-AB: believed CC BY-IGO, not verified)",
    attribution="COD-AB: Royal Thai Survey Department, OCHA; demo: Natural Earth, GeoThai",
    fields=(
        Field("code", Text("รหัสอำเภอ", "District code")),
        Field("name_th", Text("ชื่อภาษาไทย", "Thai name")),
        Field("name_en", Text("ชื่อภาษาอังกฤษ", "English name")),
        Field("province_code", Text("รหัสจังหวัด", "Province code")),
        source_field(boundaries=Text("ขอบเขตการปกครอง", "Administrative boundaries")),
    ),
    geometry="area",
    near=False,
    style=Style(color="#bdc3c7", fill_opacity=0.03),
    sources=("boundaries",),
    stale_after=timedelta(days=3650),
    tiling=Tiling(fields=("code", "name_th", "name_en")),
)
