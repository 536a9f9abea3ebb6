"""Rows of a small world around a factory, at distances and directions that are told."""

from datetime import UTC, date, datetime, timedelta

from psycopg2.extensions import connection as Connection
from pyproj import Geod

from tests.makers import insert

WGS84 = Geod(ellps="WGS84")
LON, LAT = 100.25, 14.35
DAY = date(2026, 3, 2)
MORNING = datetime(2026, 3, 2, 1, tzinfo=UTC)  # 08:00 in Thailand
NOW = MORNING + timedelta(hours=2)
HOUR = timedelta(hours=1)
WORLD = ("2024-01-01", "2026-12-31")


def months(connection: Connection) -> None:
    """Room for what happens in three years."""
    for table in ("air_measurement", "hotspot"):
        with connection.cursor() as cursor:
            values = {"table": table, "first": WORLD[0], "last": WORLD[1]}
            cursor.execute("SELECT ensure_months(%(table)s, %(first)s, %(last)s)", values)


def towards(azimuth: float, metres: float) -> dict[str, float]:
    """The place so far from the factory."""
    lon, lat, _ = WGS84.fwd(LON, LAT, azimuth, metres)
    return {"lon": lon, "lat": lat}


def station(connection: Connection, id: str = "36t", metres: float = 13_000) -> str:
    """A station east of the factory; its id."""
    names = {"name_th": f"สถานี {id}", "name_en": f"Station {id}"}
    insert(
        connection,
        "air_station",
        id=id,
        kind="ground",
        source="air4thai",
        **names,
        **towards(90, metres),
    )
    return id


def reading(
    connection: Connection, at: datetime = MORNING, station: str = "36t", **values: float
) -> None:
    """What a station measured in the hour that ends at `at`: columns of air_measurement."""
    insert(
        connection,
        "air_measurement",
        station_id=station,
        observed_at=at,
        source="air4thai",
        **values,
    )


def wind(connection: Connection, from_deg: float = 0, speed_m_s: float = 2.0) -> None:
    """The wind of the morning at a station of its own."""
    station(connection, "vane")
    reading(connection, station="vane", wind_from_deg=from_deg, wind_speed_m_s=speed_m_s)


def fire(
    connection: Connection,
    azimuth: float,
    metres: float,
    at: datetime = MORNING - 6 * HOUR,
    land_use: str | None = "paddy",
    **values: object,
) -> None:
    """A detection so far from the factory."""
    row: dict[str, object] = {
        "id": f"{at:%Y%m%d%H%M}-{azimuth:g}-{metres:g}",
        "acquired_at": at,
        "time_precision": "minute",
        "land_use": land_use,
        "sources": ["firms"],
        **towards(azimuth, metres),
        **values,
    }
    insert(connection, "hotspot", **row)


def succeeded(connection: Connection, source: str) -> int:
    """A Run that succeeded; its id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO run (source, input, status, finished_at)"
            " VALUES (%(source)s, '', 'succeeded', %(at)s) RETURNING id",
            {"source": source, "at": MORNING - HOUR},
        )
        (id,) = cursor.fetchone() or (0,)
        return int(id)


def upwind(connection: Connection, factory: str, day: date = DAY, fires: int = 2) -> None:
    """What the analysis found of a factory."""
    insert(
        connection,
        "upwind_fire",
        day=day,
        factory_id=factory,
        fires=fires,
        nearest_m=8900.0,
        nearest_bearing_deg=350.0,
        nearest_land_use="paddy",
        nearest_observed_at=MORNING - 6 * HOUR,
        run_id=succeeded(connection, "upwind_fires"),
    )


def coverage(
    connection: Connection, factories: int, judged: int, day: date = DAY, province: str = "74"
) -> None:
    """How many factories of a province the analysis could judge."""
    insert(
        connection,
        "upwind_coverage",
        day=day,
        province_code=province,
        factories=factories,
        judged=judged,
        run_id=succeeded(connection, "upwind_fires"),
    )


def estate(connection: Connection, id: str, *, office: bool = False) -> None:
    """An industrial estate where the factory is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO industrial_estate (id, name_th, office, lon, lat, source)"
            " VALUES (%(id)s, %(id)s, %(office)s, %(lon)s, %(lat)s, 'industrial_estates')",
            {"id": id, "office": office, "lon": LON, "lat": LAT},
        )


def certificate(
    connection: Connection, factory: str, level: int, issued: str, expires: str | None = None
) -> None:
    """A Green Industry certificate."""
    insert(
        connection,
        "green_certificate",
        factory_ref=factory,
        level=level,
        issued_on=issued,
        expires_on=expires,
        source="green_industry",
    )
