"""Makes and commits the rows that pages show, so that the service on its port sees them."""

from datetime import UTC, datetime, timedelta

from psycopg2.extensions import connection as Connection

from tests.makers import factory, insert, province, released_complaints, wind_reading

NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)


def small_world(connection: Connection) -> None:
    """One of each, in or near Samut Sakhon."""
    province(connection)
    factory(connection)
    station(connection, pm25=20.5)
    released(connection, "2026-01-01", p74=20)
    hotspot(connection, "h1", NOW - timedelta(hours=5))


def succeeded(connection: Connection, *sources: str) -> None:
    """Their live feeds have just been asked."""
    for source in sources:
        times = {"finished_at": NOW, "known_until": NOW}
        values = {"input": "live", "status": "succeeded", **times}
        insert(connection, "run", source=source, **values)
    connection.commit()


def hotspot(
    connection: Connection,
    id: str,
    at: datetime,
    *,
    lon: float = 100.3,
    lat: float = 13.6,
    land_use: str | None = None,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('hotspot', %(at)s, %(at)s)", {"at": at})
    insert(
        connection,
        "hotspot",
        id=id,
        acquired_at=at,
        time_precision="minute",
        lon=lon,
        lat=lat,
        land_use=land_use,
        sources=["firms"],
    )
    connection.commit()


def released(connection: Connection, start: str, **homes: int | None) -> None:
    """A month of complaints by province that was released, as `p74=20`; None for too few."""
    by_code = {name.removeprefix("p"): number for name, number in homes.items()}
    released_complaints(connection, by_code, start=start)
    connection.commit()


def station(connection: Connection, *, pm25: float) -> None:
    """A station whose latest 24-hour mean is `pm25`, in µg/m³."""
    at = NOW - timedelta(hours=1)
    insert(
        connection,
        "air_station",
        id="27t",
        name_th="สมุทรสาคร",
        lon=100.3,
        lat=13.6,
        source="air4thai",
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('air_measurement', %(at)s, %(at)s)", {"at": at})
    insert(
        connection,
        "air_measurement",
        station_id="27t",
        observed_at=at,
        pm25_24h=pm25,
        source="air4thai",
    )
    connection.commit()


def wind(
    connection: Connection,
    station: str,
    at: datetime,
    *,
    from_deg: float,
    speed_m_s: float = 3.0,
    forecast: bool = False,
) -> None:
    """What the wind is at a station of `station`'s name, an hour's reading."""
    wind_reading(connection, station, at, from_deg=from_deg, speed_m_s=speed_m_s, forecast=forecast)
    connection.commit()
