"""Traffy Fondue: what citizens report; only kind, state, time and place are meant for the public.

The words are kept apart, for the complaints that concern emissions; addresses, photos and the
names in them are not taken in, and no message of ours quotes a report.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from layers.cleaning.complaint_categories import complaint_category
from layers.cleaning.coordinates import REPAIRS, read_pair
from layers.model import (
    Ask,
    BadValue,
    Delivery,
    Format,
    Record,
    Rejected,
    Request,
    Row,
    Setting,
    Source,
    Text,
    UnusableSetting,
    row_by_row,
)

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_LABEL = re.compile(r"[^{}\[\]'\",]+")

_STATUS = {
    "รอรับเรื่อง": "open",
    "กำลังดำเนินการ": "in_progress",
    "ของบประมาณ": "in_progress",
    "จัดซื้อจัดจ้าง": "in_progress",
    "ขั้นตอนทางกฎหมาย": "in_progress",
    "ศึกษาปัญหา": "in_progress",
    "ส่งต่อ": "forwarded",
    "ส่งต่อ(ใหม่)": "forwarded",
    "เสร็จสิ้น": "closed",
    "ไม่เกี่ยวข้อง": "closed",
}

_URL = Setting(
    "FAHSAI_TRAFFY_URL",
    "The public search of reports; the newest two days are read.",
    "https://publicapi.traffy.in.th/share/teamchadchart/search",
)
# Pages of 1,000 were seen to take more than 30 s and to fail under load.
_PAGE = Setting(
    "FAHSAI_TRAFFY_PAGE",
    "How many reports are asked for at once, 1 to 1000; fewer where the service fails.",
    "500",
)
_PAUSE = Setting("FAHSAI_TRAFFY_PAUSE_S", "Seconds to wait before each page.", "1")
_SMALLEST_PAGE = 25
_LOOK_BACK = timedelta(days=2)

# What a quarantined record may say of itself.
_QUOTABLE = ("ticket_id", "timestamp", "last_activity", "state", "type")


def category(record: Record) -> str | None:
    """Of which of our categories a report is; None where it is of none."""
    return complaint_category(labels(record), _text(record))


def labels(record: Record) -> list[str]:
    """The types of problem that a report was given, written as {a,b}, ['a', 'b'], "a,b" or a
    list."""
    given: Any = record.values.get("problem_type_abdul") or record.values.get("type") or ""
    found = given if isinstance(given, list) else _LABEL.findall(str(given))
    return [label.strip() for label in found if label.strip()]


def _parse(records: Iterable[Record], delivery: Delivery) -> Iterator[Row | Rejected]:
    return row_by_row(_read)(map(_discreet, records), delivery)


def _discreet(record: Record) -> Record:
    """Without what the citizen wrote, and what leads to a photo or an address, in its raw text."""
    values = {name: record.values[name] for name in _QUOTABLE if name in record.values}
    return replace(record, raw=json.dumps(values, ensure_ascii=False))


def _observed(record: Record, delivery: Delivery, name: str) -> datetime | None:
    time = record.time(name)
    return time and delivery.observed(time)


def _read(record: Record, delivery: Delivery) -> Iterator[Row | Rejected]:
    """The row of one report and, before it, what is odd about it."""
    reported_at = delivery.observed(record.needed_time("timestamp"))
    last_activity_at = record.lenient(partial(_observed, record, delivery), "last_activity")
    lon, lat = _place(record)
    ticket = record.text("ticket_id")
    if ticket is None:
        ticket = _made_up_id(record.needed("timestamp"), lon, lat)
        yield Rejected(record, "no ticket id: named by its time and place", ticket, stored=True)
    state = record.text("state")
    if state not in _STATUS:
        yield Rejected(record, "unknown state, stored without one", repr(state), stored=True)
    text = _text(record)
    kind = category(record)
    yield Row(
        "complaint",
        {
            "source": "traffy",
            "ticket_id": ticket,
            "category": kind,
            "status": _STATUS.get(state or ""),
            "reported_at": reported_at,
            "last_activity_at": last_activity_at,
            "lon": lon,
            "lat": lat,
            "text": text if kind and text else None,
        },
    )


def _text(record: Record) -> str:
    return record.text("comment") or record.text("description") or ""


def _made_up_id(timestamp: str, lon: float, lat: float) -> str:
    told = f"{timestamp} {lon} {lat}"
    return f"unnumbered-{hashlib.sha256(told.encode()).hexdigest()[:16]}"


def _place(record: Record) -> tuple[float, float]:
    """Longitude and latitude; what had to be repaired is a warning. No message tells the place
    exactly."""
    written = record.values.get("coords")
    if isinstance(written, list | tuple):
        written = ",".join(map(str, written))
    place = read_pair(str(written or ""))
    if place is None:
        found = _NUMBER.findall(str(written or ""))
        if len(found) != 2:
            raise BadValue("coords are not a pair of numbers", f"{len(found)} numbers")
        raise BadValue("coords are not in Thailand", ", ".join(f"{float(n):.2f}" for n in found))
    if place.repair:
        record.warn(REPAIRS[place.repair], f"{place.lon:.2f}, {place.lat:.2f}")
    return place.lon, place.lat


# --- the live feed ----------------------------------------------------------------------------


def _requests(ask: Ask) -> Iterator[Request]:
    """The first page; `_more` asks on. Raises UnusableSetting."""
    page, pause = ask.settings[_PAGE.variable], ask.settings[_PAUSE.variable]
    if not (page.isdecimal() and 1 <= int(page) <= 1000):
        raise UnusableSetting(f"{_PAGE.variable} must be 1 to 1000, got {page!r}")
    try:
        pause_s = float(pause)
    except ValueError:
        pause_s = -1
    if not 0 <= pause_s <= 3600:
        raise UnusableSetting(f"{_PAUSE.variable} must be 0 to 3600 seconds, got {pause!r}")
    yield Request(
        ask.settings[_URL.variable],
        params={"limit": page, "offset": "0"},
        context={"since": f"{ask.now - _LOOK_BACK:%Y-%m-%d}"},
        pause_s=pause_s,
    )


def _more(request: Request, answer: Any) -> Request | None:
    """The next page, newest first, until one is short or reaches back before `since`."""
    reports = answer.get("results", answer.get("features")) or []
    limit, offset = (int(request.params[name]) for name in ("limit", "offset"))
    if len(reports) < limit or min(map(_reported, reports)) < request.context["since"]:
        return None
    return replace(request, params={**request.params, "offset": str(offset + limit)})


def _reported(report: Any) -> str:
    """The time of a report, which GeoJSON has among its properties."""
    return str((report.get("properties") or report).get("timestamp"))


def _smaller(request: Request) -> Request | None:
    """A quarter of a page; the next ones are as small."""
    limit = int(request.params["limit"]) // 4
    if limit < _SMALLEST_PAGE:
        return None
    return replace(request, params={**request.params, "limit": str(limit)})


_NOT_TAKEN = frozenset({"address", "photo", "photo_after", "star", "count_reopen"})
_PLACES_NOT_TAKEN = frozenset({"subdistrict", "district", "province"})
# The export of 2022 numbers its rows in a column without a name, and has columns of either shape.
_OLDER_NOT_TAKEN = frozenset({"", "message_id", "type_id", "org", "after_photo", "status"})
_POSITION = ("coords",)
# The shape of the search, which also goes about as CSV.
_SEARCHED = frozenset({"ticket_id", "description", "coords", "timestamp", "state"})
_LABELLED = frozenset({"type", "problem_type_abdul", "last_activity"})
_SEARCH_NOT_TAKEN = frozenset(
    {"address", "photo_url", "after_photo", "star", "count_reopen", "note", "org", "message_id"}
)

SOURCE = Source(
    name="traffy",
    title=Text("เรื่องร้องเรียนจาก Traffy Fondue", "Traffy Fondue complaints"),
    url="https://www.traffy.in.th",
    licence="not stated by the provider; only counts of homes by area are published",
    tables=("complaint",),
    formats=(
        Format(
            "csv",
            required=frozenset({"ticket_id", "type", "comment", "coords", "timestamp", "state"}),
            optional=frozenset({"last_activity", "problem_type_abdul"}),
            ignored=_NOT_TAKEN | _PLACES_NOT_TAKEN | _OLDER_NOT_TAKEN | {"organization"},
            position=_POSITION,
        ),
        Format("csv", _SEARCHED, _LABELLED, _SEARCH_NOT_TAKEN, position=_POSITION),
        Format("json", _SEARCHED, _LABELLED, _SEARCH_NOT_TAKEN, ("results",), position=_POSITION),
    ),
    parse=_parse,
    key=("ticket_id",),
    requests=_requests,
    # Reports come all day; the two newest days are read each time, and the service is slow.
    every=timedelta(minutes=30),
    more=_more,
    smaller=_smaller,
    settings=(_URL, _PAGE, _PAUSE),
)
