"""What sugar mills declare to have crushed, fresh and burnt, as a table in a form of our own.

One row per mill and time:

- `registration_no` or `fid`, by which a mill is known: firms have several, and no name is read;
- `season`, as 2567/68 or 2024/25;
- the time: `day`; or `from` and `to`; or `fortnight`, a half of a month, as 2025-01/1; or `as_of`,
  where the amounts are of the season up to that day;
- `fresh_t` and `burnt_t`; or `total_t` with `burnt_t` or `burnt_pct`; or, with `as_of` alone,
  `burnt_pct` by itself, from which nothing is reckoned: a share of a season is no share of a week;
- `reference`, where it is said.

A later row of the same mill and time takes the place of the former.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from layers.cleaning.seasons import read_fortnight, read_season
from layers.model import (
    BadValue,
    Delivery,
    Format,
    Plausible,
    Record,
    Row,
    Setting,
    Source,
    Text,
    row_by_row,
)
from layers.reference.mills import mill_number, sugar_mills

REACH_KM, DECAY_KM = "FAHSAI_MILL_REACH_KM", "FAHSAI_MILL_DECAY_KM"


@dataclass(frozen=True)
class _Amounts:
    """Tonnes, and the share of burnt cane in percent as declared; None of what is not told."""

    fresh_t: float | None
    burnt_t: float | None
    burnt_pct: float | None


def _read(record: Record, delivery: Delivery) -> Iterator[Row]:
    season = _season(record)
    first, last, cumulative = _time(record)
    if not {first.year, last.year} <= {season, season + 1} or first > last:
        raise BadValue("day is not of the season", f"{first} to {last}, season of {season}")
    if last > delivery.received_at.date():
        raise BadValue("time is in the future", f"{last}, received {delivery.received_at:%Y-%m-%d}")
    amounts = _amounts(record, cumulative)
    yield Row(
        "mill_intake",
        {
            "mill_ref": _mill(record),
            "season": season,
            "first_day": first,
            "last_day": last,
            "cumulative": cumulative,
            "fresh_t": amounts.fresh_t,
            "burnt_t": amounts.burnt_t,
            "burnt_pct": amounts.burnt_pct,
            "reference": record.text("reference"),
            "source": SOURCE.name,
        },
    )


def _mill(record: Record) -> str:
    number = record.identifier("fid") or record.identifier("registration_no")
    if number is None:
        raise BadValue("neither registration number nor FID")
    mill = mill_number(number)
    if mill not in sugar_mills():
        record.warn("mill is in no list of the Gazette: kept", number)
    return mill


def _season(record: Record) -> int:
    try:
        return read_season(record.needed("season"))
    except ValueError as problem:
        raise BadValue("season is not a season", str(problem)) from None


def _time(record: Record) -> tuple[date, date, bool]:
    """The first day and the last, the same where the amounts are of the season up to it."""
    as_of, day = record.day("as_of"), record.day("day")
    given = [record.text(name) for name in ("as_of", "day", "fortnight", "from")]
    if sum(one is not None for one in given) != 1:
        raise BadValue(
            "time is told by none or several columns", "day, from and to, fortnight or as_of"
        )
    if as_of:
        return as_of, as_of, True
    if day:
        return day, day, False
    if (fortnight := record.text("fortnight")) is not None:
        try:
            return *read_fortnight(fortnight), False
        except ValueError as problem:
            raise BadValue("fortnight is not a half of a month", str(problem)) from None
    return record.needed_day("from"), record.needed_day("to"), False


def _amounts(record: Record, cumulative: bool) -> _Amounts:
    fresh, burnt = record.number("fresh_t", 0), record.number("burnt_t", 0)
    total, percent = record.number("total_t", 0), record.percent("burnt_pct")
    if burnt is None and total is not None and percent is not None:
        burnt = total * percent / 100
    if fresh is None and total is not None and burnt is not None:
        fresh = total - burnt
    if fresh is not None and fresh < 0:
        raise BadValue("burnt_t is out of range", f"{burnt:g} t burnt of {total:g} t")
    if fresh is None or burnt is None:
        if not cumulative or percent is None:
            raise BadValue("tonnes of fresh and burnt cane are missing")
        return _Amounts(None, None, percent)
    return _Amounts(fresh, burnt, percent)


_SYNONYMS: dict[str, str] = {
    **dict.fromkeys(
        ("เลขทะเบียนโรงงาน", "เลขทะเบียน", "ทะเบียนโรงงาน", "DISPFACREG"), "registration_no"
    ),
    **dict.fromkeys(("เลขทะเบียน 14 หลัก", "mill", "mill_fid"), "fid"),
    **dict.fromkeys(("ฤดู", "ฤดูหีบ", "ฤดูการผลิต", "ปีการผลิต"), "season"),
    **dict.fromkeys(("วันที่", "วันที่หีบ", "date"), "day"),
    **dict.fromkeys(("ตั้งแต่", "ตั้งแต่วันที่", "from_day", "period_start"), "from"),
    **dict.fromkeys(("ถึง", "ถึงวันที่", "to_day", "period_end"), "to"),
    **dict.fromkeys(("ปักษ์", "ครึ่งเดือน"), "fortnight"),
    **dict.fromkeys(("ณ วันที่", "สะสมถึง", "สะสมถึงวันที่"), "as_of"),
    **dict.fromkeys(("อ้อยสด (ตัน)", "อ้อยสด", "fresh_cane_t"), "fresh_t"),
    **dict.fromkeys(("อ้อยไฟไหม้ (ตัน)", "อ้อยไฟไหม้", "อ้อยเผา (ตัน)", "burnt_cane_t"), "burnt_t"),
    **dict.fromkeys(("อ้อยรวม (ตัน)", "อ้อยเข้าหีบ (ตัน)", "ปริมาณอ้อยเข้าหีบ"), "total_t"),
    **dict.fromkeys(("ร้อยละอ้อยไฟไหม้", "% อ้อยไฟไหม้", "สัดส่วนอ้อยไฟไหม้"), "burnt_pct"),
    **dict.fromkeys(("อ้างอิง", "แหล่งที่มา", "source"), "reference"),
}
_OPTIONAL = frozenset(
    {
        *("registration_no", "fid", "day", "from", "to", "fortnight", "as_of"),
        *("fresh_t", "burnt_t", "total_t", "burnt_pct", "reference"),
    }
)
_MOST_T = "the largest allotment to a mill for a season: 3.96 million t (Royal Gazette 139/268)"

SOURCE = Source(
    name="mill_intake",
    title=Text("ปริมาณอ้อยเข้าหีบตามที่โรงงานแจ้ง", "Cane intake as mills declare it"),
    url="https://www.ocsb.go.th",
    licence="as its provider states",
    tables=("mill_intake",),
    formats=tuple(
        Format("csv", frozenset({"season", number}), _OPTIONAL - {number}, synonyms=_SYNONYMS)
        for number in ("registration_no", "fid")
    ),
    parse=row_by_row(_read),
    settings=(
        Setting(
            REACH_KM,
            "How far from a sugar mill a fire on cane land may be to be of its zone, in km. A"
            " proxy: no rule that is known says from how far a mill buys.",
            "50",
        ),
        Setting(
            DECAY_KM,
            "Over how many km the weight of a mill falls to 1/e where zones of several overlap.",
            "20",
        ),
    ),
    plausible=tuple(
        Plausible("mill_intake", column, 0, 8_000_000, "reject", _MOST_T)
        for column in ("fresh_t", "burnt_t")
    ),
    key=("registration_no", "fid", "day", "from", "to", "fortnight", "as_of"),
)
