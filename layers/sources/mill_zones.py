"""Zones that are declared to be a mill's, as polygons in a form of our own: `registration_no` or
`fid`, `season` from which on it holds, and `reference`.

Where one is declared, a fire in it is of the mills whose zones it lies in, and of no other."""

from collections.abc import Iterator

from layers.cleaning.outlines import NotAnOutline, ewkb, sound_outline
from layers.cleaning.seasons import read_season
from layers.model import BadValue, Delivery, Format, Record, Row, Source, Text, row_by_row
from layers.reference.mills import mill_number

_WGS84 = 4326


def _read(record: Record, _: Delivery) -> Iterator[Row]:
    number = record.identifier("fid") or record.identifier("registration_no")
    if number is None:
        raise BadValue("neither registration number nor FID")
    try:
        season = read_season(record.needed("season"))
    except ValueError as problem:
        raise BadValue("season is not a season", str(problem)) from None
    try:
        outline, fault = sound_outline(record.geometry)
    except NotAnOutline as problem:
        raise BadValue("geometry is not an outline", f"{number}: {problem}") from None
    if fault:
        record.warn("outline was mended", f"{number}: {fault}")
    yield Row(
        "mill_zone",
        {
            "mill_ref": mill_number(number),
            "season": season,
            "geom": ewkb(outline, _WGS84),
            "reference": record.text("reference"),
            "source": SOURCE.name,
        },
    )


_SYNONYMS = {
    **dict.fromkeys(("เลขทะเบียนโรงงาน", "เลขทะเบียน", "ทะเบียนโรงงาน"), "registration_no"),
    **dict.fromkeys(("เลขทะเบียน 14 หลัก", "mill"), "fid"),
    **dict.fromkeys(("ฤดู", "ฤดูหีบ", "ฤดูการผลิต"), "season"),
    **dict.fromkeys(("อ้างอิง", "แหล่งที่มา"), "reference"),
}

SOURCE = Source(
    name="mill_zones",
    title=Text("เขตรับอ้อยของโรงงานที่แจ้งไว้", "Zones declared to be a mill's"),
    url="https://www.ocsb.go.th",
    licence="as its provider states",
    tables=("mill_zone",),
    formats=tuple(
        Format(
            "vector",
            frozenset({"season", number}),
            frozenset({"registration_no", "fid", "reference"}) - {number},
            synonyms=_SYNONYMS,
        )
        for number in ("registration_no", "fid")
    ),
    parse=row_by_row(_read),
    key=("registration_no", "fid", "season"),
)
