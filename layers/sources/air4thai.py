"""Air4Thai, the Pollution Control Department's stations: the current reading and hourly history.

Every value comes as text, missing ones as -1, -999, "", "-" or "N/A" or not at all; times are Thai
local time without a zone. PCD documents neither the unit of wind speed nor whether an hour is
labelled by its start or its end: values of 0 to 5 read as m/s, and the label is kept as given.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

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
    UnexpectedPayload,
)
from layers.times import THAI_TIME

_FIRST_YEAR = 1990
_MISSING_NUMBERS = frozenset({-1.0, -999.0})
_KINDS = {"GROUND": "ground", "BKK": "ground", "MOBILE": "mobile"}
_BOX = (97.34, 5.63, 105.64, 20.46)  # west, south, east, north of Thailand

# The current answer gives means over 24 h for PM, 8 h for O3 and CO, 1 h for NO2 and SO2.
_CURRENT = {
    "PM25": "pm25_24h",
    "PM10": "pm10_24h",
    "O3": "o3_8h",
    "CO": "co_8h",
    "NO2": "no2_1h",
    "SO2": "so2_1h",
}
# The history gives every pollutant by the hour: the column and the highest value believed.
_HOURLY = {
    "PM25": ("pm25_1h", 2000),
    "PM10": ("pm10_1h", 3000),
    "O3": ("o3_1h", 1000),
    "CO": ("co_1h", 100),
    "NO2": ("no2_1h", 2000),
    "SO2": ("so2_1h", 5000),
    "WS": ("wind_speed_m_s", 75),
    "WD": ("wind_from_deg", 360),
    "TEMP": ("temperature_c", 55),
    "RH": ("humidity_pct", 100),
}
_HOUR_COLUMNS = frozenset(_HOURLY) | {"DATETIMEDATA"}
_NOT_STORED = frozenset({"BP", "RAIN"})
_STATION = frozenset({"nameTH", "nameEN", "areaTH", "areaEN", "stationType", "lat", "long"})
_HISTORY_FILE = re.compile(r"air4thai_([a-z]*\d+[a-z]*)_", re.IGNORECASE)


# What an answer has within its records that we do not know, and where it was met first.
News = dict[str, Record]


def _parse(records: Iterable[Record], delivery: Delivery) -> Iterator[Row | Rejected]:
    """An hour of a CSV names no station, and only all hours together tell whether it has a vane:
    a file's hours (at most the 90 days that the service keeps) are held until its end."""
    hours: list[Record] = []
    news: News = {}
    for record in records:
        try:
            record.check()
            if "AQILast" in record.values:
                yield from list(_current(record, delivery, news))
            elif "data" in record.values:
                yield from _history(record.needed("stationID"), _items(record, news), delivery)
            elif "station_id" in record.values:
                yield from list(_listed(record))
            else:
                hours.append(record)
        except BadValue as problem:
            yield Rejected(record, problem.reason, problem.detail)
    if hours:
        yield from _history(_station_of_file(delivery), hours, delivery)
    for name, first in news.items():
        yield Rejected(first, "values that are not known: not read", name, stored=True)


# --- the current reading ----------------------------------------------------------------------


def _current(record: Record, delivery: Delivery, news: News) -> Iterator[Row | Rejected]:
    station = record.needed("stationID")
    yield from _station(
        record, station, ("nameTH", "nameEN", "areaTH", "areaEN"), "long", "lat", "stationType"
    )
    last = dict(_mapping(record.values["AQILast"], "AQILast"))
    day, hour = last.pop("date", ""), last.pop("time", "")
    reading = {column: _value(last.pop(name, None), name) for name, column in _CURRENT.items()}
    overall = _mapping(last.pop("AQI", None) or {}, "AQI")
    unknown = [*last, *(f"AQI.{name}" for name in overall.keys() - {"color_id", "aqi", "param"})]
    for name in sorted(unknown):
        news.setdefault(f"AQILast.{name}", record)
    reading["aqi_reported"] = _whole(overall.get("aqi"))
    if all(value is None for value in reading.values()):
        yield Rejected(record, "no value in the station's reading", station, stored=True)
        return
    param = overall.get("param")
    yield Row(
        "air_measurement",
        {
            "station_id": station,
            "observed_at": _utc(f"{day} {hour}", "%Y-%m-%d %H:%M", delivery),
            **reading,
            "aqi_param": param if param in _CURRENT else None,
            "forecast": False,
            "source": "air4thai",
        },
    )


