"""Rows for the tests of reports, and what the database keeps of them."""

from datetime import datetime
from itertools import count
from typing import Any

from psycopg2.extensions import connection as Connection

from tests.makers import insert

_NUMBERS = count(1)


def fetched(connection: Connection, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """What a statement of the owner answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def hotspot(
    connection: Connection,
    at: str,
    *,
    lon: float = 100.25,
    lat: float = 13.55,
    land_use: str | None = "sugarcane",
    times: int = 1,
    **values: Any,
) -> None:
    """So many detections of a minute at a place."""
    fetched(connection, "SELECT ensure_months('hotspot', %(at)s, %(at)s)", at=at)
    for _ in range(times):
        insert(
            connection,
            "hotspot",
            id=f"hotspot-{next(_NUMBERS)}",
            acquired_at=at,
            lon=lon,
            lat=lat,
            land_use=land_use,
            sources=["firms"],
            **{"time_precision": "minute", "satellite": "N", "daynight": "D"} | values,
        )


def station(
    connection: Connection, id: str = "29t", *, lon: float = 100.25, lat: float = 13.55
) -> None:
    """A station on the ground."""
    insert(
        connection,
        "air_station",
        id=id,
        name_th=f"สถานี {id}",
        name_en=f"Station {id}",
        kind="ground",
        lon=lon,
        lat=lat,
        source="air4thai",
    )


def reading(connection: Connection, at: str, *, id: str = "29t", **values: Any) -> None:
    """What a station told of an hour that ended `at`."""
    fetched(connection, "SELECT ensure_months('air_measurement', %(at)s, %(at)s)", at=at)
    insert(
        connection, "air_measurement", station_id=id, observed_at=at, source="air4thai", **values
    )


def run(connection: Connection, source: str, at: str) -> None:
    """A reading of a source that succeeded."""
    insert(
        connection,
        "run",
        source=source,
        input="-",
        status="succeeded",
        started_at=at,
        finished_at=at,
    )


def asked(
    connection: Connection, at: datetime | str, source: str = "firms", status: str = "succeeded"
) -> None:
    """A live feed that was asked at a time and answered, or failed."""
    values = {"started_at": at, "finished_at": at, "known_until": at, "status": status}
    insert(connection, "run", source=source, input="live", **values)
