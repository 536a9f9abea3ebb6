"""Industrial estates run by or with the Industrial Estate Authority of Thailand."""

from datetime import timedelta

from layers.model import Field, Layer, Style, Text, Tiling, doubts_field, source_field

LAYER = Layer(
    name="industrial_estates",
    title=Text("นิคมอุตสาหกรรม", "Industrial estates"),
    description=Text(
        "นิคมอุตสาหกรรมแต่ละแห่งแสดงเป็นจุด ไม่ใช่ขอบเขตพื้นที่ บางแห่งใช้พิกัดเดียวกับนิคมอื่น ดูหมายเหตุพิกัด",
        "Each estate is a point, not its boundary. Several share one point with other estates:"
        " see the note on the location.",
    ),
    licence="not stated by the provider; facts only",
    attribution="การนิคมอุตสาหกรรมแห่งประเทศไทย (กนอ.) / IEAT",
    style=Style(color="#6a51a3"),
    sources=("industrial_estates",),
    stale_after=timedelta(days=400),
    fields=(
        Field("name_th", Text("ชื่อนิคม", "Name (Thai)")),
        Field("operations", Text("สายปฏิบัติการของ กนอ.", "IEAT operations line")),
        Field(
            "location_note",
            Text("หมายเหตุพิกัด", "Note on the location"),
            values={
                "shared": Text(
                    "พิกัดเดียวกับนิคมอื่น อาจเป็นพิกัดชั่วคราว",
                    "Same point as other estates; perhaps a placeholder",
                ),
                "office": Text("อาคารสำนักงานของ กนอ.", "Office building of IEAT"),
            },
        ),
        Field(
            "estates_at_point",
            Text("จำนวนนิคมที่ใช้พิกัดนี้", "Estates given at this point"),
        ),
        doubts_field("outside_thailand"),
        source_field(industrial_estates=Text("กนอ.", "IEAT")),
    ),
    tiling=Tiling(fields=("name_th", "location_note")),
)