def _mapping(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BadValue(f"{name} is not an object", type(value).__name__)
    return value


def _value(pollutant: Any, name: str) -> float | None:
    """The concentration in {"color_id", "aqi", "value"}; PCD's own sub-index is not kept."""
    if pollutant is None:
        return None
    return _number(Record(0, dict(_mapping(pollutant, name)), ""), "value", _HOURLY[name][1])


def _whole(text: Any) -> int | None:
    number = _number(Record(0, {"aqi": text}, ""), "aqi", 1000)
    return None if number is None else int(number)


# --- hourly history ---------------------------------------------------------------------------


def _items(record: Record, news: News) -> list[Record]:
    """The hours of a station in the JSON answer, as records of their own."""
    given = record.values["data"]
    if not isinstance(given, list):
        raise BadValue("data is not a list of hours", type(given).__name__)
    hours = [Record(record.line, dict(_mapping(h, "an hour")), str(h)) for h in given]
    for hour in hours:
        for name in sorted(hour.values.keys() - _HOUR_COLUMNS - _NOT_STORED):
            news.setdefault(f"data.{name}", record)
    return hours


def _station_of_file(delivery: Delivery) -> str:
    named = _HISTORY_FILE.search(delivery.name)
    if named is None:
        raise UnexpectedPayload(
            f"{delivery.name} must name its station, as in air4thai_28t_2024-02-20.csv"
        )
    return named[1]


def _history(station: str, hours: list[Record], delivery: Delivery) -> Iterator[Row | Rejected]:
    yield Row("air_station", {"id": station, "source": "air4thai"})
    rows: list[dict[str, Any]] = []
    for hour in hours:
        try:
            rows.append(_hour(hour, delivery))
        except BadValue as problem:
            yield Rejected(hour, problem.reason, problem.detail)
    if rows and not any(row["wind_speed_m_s"] or row["wind_from_deg"] for row in rows):
        had = any(row["wind_speed_m_s"] is not None for row in rows)
        for row in rows:
            row.update(wind_speed_m_s=None, wind_from_deg=None)
        if had:
            reason = "wind is 0 from 0° in every hour: no instrument, stored as missing"
            yield Rejected(hours[0], reason, station, stored=True)
    for row in rows:
        yield Row("air_measurement", {"station_id": station, **row})


def _hour(record: Record, delivery: Delivery) -> dict[str, Any]:
    observed_at = _utc(record.needed("DATETIMEDATA"), "%Y-%m-%d %H:%M:%S", delivery)
    row: dict[str, Any] = {
        column: _number(record, name, high) for name, (column, high) in _HOURLY.items()
    }
    # Air of 0 % humidity does not occur; a logger without its sensors writes 0 in all four.
    if row["humidity_pct"] == 0:
        row["humidity_pct"] = None
        if row["temperature_c"] == 0:
            row["temperature_c"] = None
            if row["wind_speed_m_s"] == row["wind_from_deg"] == 0:
                row.update(wind_speed_m_s=None, wind_from_deg=None)
    return {"observed_at": observed_at, **row, "forecast": False, "source": "air4thai"}


# --- stations and values ----------------------------------------------------------------------


def _listed(record: Record) -> Iterator[Row | Rejected]:
    """A line of a list of stations with coordinates."""
    names = ("name_th", "", "area_th", "")
    yield from _station(record, record.needed("station_id"), names, "lon", "lat", "kind")


def _station(
    record: Record, station: str, names: tuple[str, str, str, str], lon: str, lat: str, kind: str
) -> Iterator[Row | Rejected]:
    """The station's row; `names` are the columns of name and area in Thai, and in English where
    there are any."""
    described = zip(("name_th", "name_en", "area_th", "area_en"), names, strict=True)
    place = (record.number(lon), record.number(lat))
    if not _within_thailand(*place):
        yield Rejected(
            record, "station has no coordinates in Thailand", f"{station}: {place}", stored=True
        )
        place = (None, None)
    given = record.text(kind)
    if given is not None and given not in _KINDS:
        yield Rejected(record, "unknown kind of station", f"{station}: {given}", stored=True)
    values = {column: record.text(name) for column, name in described}
    yield Row(
        "air_station",
        {
            "id": station,
            **values,
            "kind": _KINDS.get(given or ""),
            "lon": place[0],
            "lat": place[1],
            "source": "air4thai",
        },
    )


def _within_thailand(lon: float | None, lat: float | None) -> bool:
    west, south, east, north = _BOX
    return lon is not None and lat is not None and west <= lon <= east and south <= lat <= north


def _number(record: Record, name: str, high: float) -> float | None:
    number = record.number(name, high=high)
    if number in _MISSING_NUMBERS:
        return None
    # Below 0 only temperature is a value.
    return record.number(name, -5 if name == "TEMP" else 0, high)


def _utc(text: str, form: str, delivery: Delivery) -> datetime:
    try:
        time = datetime.strptime(text, form).replace(tzinfo=THAI_TIME).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadValue("time is not understood", repr(text)) from None
    if time.year < _FIRST_YEAR or time > delivery.received_at + timedelta(days=1):
        raise BadValue("time is not that of a reading", f"{text}, received {delivery.received_at}")
    return time


# --- the live feed ----------------------------------------------------------------------------


def _requests(ask: Ask) -> Iterator[Request]:
    """The current reading of every station, then the last day of those whose history is set."""
    yield Request(ask.settings["FAHSAI_AIR4THAI_URL"])
    today = ask.now.astimezone(THAI_TIME).date()
    stations = ask.settings.get("FAHSAI_AIR4THAI_HISTORY_STATIONS", "")
    for station in filter(None, map(str.strip, stations.split(","))):
        yield Request(
            ask.settings["FAHSAI_AIR4THAI_HISTORY_URL"],
            params={
                "stationID": station,
                "param": ",".join(_HOURLY),
                "type": "hr",
                "sdate": f"{today - timedelta(days=1):%Y-%m-%d}",
                "edate": f"{today:%Y-%m-%d}",
                "stime": "00",
                "etime": "23",
            },
        )


SOURCE = Source(
    name="air4thai",
    title=Text("สถานีตรวจวัดคุณภาพอากาศ กรมควบคุมมลพิษ", "Air4Thai air quality stations"),
    url="http://air4thai.pcd.go.th",
    licence="not stated by the provider",
    tables=("air_station", "air_measurement"),
    formats=(
        Format(
            "json",
            required=frozenset({"stationID", "AQILast"}),
            optional=_STATION,
            ignored=frozenset({"forecast"}),
            path=("stations",),
        ),
        Format(
            "json",
            required=frozenset({"stationID", "data"}),
            ignored=frozenset({"summary"}),
            path=("stations",),
        ),
        Format(
            "csv",
            required=frozenset({"DATETIMEDATA"}),
            optional=frozenset(_HOURLY),
            ignored=_NOT_STORED | {""},
        ),
        Format(
            "csv",
            required=frozenset({"station_id", "lat", "lon"}),
            optional=frozenset({"name_th", "area_th", "kind"}),
            ignored=frozenset({"coord_source"}),
            synonyms={
                **dict.fromkeys(("รหัสสถานี", "สถานี"), "station_id"),
                "ชื่อสถานี": "name_th",
                **dict.fromkeys(("พื้นที่", "ที่ตั้ง"), "area_th"),
                **dict.fromkeys(("ประเภท", "ประเภทสถานี"), "kind"),
                **dict.fromkeys(("latitude", "ละติจูด"), "lat"),
                **dict.fromkeys(("longitude", "long", "lng", "ลองจิจูด"), "lon"),
            },
            position=("lon", "lat"),
        ),
    ),
    parse=_parse,
    requests=_requests,
    settings=(
        Setting(
            "FAHSAI_AIR4THAI_URL",
            "The stations' current readings.",
            # Plain HTTP: the certificate chain that the host sends over TLS is incomplete.
            "http://air4thai.pcd.go.th/services/getNewAQI_JSON.php",
        ),
        Setting(
            "FAHSAI_AIR4THAI_HISTORY_URL",
            "The stations' hourly history, with wind.",
            "http://air4thai.com/forweb/getHistoryData.php",
        ),
        Setting(
            "FAHSAI_AIR4THAI_HISTORY_STATIONS",
            "Stations whose hourly history is read too, as in 29t,31t,34t; none unless set.",
        ),
    ),
)
