"""Open-Meteo: hourly modelled wind and weather at points; hours still to come are forecasts.

The points are the model's, not stations: wind 10 m above ground, of the grid cell around the
point. Also reads a table of hours by northern province that others made from the same service.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

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
    UnusableSetting,
    row_by_row,
)
from layers.times import THAI_TIME

# English and Thai names of towns and industrial places with a point in their middle, WGS84 to
# 0.01°, about a kilometre; the model's cells are several kilometres wide.
_PLACES = {
    "Chiang Mai": ("เชียงใหม่", 98.98, 18.79),
    "Chiang Rai": ("เชียงราย", 99.83, 19.91),
    "Lampang": ("ลำปาง", 99.50, 18.29),
    "Lamphun": ("ลำพูน", 99.01, 18.58),
    "Mae Hong Son": ("แม่ฮ่องสอน", 97.97, 19.30),
    "Nan": ("น่าน", 100.77, 18.78),
    "Phayao": ("พะเยา", 99.90, 19.17),
    "Phrae": ("แพร่", 100.14, 18.14),
    "Map Ta Phut": ("มาบตาพุด", 101.17, 12.71),
    "Laem Chabang": ("แหลมฉบัง", 100.92, 13.12),
    "Samut Prakan": ("สมุทรปราการ", 100.60, 13.60),
    "Samut Sakhon": ("สมุทรสาคร", 100.28, 13.55),
    "Bangkok": ("กรุงเทพมหานคร", 100.50, 13.75),
    "Ayutthaya": ("พระนครศรีอยุธยา", 100.57, 14.35),
    "Saraburi": ("สระบุรี", 100.91, 14.53),
    "Kanchanaburi": ("กาญจนบุรี", 99.53, 14.02),
    "Nakhon Sawan": ("นครสวรรค์", 100.13, 15.70),
    "Nakhon Ratchasima": ("นครราชสีมา", 102.10, 14.97),
    "Khon Kaen": ("ขอนแก่น", 102.83, 16.43),
    "Hat Yai": ("หาดใหญ่", 100.47, 7.01),
}
_DEFAULT_POINTS = ";".join(f"{name}:{lon},{lat}" for name, (_, lon, lat) in _PLACES.items())

_SPEEDS_M_S = {"km/h": 1 / 3.6, "m/s": 1.0, "mp/h": 0.44704, "kn": 1852 / 3600}
_HOURLY = (
    "wind_speed_10m",
    "wind_direction_10m",
    "temperature_2m",
    "relative_humidity_2m",
)
_UNITS = {"wind_direction_10m": "°", "temperature_2m": "°C", "relative_humidity_2m": "%"}
# Its SOURCE note says that hours after 27 April 2026 (Thai time) are forecasts.
_TABLE_FORECAST_FROM = datetime(2026, 4, 27, 17, tzinfo=UTC)


def _read(record: Record, delivery: Delivery) -> Iterator[Row | Rejected]:
    if "Province" in record.values:
        yield from _table_hour(record, delivery)
    else:
        yield from _point(record, delivery)


# --- the service's answer ---------------------------------------------------------------------


def _point(record: Record, delivery: Delivery) -> Iterator[Row]:
    """The hours of one point. A several-point answer comes in the order of the question, whose
    points travel in the delivery's context; a file without it is named by its own coordinates."""
    asked = _points(delivery.context.get("points", ""))
    here = (record.number("longitude", -180, 180), record.number("latitude", -90, 90))
    if asked and record.line > len(asked):
        raise UnexpectedPayload(f"{record.line} points answered, {len(asked)} asked for")
    name, lon, lat = asked[record.line - 1] if asked else (f"{here[1]:g},{here[0]:g}", *here)
    yield _station(name, lon, lat)

    if record.values.get("utc_offset_seconds") != 0:
        raise UnexpectedPayload("hours must be asked for in GMT (timezone=GMT)")
    to_m_s = _speed_factor(record.values["hourly_units"] or {})
    times, *columns = _lists(record.values["hourly"] or {})
    for text, *values in zip(times, *columns, strict=True):
        if any(value is not None for value in values):
            time = Record(0, {"time": text}, "").needed_time("time", UTC)
            observed_at = delivery.believed(time)
            forecast = delivery.foretold(observed_at)
            yield _hour(
                name, observed_at, dict(zip(_HOURLY, values, strict=True)), to_m_s, forecast
            )


def _lists(hourly: Mapping[str, Any]) -> list[list[Any]]:
    """The times and the values of each of _HOURLY, in its order."""
    lists = [hourly.get(column) or [] for column in ("time", *_HOURLY)]
    if len({len(values) for values in lists}) != 1:
        raise UnexpectedPayload("the hourly lists differ in length")
    return lists


def _speed_factor(units: Mapping[str, str]) -> float:
    """What makes the answer's wind speed m/s; UnexpectedPayload for a unit that is not known."""
    for column, unit in _UNITS.items():
        if units.get(column) != unit:
            raise UnexpectedPayload(f"{column} must be in {unit}, got {units.get(column)}")
    speed = units.get("wind_speed_10m", "")
    if speed not in _SPEEDS_M_S:
        raise UnexpectedPayload(f"wind speed must be in {', '.join(_SPEEDS_M_S)}, got {speed!r}")
    return _SPEEDS_M_S[speed]


