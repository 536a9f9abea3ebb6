"""NASA FIRMS: active fires seen by MODIS and VIIRS, from the area API and from files."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote

from layers.cleaning.coordinates import NEIGHBOURHOOD
from layers.cleaning.detections import confidence_class, processing, satellite, utc_minute
from layers.model import (
    HOTSPOT,
    Ask,
    BadValue,
    Delivery,
    Format,
    Record,
    Request,
    Row,
    Setting,
    Source,
    Text,
    UnexpectedPayload,
    UnusableSetting,
    row_by_row,
)
from layers.sources.firms.csv_batches import BatchParser

_KEY = Setting("FAHSAI_FIRMS_KEY", "Map key of NASA FIRMS, free on its site.", secret=True)
_URL = Setting(
    "FAHSAI_FIRMS_URL",
    "Where the FIRMS area API is.",
    "https://firms.modaps.eosdis.nasa.gov/api/area/csv",
)
_AREA = Setting(
    "FAHSAI_FIRMS_AREA",
    "Box to ask FIRMS for: west,south,east,north in degrees.",
    "97.3,5.6,105.7,20.5",
)
_PRODUCTS = Setting(
    "FAHSAI_FIRMS_SOURCES",
    "FIRMS products to ask for, by their names with FIRMS.",
    "VIIRS_SNPP_NRT,VIIRS_NOAA20_NRT,VIIRS_NOAA21_NRT,MODIS_NRT",
)
_DAYS = Setting("FAHSAI_FIRMS_DAYS", "How many days to ask FIRMS for, 1 to 5.", "2")
_SINCE = Setting(
    "FAHSAI_FIRMS_SINCE",
    "First day (UTC, YYYY-MM-DD) to ask FIRMS for, as standard processing needs; the latest days"
    " unless set.",
)

_MOST_DAYS_AT_ONCE = 5  # of one question
_MOST_DAYS_BACK = 30  # of a feed that was not asked for long

_KNOWN_PRODUCTS = (
    "MODIS_NRT",
    "MODIS_SP",
    "VIIRS_SNPP_NRT",
    "VIIRS_SNPP_SP",
    "VIIRS_NOAA20_NRT",
    "VIIRS_NOAA20_SP",
    "VIIRS_NOAA21_NRT",
    "VIIRS_NOAA21_SP",
)

_ALWAYS = frozenset(["latitude", "longitude", "acq_date", "acq_time", "satellite", "confidence"])
_OFTEN = frozenset(["instrument", "version", "frp", "daynight", "scan", "track", "type"])
_VIIRS = (_ALWAYS | {"bright_ti4"}, _OFTEN | {"bright_ti5", "brightness", "bright_t31"})
_MODIS = (_ALWAYS | {"brightness"}, _OFTEN | {"bright_t31"})
_POSITION = ("longitude", "latitude")
_SYNONYMS = {
    "lat": "latitude",
    "lon": "longitude",
    "lng": "longitude",
    "long": "longitude",
    "ละติจูด": "latitude",
    "ลองจิจูด": "longitude",
}
# Every record of a country's answer repeats it.
_COUNTRY = frozenset({"country_id"})
_REDUCED = frozenset({"latitude", "longitude", "brightness"})

_FIRE_TYPES = {"0": "vegetation", "1": "volcano", "2": "static_land", "3": "offshore"}
_WINDOW = re.compile(r"(?P<days>[1-9]\d?)day_.*?(?P<last>\d{4}-\d{2}-\d{2})")


# --- records ----------------------------------------------------------------------------------


def _read(record: Record, delivery: Delivery) -> tuple[Row]:
    if "acq_date" in record.values:
        return (Row("hotspot", _detection(record, delivery)),)
    return (Row("hotspot", _windowed(record, delivery)),)


def _detection(record: Record, delivery: Delivery) -> dict[str, Any]:
    """A detection whose minute is known. Degrees, kelvin, megawatts and kilometres, as delivered;
    what the provider left blank is not there."""
    number, text = record.number, record.text
    try:
        minute = utc_minute(record.needed("acq_date"), record.needed("acq_time"))
    except BadValue:
        raise
    except ValueError as problem:
        raise BadValue("acquisition time cannot be read", str(problem)) from None
    place = record.place("latitude", "longitude", box=NEIGHBOURHOOD)
    version = text("version")
    grade = processing(version) if version else None
    return {
        "acquired_at": delivery.observed(minute),
        "time_precision": "minute",
        "lon": place.lon,
        "lat": place.lat,
        **_sensed(record),
        "processing": grade,
        "version": version,
        "frp_mw": number("frp"),
        "scan_km": number("scan"),
        "track_km": number("track"),
        "daynight": _day_or_night(text("daynight")),
        "fire_type": _fire_type(text("type")),
        "covers": delivery.context.get("area", delivery.name) if grade == "SP" else None,
        "source": SOURCE.name,
    }


def _sensed(record: Record) -> dict[str, Any]:
    """What the two instruments report each in its own way: brightness at 4 and 11 µm, confidence
    in classes (VIIRS) or percent (MODIS)."""
    try:
        instrument, platform = satellite(record.needed("satellite"))
        common = {"instrument": instrument, "satellite": platform}
        if instrument == "VIIRS":
            # The archive calls VIIRS's bands by the names of MODIS's.
            return common | {
                "brightness_k": record.number(_either(record, "bright_ti4", "brightness")),
                "background_k": record.number(_either(record, "bright_ti5", "bright_t31")),
                "confidence": confidence_class(record.needed("confidence")),
            }
    except BadValue:
        raise
    except ValueError as problem:
        raise BadValue("satellite or confidence is not one we know", str(problem)) from None
    return common | {
        "brightness_k": record.number("brightness"),
        "background_k": record.number("bright_t31"),
        "confidence_pct": record.percent("confidence"),
    }


def _either(record: Record, first: str, second: str) -> str:
    return second if record.text(first) is None else first


def _windowed(record: Record, delivery: Delivery) -> dict[str, Any]:
    """A detection of which only place and brightness were kept. All that is known of its time is
    the window in the file's name: whole UTC days, the last of which is named.

    Raises UnexpectedPayload where the name has none.
    """
    since, until = _window(delivery)
    place = record.place("latitude", "longitude", box=NEIGHBOURHOOD)
    return {
        "acquired_at": until - timedelta(minutes=1),
        "acquired_from": since,
        "time_precision": "window",
        "lon": place.lon,
        "lat": place.lat,
        "brightness_k": record.number("brightness"),
        "source": SOURCE.name,
    }


def _window(delivery: Delivery) -> tuple[datetime, datetime]:
    """From and until when the detections of a file are."""
    found = _WINDOW.search(delivery.name)
    try:
        last = datetime.fromisoformat(found["last"] if found else "").replace(tzinfo=UTC)
        until = delivery.believed(last) + timedelta(days=1)
    except ValueError:
        found = None
    if found is None:
        raise UnexpectedPayload(
            f"{delivery.name} has no times: name the window in the file's name, as in"
            " points_2day_2023-04-04.csv for 3 and 4 April (UTC)"
        )
    return until - timedelta(days=int(found["days"])), until


def _day_or_night(code: str | None) -> str | None:
    if code not in (None, "D", "N"):
        raise BadValue("daynight is not D or N", repr(code))
    return code


def _fire_type(code: str | None) -> str | None:
    if code is not None and code not in _FIRE_TYPES:
        raise BadValue("type is not one we know", f"{code!r} is none of {', '.join(_FIRE_TYPES)}")
    return _FIRE_TYPES[code] if code is not None else None


# --- the live feed ----------------------------------------------------------------------------


def _requests(ask: Ask) -> Iterator[Request]:
    """One question per product, and more where it was not asked for days: an hour that nobody asks
    for would look like one in which nothing burned. Raises UnusableSetting.

    An answer of a header alone is a true nothing for that satellite, or a day that FIRMS does not
    have yet; so nothing is concluded from it, in particular not that standard processing found no
    fire. No product at all seeing a fire in two days does not happen around Thailand: then the
    run has too few rows, and fails.
    """
    key = ask.settings.get(_KEY.variable)
    if not key:
        raise UnusableSetting(
            f"{_KEY.variable} is not set: ask for a free map key at"
            " https://firms.modaps.eosdis.nasa.gov/api/map_key/, or name files to read"
        )
    area, periods = _area(ask), list(_periods(ask))
    for product in ask.settings[_PRODUCTS.variable].split(","):
        if product.strip() not in _KNOWN_PRODUCTS:
            known = ", ".join(_KNOWN_PRODUCTS)
            raise UnusableSetting(f"{_PRODUCTS.variable} may name {known}; got {product!r}")
        path = [ask.settings[_URL.variable].rstrip("/"), quote(key, safe=""), product.strip()]
        for period in periods:
            yield Request("/".join([*path, area, *period]), context={"area": area})


def _area(ask: Ask) -> str:
    written = ask.settings[_AREA.variable].replace(" ", "")
    try:
        west, south, east, north = map(float, written.split(","))
    except ValueError:
        west = south = east = north = 0.0
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise UnusableSetting(
            f"{_AREA.variable} must be west,south,east,north in degrees, got {written!r}"
        )
    return written


def _periods(ask: Ask) -> Iterator[list[str]]:
    """How many days, and the first where it is not the latest that are asked for."""
    days, since = _days(ask), _since(ask)
    today = ask.now.date()
    known = today if ask.known_until is None else ask.known_until.date()
    missed = (today - known).days + 1
    if since or missed <= int(days):
        yield [days, *since]
        return
    missed = min(missed, _MOST_DAYS_BACK)
    for back in range(missed, 0, -_MOST_DAYS_AT_ONCE):
        first = today - timedelta(days=back - 1)
        yield [str(min(back, _MOST_DAYS_AT_ONCE)), first.isoformat()]


def _days(ask: Ask) -> str:
    days = ask.settings[_DAYS.variable]
    if days not in map(str, range(1, _MOST_DAYS_AT_ONCE + 1)):
        raise UnusableSetting(f"{_DAYS.variable} must be 1 to {_MOST_DAYS_AT_ONCE}, got {days!r}")
    return days


def _since(ask: Ask) -> list[str]:
    since = ask.settings.get(_SINCE.variable)
    try:
        return [date.fromisoformat(since).isoformat()] if since else []
    except ValueError:
        raise UnusableSetting(f"{_SINCE.variable} must be YYYY-MM-DD, got {since!r}") from None


def _warn(count: int, delivery: Delivery) -> str | None:
    return None if count else "a header and no rows: no fire seen, or no data for these days yet"


def _formats() -> Iterable[Format]:
    for required, optional in (_VIIRS, _MODIS):
        yield Format("csv", required, optional, _COUNTRY, (), _SYNONYMS, _POSITION)
    yield Format("csv", _REDUCED)


_parse = row_by_row(_read)

SOURCE = Source(
    name="firms",
    title=Text("จุดความร้อนจาก NASA FIRMS", "Hotspots from NASA FIRMS"),
    url="https://firms.modaps.eosdis.nasa.gov",
    licence="free to use with acknowledgement of NASA FIRMS",
    tables=("hotspot",),
    formats=tuple(_formats()),
    parse=_parse,
    batch_parser=partial(BatchParser, "hotspot", _parse),
    requests=_requests,
    # Near-real-time rows come within three hours of a pass and are added to all day. A key has
    # 5,000 transactions in ten minutes (firms.modaps.eosdis.nasa.gov/api/, read in November 2026
    # through others that cite it); a question of our box and few days is a handful, and
    # /mapserver/mapkey_status/?MAP_KEY=… tells how many were used.
    every=timedelta(minutes=30),
    warn=_warn,
    settings=(_KEY, _URL, _AREA, _PRODUCTS, _DAYS, _SINCE),
    plausible=HOTSPOT,
)
