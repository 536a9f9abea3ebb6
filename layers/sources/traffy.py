"""Traffy Fondue: what citizens report; only kind, state, time and place are meant for the public.

The words are kept apart, for the complaints that concern emissions; addresses, photos and the
names in them are not taken in, and no message of ours quotes a report.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from layers.cleaning.complaint_categories import complaint_category
from layers.cleaning.coordinates import REPAIRS, find_place
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

_PAGE = 500  # pages of 1,000 were seen to take more than 30 s and to fail under load
_LOOK_BACK = timedelta(days=2)

# What a quarantined record may say of itself.
_QUOTABLE = ("ticket_id", "timestamp", "last_activity", "state", "type")


def _parse(records: Iterable[Record], delivery: Delivery) -> Iterator[Row | Rejected]:
    return row_by_row(_read)(map(_discreet, records), delivery)


def _discreet(record: Record) -> Record:
    """Without what the citizen wrote, and what leads to a photo or an address, in its raw text."""
    values = {name: record.values[name] for name in _QUOTABLE if name in record.values}
    return replace(record, raw=json.dumps(values, ensure_ascii=False))


def _read(record: Record, delivery: Delivery) -> Iterator[Row | Rejected]:
    """The row of one report and, before it, what is odd about it."""
    reported_at = delivery.observed(record.needed_time("timestamp"))
    last_activity_at = record.time("last_activity")
    lon, lat = _place(record)
    ticket = record.text("ticket_id")
    if ticket is None:
        ticket = _made_up_id(record.needed("timestamp"), lon, lat)
        yield Rejected(record, "no ticket id: named by its time and place", ticket, stored=True)
    state = record.text("state")
    if state not in _STATUS:
        yield Rejected(record, "unknown state, stored without one", repr(state), stored=True)
    text = record.text("comment") or record.text("description") or ""
    category = complaint_category(_labels(record), text)
    yield Row(
        "complaint",
        {
            "source": "traffy",
            "ticket_id": ticket,
            "category": category,
            "status": _STATUS.get(state or ""),
            "reported_at": reported_at,
            "last_activity_at": last_activity_at and delivery.observed(last_activity_at),
            "lon": lon,
            "lat": lat,
            "text": text if category and text else None,
        },
    )


def _made_up_id(timestamp: str, lon: float, lat: float) -> str:
    told = f"{timestamp} {lon} {lat}"
    return f"unnumbered-{hashlib.sha256(told.encode()).hexdigest()[:16]}"


def _labels(record: Record) -> list[str]:
    """Labels as {a,b}, ['a', 'b'], "a,b" or a list."""
    given: Any = record.values.get("problem_type_abdul") or record.values.get("type") or ""
    found = given if isinstance(given, list) else _LABEL.findall(str(given))
    return [label.strip() for label in found if label.strip()]


def _place(record: Record) -> tuple[float, float]:
    """Longitude and latitude from "lon,lat", "['lon', 'lat']" or a list of the two; where they are
    the other way round, a warning tells so. No message tells the place exactly."""
    found = _NUMBER.findall(str(record.values.get("coords") or ""))
    if len(found) != 2:
        raise BadValue("coords are not a pair of numbers", f"{len(found)} numbers")
    lon, lat = map(float, found)
    place = find_place(lat, lon)
    if place is None:
        raise BadValue("coords are not in Thailand", f"{lon:.2f}, {lat:.2f}")
    if place.repair:
        record.warn(REPAIRS[place.repair], f"{lon:.2f}, {lat:.2f}")
    return place.lon, place.lat


# --- the live feed ----------------------------------------------------------------------------


def _requests(ask: Ask) -> Iterator[Request]:
    yield _page(ask.settings["FAHSAI_TRAFFY_URL"], 0, f"{ask.now - _LOOK_BACK:%Y-%m-%d}")


def _page(url: str, offset: int, since: str) -> Request:
    return Request(
        url, params={"limit": str(_PAGE), "offset": str(offset)}, context={"since": since}
    )


def _more(request: Request, answer: Any) -> Request | None:
    """The next page, newest first, until one is short or reaches back before `since`."""
    reports = answer.get("results") or []
    since = request.context["since"]
    if len(reports) < _PAGE or min(str(r.get("timestamp")) for r in reports) < since:
        return None
    return _page(request.url, int(request.params["offset"]) + _PAGE, since)


_NOT_TAKEN = frozenset({"address", "photo", "photo_after", "star", "count_reopen"})
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
    licence="not stated by the provider; only a blurred form is published",
    tables=("complaint",),
    formats=(
        Format(
            "csv",
            required=frozenset({"ticket_id", "type", "comment", "coords", "timestamp", "state"}),
            optional=frozenset({"last_activity"}),
            ignored=_NOT_TAKEN | {"organization", "subdistrict", "district", "province"},
        ),
        Format("csv", required=_SEARCHED, optional=_LABELLED, ignored=_SEARCH_NOT_TAKEN),
        Format(
            "json",
            required=_SEARCHED,
            optional=_LABELLED,
            ignored=_SEARCH_NOT_TAKEN,
            path=("results",),
        ),
    ),
    parse=_parse,
    key=("ticket_id",),
    requests=_requests,
    more=_more,
    settings=(
        Setting(
            "FAHSAI_TRAFFY_URL",
            "The public search of reports; the newest two days are read.",
            "https://publicapi.traffy.in.th/share/teamchadchart/search",
        ),
    ),
)
