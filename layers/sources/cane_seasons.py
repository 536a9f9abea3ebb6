"""Crushing seasons and their limits on burnt cane, as a table in a form of our own.

One row per season: `season`, as 2567/68; `opened_on` and `closed_on`, of the first mill that opens
and the last that closes; `daily_cap_pct` of a mill's cane of a day, `season_cap_pct` of a season's;
`mills`, `cane_mt` and `burnt_pct` of the country; `source`. What is not known is left empty, and is
not zero. A row with an `area`, a province's code or a region of the board, says on which day its
mills opened. Those that were found are shipped; a later row takes the place of one that is.
"""

from collections.abc import Iterator

from layers.cleaning.provinces import PROVINCES
from layers.cleaning.seasons import read_season
from layers.model import BadValue, Delivery, Format, Record, Row, Source, Text, row_by_row

REGIONS = ("north", "northeast", "central", "east")


def _read(record: Record, _: Delivery) -> Iterator[Row]:
    try:
        season = read_season(record.needed("season"))
    except ValueError as problem:
        raise BadValue("season is not a season", str(problem)) from None
    yield _opening(record, season) if record.text("area") else _season(record, season)


def _opening(record: Record, season: int) -> Row:
    area = record.needed_identifier("area").lower()
    if area not in REGIONS and area not in PROVINCES:
        raise BadValue("area names no province", f"{area!r}, nor one of {', '.join(REGIONS)}")
    opened_on = record.needed_day("opened_on")
    values = {"season": season, "area": area, "opened_on": opened_on}
    return Row("cane_opening", values | {"source": record.needed("source")})


def _season(record: Record, season: int) -> Row:
    opened_on, closed_on = record.day("opened_on"), record.day("closed_on")
    if opened_on and closed_on and closed_on < opened_on:
        raise BadValue("ends before it starts", f"{opened_on} to {closed_on}")
    return Row(
        "cane_season",
        {
            "season": season,
            "mills": record.whole("mills", 0, 1000),
            "cane_mt": record.number("cane_mt", 0, 500),
            "burnt_pct": record.percent("burnt_pct"),
            "opened_on": opened_on,
            "closed_on": closed_on,
            "daily_cap_pct": record.percent("daily_cap_pct"),
            "season_cap_pct": record.percent("season_cap_pct"),
            "source": record.needed("source"),
        },
    )


_LIMITS = ("mills", "cane_mt", "burnt_pct", "closed_on", "daily_cap_pct", "season_cap_pct")
_SYNONYMS = {
    **dict.fromkeys(("ฤดู", "ฤดูหีบ", "ฤดูการผลิต", "season_be", "season_ce"), "season"),
    **dict.fromkeys(("วันเปิดหีบ", "first_opening"), "opened_on"),
    **dict.fromkeys(("วันปิดหีบ", "last_closing"), "closed_on"),
    **dict.fromkeys(("เพดานรายวัน (%)", "daily_burnt_cap_pct"), "daily_cap_pct"),
    **dict.fromkeys(("เพดานทั้งฤดู (%)", "season_burnt_cap_pct"), "season_cap_pct"),
    **dict.fromkeys(("พื้นที่", "จังหวัด"), "area"),
    **dict.fromkeys(("แหล่งที่มา", "อ้างอิง"), "source"),
}

SOURCE = Source(
    name="cane_seasons",
    title=Text("ฤดูหีบอ้อยและเพดานอ้อยไฟไหม้", "Crushing seasons and limits on burnt cane"),
    url="https://www.ocsb.go.th",
    licence="facts; each row names its source",
    tables=("cane_season", "cane_opening"),
    formats=(
        Format(
            "csv",
            frozenset({"season", "source"}),
            frozenset({"area", "opened_on", *_LIMITS}),
            synonyms=_SYNONYMS,
        ),
    ),
    parse=row_by_row(_read),
    key=("season", "area"),
)
