"""Air4Thai, the Pollution Control Department's stations: the current reading and hourly history.

Every value comes as text, missing ones as -1, -999, "", "-" or "N/A" or not at all; times are Thai
local time without a zone, and 24:00 occurs. A value that cannot be read is left empty. PCD
documents neither the unit of wind speed nor whether an hour is labelled by its start or its end:
values of 0 to 5 read as m/s, and the label is kept as given.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from layers.cleaning.coordinates import Place
from layers.model import (
    AIR,
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
    warnings_of,
)
from layers.times import THAI_TIME, thai_day

_MISSING_NUMBERS = frozenset({-1.0, -99.0, -999.0, -9999.0})
_KINDS = {"GROUND": "ground", "BKK": "ground", "MOBILE": "mobile"}

# The current answer gives means over 24 h for PM, 8 h for O3 and CO, 1 h for NO2 and SO2.
_CURRENT = {
    "PM25": "pm25_24h",
    "PM10": "pm10_24h",
    "O3": "o3_8h",
    "CO": "co_8h",
    "NO2": "no2_1h",
    "SO2": "so2_1h",
}
# The history gives every pollutant by the hour.
_HOURLY = {
    "PM25": "pm25_1h",
    "PM10": "pm10_1h",
    "O3": "o3_1h",
    "CO": "co_1h",
    "NO2": "no2_1h",
    "SO2": "so2_1h",
    "WS": "wind_speed_m_s",
    "WD": "wind_from_deg",
    "TEMP": "temperature_c",
    "RH": "humidity_pct",
}
_HOUR_COLUMNS = frozenset(_HOURLY) | {"DATETIMEDATA"}
_NOT_STORED = frozenset({"BP", "RAIN"})
_STATION = frozenset({"nameTH", "nameEN", "areaTH", "areaEN", "stationType", "lat", "long"})
_HISTORY_FILE = re.compile(r"air4thai_([a-z]*\d+[a-z]*)_", re.IGNORECASE)


# What an answer has within its records that we do not know, and where it was met first.
News = dict[str, Record]


def _parse(records: Iterable[Record], delivery: Delivery) -> Iterator[Row | Rejected]:
    named = False
    news: News = {}
    for record in records:
        try:
            record.check()
            if "AQILast" in record.values:
                yield from _current(record, delivery, news)
            elif "data" in record.values:
                yield from _history(record.needed("stationID"), _items(record, news), delivery)
            elif "station_id" in record.values:
                yield _listed(record)
            else:
                station = _station_of_file(delivery)
                if not named:
                    yield _unnamed(station)
                    named = True
                yield _hour(station, record, delivery)
        except BadValue as problem:
            yield Rejected(record, problem.reason, problem.detail)
        else:
            yield from warnings_of(record)
    for name, first in news.items():
        yield Rejected(first, "values that are not known: not read", name, stored=True)


# --- the current reading ----------------------------------------------------------------------


def _current(record: Record, delivery: Delivery, news: News) -> Iterator[Row]:
    """The station, and its reading where that can be read."""
    station = record.needed("stationID")
    last = dict(_mapping(record.values["AQILast"], "AQILast"))
    day, hour = last.pop("date", ""), last.pop("time", "")
    reading = {
        column: _value(record, last.pop(name, None), name) for name, column in _CURRENT.items()
    }
    overall = _mapping(last.pop("AQI", None) or {}, "AQI")
    unknown = [*last, *(f"AQI.{name}" for name in overall.keys() - {"color_id", "aqi", "param"})]
    for name in sorted(unknown):
        news.setdefault(f"AQILast.{name}", record)
    index = _measured(record, "AQI", overall.get("aqi"))
    reading["aqi_reported"] = None if index is None else int(index)
    yield _station(
        record, station, ("nameTH", "nameEN", "areaTH", "areaEN"), "long", "lat", "stationType"
    )
    if all(value is None for value in reading.values()):
        record.warn("no value in the station's reading", station)
        return
    param = overall.get("param")
    time = Record(0, {"AQILast": f"{day} {hour}"}, "").needed_time("AQILast", THAI_TIME)
    values = {
        "station_id": station,
        "observed_at": delivery.observed(time),
        **reading,
        "aqi_param": param if param in _CURRENT else None,
        "forecast": False,
        "source": "air4thai",
    }
    yield Row("air_measurement", values, record)


def _mapping(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BadValue(f"{name} is not an object", type(value).__name__)
    return value


def _value(record: Record, pollutant: Any, name: str) -> float | None:
    """The concentration in {"color_id", "aqi", "value"}; PCD's own sub-index is not kept."""
    if pollutant is None:
        return None
    return _measured(record, name, _mapping(pollutant, name).get("value"))


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


