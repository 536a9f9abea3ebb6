"""The Industrial Estate Authority of Thailand (IEAT): names and points of its estates, as CSV."""

from collections.abc import Iterator

from layers.model import Delivery, Format, Record, Row, Source, Text, row_by_row

# A box around Thailand; the estates are all on land and well inside.
_WEST, _SOUTH, _EAST, _NORTH = 97.34, 5.63, 105.64, 20.46
# IEAT's map lists two buildings of its head office among the estates.
_OFFICE = "สำนักงาน"


def _read(record: Record, _: Delivery) -> Iterator[Row]:
    name = record.needed("name_th")
    yield Row(
        "industrial_estate",
        {
            "id": f"ieat-{record.needed('id')}",
            "name_th": name,
            "operations": record.text("operations"),
            "office": _OFFICE in name,
            "lon": record.needed_number("lon", _WEST, _EAST),
            "lat": record.needed_number("lat", _SOUTH, _NORTH),
            "source": SOURCE.name,
        },
    )


SOURCE = Source(
    name="industrial_estates",
    title=Text("นิคมอุตสาหกรรม (กนอ.)", "Industrial estates (IEAT)"),
    url="https://www.ieat.go.th",
    licence="not stated; names and positions only",
    tables=("industrial_estate",),
    formats=(
        Format(
            "csv",
            frozenset({"id", "name_th", "lat", "lon", "operations"}),
            synonyms={
                **dict.fromkeys(("รหัส", "ลำดับ", "ลำดับที่"), "id"),
                **dict.fromkeys(("ชื่อ", "ชื่อนิคม", "นิคมอุตสาหกรรม", "ชื่อนิคมอุตสาหกรรม"), "name_th"),
                **dict.fromkeys(("latitude", "ละติจูด"), "lat"),
                **dict.fromkeys(("longitude", "lng", "long", "ลองจิจูด"), "lon"),
                **dict.fromkeys(("การดำเนินงาน", "รูปแบบการดำเนินงาน"), "operations"),
            },
            position=("lon", "lat"),
        ),
    ),
    parse=row_by_row(_read),
)
