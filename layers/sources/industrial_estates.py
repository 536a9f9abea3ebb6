"""The Industrial Estate Authority of Thailand (IEAT): names and points of its estates, as CSV."""

from collections.abc import Iterator

from layers.model import Delivery, Format, Record, Row, Source, Text, row_by_row

# IEAT's map lists two buildings of its head office among the estates.
_OFFICE = "สำนักงาน"


def _read(record: Record, _: Delivery) -> Iterator[Row]:
    name, place = record.needed("name_th"), record.place("lat", "lon")
    yield Row(
        "industrial_estate",
        {
            "id": f"ieat-{record.needed_identifier('id')}",
            "name_th": name,
            "operations": record.text("operations"),
            "office": _OFFICE in name,
            "lon": place.lon,
            "lat": place.lat,
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
    key=("id",),
)