def _history(station: str, hours: Iterable[Record], delivery: Delivery) -> Iterator[Row | Rejected]:
    yield _unnamed(station)
    for hour in hours:
        try:
            yield _hour(station, hour, delivery)
        except BadValue as problem:
            yield Rejected(hour, problem.reason, problem.detail)
        else:
            yield from warnings_of(hour)


def _unnamed(station: str) -> Row:
    return Row("air_station", {"id": station, "source": "air4thai"})


def _hour(station: str, record: Record, delivery: Delivery) -> Row:
    observed_at = delivery.observed(record.needed_time("DATETIMEDATA", THAI_TIME))
    row: dict[str, Any] = {
        column: _measured(record, name, record.values.get(name)) for name, column in _HOURLY.items()
    }
    # Air of 0 % humidity does not occur; a logger without its sensors writes 0 in all four.
    if row["humidity_pct"] == 0:
        row["humidity_pct"] = None
        if row["temperature_c"] == 0:
            row["temperature_c"] = None
            if row["wind_speed_m_s"] == row["wind_from_deg"] == 0:
                row.update(wind_speed_m_s=None, wind_from_deg=None)
    known = {"observed_at": observed_at, "forecast": False, "source": "air4thai"}
    return Row("air_measurement", {"station_id": station, **row, **known}, record)


# --- stations and values ----------------------------------------------------------------------


def _listed(record: Record) -> Row:
    """A line of a list of stations with coordinates."""
    names = ("name_th", "", "area_th", "")
    return _station(record, record.needed("station_id"), names, "lon", "lat", "kind")


def _station(
    record: Record, station: str, names: tuple[str, str, str, str], lon: str, lat: str, kind: str
) -> Row:
    """The station's row; `names` are the columns of name and area in Thai, and in English where
    there are any."""
    described = zip(("name_th", "name_en", "area_th", "area_en"), names, strict=True)
    try:
        place: Place | None = record.place(lat, lon)
    except BadValue as problem:
        record.warn("station has no coordinates in Thailand", f"{station}: {problem.detail}")
        place = None
    given = record.text(kind)
    if given is not None and given not in _KINDS:
        record.warn("unknown kind of station", f"{station}: {given}")
    values = {column: record.text(name) for column, name in described}
    return Row(
        "air_station",
        {
            "id": station,
            **values,
            "kind": _KINDS.get(given or ""),
            "lon": place and place.lon,
            "lat": place and place.lat,
            "source": "air4thai",
        },
        record,
    )


def _measured(record: Record, name: str, written: Any) -> float | None:
    """A value of the record, which may be found deeper in it; None and a warning for one that is no
    number."""
    cell = Record(0, {name: written}, "")
    number = cell.lenient(cell.number, name)
    record.warnings += cell.warnings
    return None if number in _MISSING_NUMBERS else number


# --- the live feed ----------------------------------------------------------------------------


def _requests(ask: Ask) -> Iterator[Request]:
    """The current reading of every station, then the last day of those whose history is set."""
    yield Request(ask.settings["FAHSAI_AIR4THAI_URL"])
    today = thai_day(ask.now)
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
    key=("stationID", "station_id", "DATETIMEDATA"),
    requests=_requests,
    # Stations report by the hour, within the hour after it: twice an hour misses none.
    every=timedelta(minutes=30),
    plausible=AIR,
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