# --- the table by province --------------------------------------------------------------------


def _table_hour(record: Record, delivery: Delivery) -> Iterator[Row]:
    """An hour of a province, its capital's point standing for it; wind in km/h, Thai local time.
    Its PM2.5 is CAMS's model; the author's own predictions and hotspot sums are left aside."""
    name = record.needed("Province")
    if name not in _PLACES:
        raise BadValue("province without a point", f"{name!r}: give it one in _PLACES")
    _, lon, lat = _PLACES[name]
    yield _station(name, lon, lat)
    observed_at = delivery.believed(record.needed_time("Datetime", THAI_TIME))
    values = {column: record.number(column) for column in _HOURLY}
    forecast = observed_at >= _TABLE_FORECAST_FROM
    hour = _hour(name, observed_at, values, _SPEEDS_M_S["km/h"], forecast)
    hour.values["pm25_1h"] = record.number("PM25")
    yield hour


# --- rows -------------------------------------------------------------------------------------


def _station(name: str, lon: float | None, lat: float | None) -> Row:
    return Row(
        "air_station",
        {
            "id": _id(name),
            "name_th": _PLACES[name][0] if name in _PLACES else None,
            "name_en": name,
            "kind": "model",
            "lon": lon,
            "lat": lat,
            "source": "openmeteo",
        },
    )


def _id(name: str) -> str:
    return "openmeteo-" + name.lower().replace(" ", "-")


def _hour(
    name: str, observed_at: datetime, values: Mapping[str, Any], to_m_s: float, forecast: bool
) -> Row:
    record = Record(0, dict(values), "")
    speed = record.number("wind_speed_10m")
    return Row(
        "air_measurement",
        {
            "station_id": _id(name),
            "observed_at": observed_at,
            "wind_speed_m_s": None if speed is None else round(speed * to_m_s, 2),
            "wind_from_deg": record.number("wind_direction_10m"),
            "temperature_c": record.number("temperature_2m"),
            "humidity_pct": record.number("relative_humidity_2m"),
            "forecast": forecast,
            "source": "openmeteo",
        },
    )


# --- the live feed ----------------------------------------------------------------------------


def _requests(ask: Ask) -> Iterable[Request]:
    """Yesterday to tomorrow for every point, in one question."""
    given = ask.settings.get("FAHSAI_OPENMETEO_POINTS", _DEFAULT_POINTS)
    points = _points(given)
    yield Request(
        ask.settings["FAHSAI_OPENMETEO_URL"],
        params={
            "latitude": ",".join(str(lat) for _, _, lat in points),
            "longitude": ",".join(str(lon) for _, lon, _ in points),
            "hourly": ",".join(_HOURLY),
            "past_days": "1",
            "forecast_days": "2",
            "timezone": "GMT",
        },
        context={"points": given},
    )


def _points(given: str) -> list[tuple[str, float, float]]:
    """Name, longitude and latitude of each point in "name:lon,lat;…". Raises UnusableSetting."""
    points = []
    for point in filter(None, map(str.strip, given.split(";"))):
        name, _, place = point.rpartition(":")
        lon, _, lat = place.partition(",")
        try:
            points.append((name or place, float(lon), float(lat)))
        except ValueError:
            raise UnusableSetting(
                f"FAHSAI_OPENMETEO_POINTS must hold name:lon,lat;…, got {point!r}"
            ) from None
    return points


SOURCE = Source(
    name="openmeteo",
    title=Text("ลมและอากาศจากแบบจำลอง Open-Meteo", "Open-Meteo modelled wind and weather"),
    url="https://open-meteo.com",
    licence="CC-BY-4.0",
    tables=("air_station", "air_measurement"),
    formats=(
        Format(
            "json",
            required=frozenset(
                {"latitude", "longitude", "utc_offset_seconds", "hourly", "hourly_units"}
            ),
            ignored=frozenset(
                {
                    "generationtime_ms",
                    "timezone",
                    "timezone_abbreviation",
                    "elevation",
                    "location_id",
                }
            ),
        ),
        Format(
            "csv",
            required=frozenset({"Province", "Datetime", "PM25", *_HOURLY}),
            ignored=frozenset(
                {
                    "precipitation",
                    "predicted",
                    "frp_sum",
                    "frp_mean",
                    "hotspot_count",
                    "surface_pressure",
                }
            ),
        ),
    ),
    parse=row_by_row(_read),
    requests=_requests,
    # The models behind it run every six hours or every three. Free, and not for commerce, are fewer
    # than 10,000 calls a day, 5,000 an hour and 600 a minute (open-meteo.com/en/terms); a question
    # of up to ten variables and seven days counts once per point (open-meteo.com/en/pricing, and
    # github.com/open-meteo/open-meteo/issues/1295): 20 points make 160 a day.
    every=timedelta(hours=3),
    plausible=AIR,
    settings=(
        Setting(
            "FAHSAI_OPENMETEO_URL",
            "The hourly forecast service.",
            "https://api.open-meteo.com/v1/forecast",
        ),
        Setting(
            "FAHSAI_OPENMETEO_POINTS",
            "Points whose hourly wind is read, as name:longitude,latitude;…; 20 towns unless set.",
        ),
    ),
)
