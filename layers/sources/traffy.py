"""Traffy Fondue: what citizens report; only kind, state, time and place are meant for the public.

The words are kept apart, for the complaints that concern emissions; addresses, photos and the
names in them are not taken in, and no message of ours quotes a report.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from layers.cleaning.complaint_categories import complaint_category
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

_BOX = (97.34, 5.63, 105.64, 20.46)  # west, south, east, north of Thailand
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
    for result in row_by_row(_read)(records, delivery):
        yield _discreet(result) if isinstance(result, Rejected) else result


def _discreet(rejected: Rejected) -> Rejected:
    """Without what the citizen wrote and what leads to a photo or an address."""
    values = rejected.record.values
    raw = json.dumps(
        {name: values[name] for name in _QUOTABLE if name in values}, ensure_ascii=False
    )
    return replace(rejected, record=replace(rejected.record, raw=raw))


def _read(record: Record, delivery: Delivery) -> Iterator[Row | Rejected]:
    """The row of one report and, before it, what is odd about it."""
    reported_at = _time(record, "timestamp", delivery)
    if reported_at is None:
        raise BadValue("timestamp is missing")
    lon, lat = _place(record.values.get("coords"))
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
            "last_activity_at": _time(record, "last_activity", delivery),
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


def _place(coords: Any) -> tuple[float, float]:
    """Longitude and latitude from "lon,lat", "['lon', 'lat']" or a list of the two."""
    found = _NUMBER.findall(str(coords or ""))
    if len(found) != 2:
        raise BadValue("coords are not a pair of numbers", f"{len(found)} numbers")
    lon, lat = map(float, found)
    west, south, east, north = _BOX
    if not (west <= lon <= east and south <= lat <= north):
        raise BadValue("coords are not in Thailand", f"{lon:.2f}, {lat:.2f}")
    return lon, lat


def _time(record: Record, name: str, delivery: Delivery) -> datetime | None:
    """UTC, written with +00; "2023-05-12 13:27:54.482138+00"."""
    text = record.text(name)
    if text is None:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise BadValue(f"{name} is not understood", repr(text)) from None
    if time.tzinfo is None:
        raise BadValue(f"{name} has no zone", repr(text))
    return delivery.believed(time).astimezone(UTC)


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
