"""Complaints as requests of Open311 (GeoReport v2): which are asked for, and who is shown what."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from geo_api.accounts.credentials import as_holder, staff_of
from geo_api.complaints import open311_sql as sql
from geo_api.database.connections import PrivateWrites, Writes
from layers.casework.staff import NotAllowed, NotSignedIn, Staff
from layers.casework.states import closed_states
from layers.model import Text
from layers.query import BadQuery
from layers.query.moments import Interval, interval_of

WINDOW = timedelta(days=90)
MOST_REQUESTS = 1_000
LAST_PAGE = 1_000_000
OPEN, CLOSED = "open", "closed"
INTAKE, READ = "intake", "read"


class RequestNotFound(LookupError):
    """There is no such request, or it is not for who asks: both are told the same."""


class KeyRefused(NotAllowed):
    """A call without a key that it needs, or with one that opens nothing."""


@dataclass(frozen=True)
class Wanted:
    """Which requests: `numbers` alone where they are given, else all that the rest lets through.
    Times are UTC, both ends included; None is open."""

    numbers: tuple[str, ...] | None = None
    services: tuple[str, ...] | None = None
    is_closed: bool | None = None
    start: datetime | None = None
    end: datetime | None = None
    updated_after: datetime | None = None
    updated_before: datetime | None = None
    page: int = 1
    page_size: int = MOST_REQUESTS


@dataclass(frozen=True)
class ServiceRequest:
    """What is None is not known, or not for who asks. Times are UTC, degrees WGS84; `agency` is the
    province whose industry office answers."""

    number: str
    service_code: str
    state: str
    is_closed: bool
    requested_at: datetime
    updated_at: datetime
    description: str | None = None
    address: str | None = None
    lon: float | None = None
    lat: float | None = None
    province: Text | None = None
    happened_at: datetime | None = None
    strength: int | None = None
    media_url: str | None = None


def holder_of_key(private: PrivateWrites, key: str | None, scope: str | None = None) -> Staff:
    """Whose API key it is. Raises KeyRefused for none, an unknown one, or one without `scope`."""
    if not key:
        raise KeyRefused(f"api_key is missing: give one with the scope {scope}")
    try:
        holder = staff_of(private.staff, key)
    except NotSignedIn:
        raise KeyRefused("api_key is unknown, has ended or was revoked: ask for another") from None
    if scope is not None and scope not in holder.scopes:
        raise KeyRefused(f"api_key has not the scope {scope}: ask for one that has")
    return holder


def requests_of_staff(private: PrivateWrites, key: str, wanted: Wanted) -> list[ServiceRequest]:
    """Those that the key opens, newest first: row-level security leaves out all others."""
    with as_holder(private.staff, key) as transaction:
        rows = transaction.fetch(sql.OF_STAFF, _values(wanted))
    return [_of_staff(*row) for row in rows]


def requests_of_holder(writes: Writes, wanted: Wanted) -> list[ServiceRequest]:
    """Those whose numbers were named, without place, words and pictures; nobody who names none is
    shown any."""
    if wanted.numbers is None:
        return []
    with writes.transaction() as transaction:
        rows = transaction.fetch(sql.OF_HOLDER, _values(wanted))
    return [ServiceRequest(*row) for row in rows]


def requests_of_both(
    private: PrivateWrites, writes: Writes, key: str, wanted: Wanted
) -> list[ServiceRequest]:
    """Those whose numbers were named, newest first: as the key opens them, else as their holder
    sees them."""
    every = replace(wanted, page=1, page_size=MOST_REQUESTS)
    opened = requests_of_staff(private, key, every)
    closed = {*(wanted.numbers or ())} - {one.number for one in opened}
    others = requests_of_holder(writes, replace(every, numbers=tuple(closed)))
    newest_first = sorted([*opened, *others], key=lambda one: one.requested_at, reverse=True)
    start = (wanted.page - 1) * wanted.page_size
    return newest_first[start : start + wanted.page_size]


def wanted_of(given: Mapping[str, str], now: datetime) -> Wanted:
    """What a list of requests is asked for, at most 90 days of it. Raises BadQuery."""
    page = _whole(given, "page", 1, LAST_PAGE)
    page_size = _whole(given, "page_size", MOST_REQUESTS, MOST_REQUESTS)
    if "service_request_id" in given:
        numbers = _listed(given["service_request_id"])
        if len(numbers) > MOST_REQUESTS:
            told = f"service_request_id takes {MOST_REQUESTS} at most, got {len(numbers)}"
            raise BadQuery("service_request_id", told)
        return Wanted(numbers, page=page, page_size=page_size)
    updated = _period(given, "updated_after", "updated_before", now, by_default=False)
    requested = _period(given, "start_date", "end_date", now, by_default=updated == (None, None))
    return Wanted(
        services=_services(given),
        is_closed=_is_closed(given),
        start=requested[0],
        end=requested[1],
        updated_after=updated[0],
        updated_before=updated[1],
        page=page,
        page_size=page_size,
    )


def only(requests: list[ServiceRequest], number: str) -> ServiceRequest:
    """The one of that number. Raises RequestNotFound."""
    found = next((one for one in requests if one.number == number), None)
    if found is None:
        raise RequestNotFound(f"service_request_id {number!r} was not found")
    return found


def _values(wanted: Wanted) -> dict[str, object]:
    listed = {
        name: None if value is None else list(value)
        for name, value in (("numbers", wanted.numbers), ("services", wanted.services))
    }
    return {
        **listed,
        "closed_states": list(closed_states()),
        "is_closed": wanted.is_closed,
        "start": wanted.start,
        "end": wanted.end,
        "updated_after": wanted.updated_after,
        "updated_before": wanted.updated_before,
        "limit": wanted.page_size,
        "offset": (wanted.page - 1) * wanted.page_size,
    }


def _of_staff(
    number: str,
    category: str,
    state: str,
    is_closed: bool,
    reported_at: datetime,
    updated_at: datetime,
    text: str | None,
    address: str | None,
    lon: float | None,
    lat: float | None,
    province_th: str | None,
    province_en: str | None,
    happened_at: datetime | None,
    strength: int | None,
    media_url: str | None,
) -> ServiceRequest:
    request = ServiceRequest(number, category, state, is_closed, reported_at, updated_at)
    return replace(
        request,
        description=text or None,
        address=address or None,
        lon=lon,
        lat=lat,
        province=Text(province_th, province_en or province_th) if province_th else None,
        happened_at=happened_at,
        strength=strength,
        media_url=media_url,
    )


def _services(given: Mapping[str, str]) -> tuple[str, ...] | None:
    if "service_code" not in given:
        return None
    return _listed(given["service_code"])


def _is_closed(given: Mapping[str, str]) -> bool | None:
    if "status" not in given:
        return None
    statuses = set(_listed(given["status"]))
    if not statuses or statuses - {OPEN, CLOSED}:
        raise BadQuery("status", f"status takes open, closed or both, got {given['status']!r}")
    return None if len(statuses) == 2 else statuses == {CLOSED}


def _period(
    given: Mapping[str, str], first: str, last: str, now: datetime, *, by_default: bool
) -> tuple[datetime | None, datetime | None]:
    """At most 90 days: of one end alone the 90 days after it or before it, of none the last."""
    start = _moment(first, given).start
    end = _moment(last, given).end
    if start is None and end is None:
        return (now - WINDOW, None) if by_default else (None, None)
    if start and end and start > end:
        raise BadQuery(last, f"{last} must not be before {first}, got {given[last]!r}")
    if start and end and end - start > WINDOW + timedelta(days=1):
        raise BadQuery(
            last, f"{first} and {last} may be {WINDOW.days} days apart; ask for a part at a time"
        )
    return start or _shifted(end, -WINDOW), end or _shifted(start, WINDOW)


def _moment(name: str, given: Mapping[str, str]) -> Interval:
    """A time, or a whole day of Thailand."""
    text = given.get(name)
    if text is None:
        return Interval(None, None)
    if "/" in text:
        raise BadQuery(name, f"{name} is one time, as in 2026-01-31T00:00:00%2B07:00, got {text!r}")
    return interval_of(name, text)


def _shifted(moment: datetime | None, by: timedelta) -> datetime | None:
    """None where the calendar ends before."""
    try:
        return moment and moment + by
    except OverflowError:
        return None


def _whole(given: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = given.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and 1 <= int(text) <= most):
        raise BadQuery(name, f"{name} must be a whole number from 1 to {most:,}, got {text!r}")
    return int(text)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
