"""Makes single rows for tests; every default is telling, so a number in a test matters to it."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg2.extensions import connection as Connection
from psycopg2.sql import SQL, Composable, Identifier, Placeholder

from geo_api.analyses import AnalysisRun, carbon_vintages
from geo_api.database.runs import Tally


def insert(connection: Connection, table: str, **values: Any) -> None:
    """One row as given; `lon` and `lat` (degrees, WGS84) become `geom`, `wkt` an outline."""
    columns = dict.fromkeys(values.keys() - {"lon", "lat", "wkt"})
    cells: list[Composable] = [Placeholder(name) for name in columns]
    if "lon" in values:
        columns["geom"] = None
        cells.append(SQL("ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326)"))
    if "wkt" in values:
        columns["geom"] = None
        cells.append(SQL("ST_Multi(ST_GeomFromText(%(wkt)s, 4326))"))
    statement = SQL("INSERT INTO {} ({}) VALUES ({})").format(
        Identifier(*table.split(".")),
        SQL(", ").join(map(Identifier, columns)),
        SQL(", ").join(cells),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def box(west: float, south: float, east: float, north: float) -> str:
    """A rectangle as WKT."""
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return f"POLYGON(({', '.join(f'{lon} {lat}' for lon, lat in corners)}))"


def province(
    connection: Connection,
    code: str = "74",
    *,
    name_th: str = "สมุทรสาคร",
    name_en: str = "Samut Sakhon",
    region: str = "central",
    wkt: str = box(100.0, 13.4, 100.5, 13.8),
    source: str = "boundaries",
) -> str:
    """A rectangular province; its code."""
    names = {"name_th": name_th, "name_en": name_en, "region": region}
    insert(connection, "province", code=code, wkt=wkt, source=source, **names)
    return code


def wind_reading(
    connection: Connection,
    station: str,
    at: datetime | str,
    *,
    from_deg: float | None,
    speed_m_s: float,
    forecast: bool = False,
) -> None:
    """An hour's wind at a station, which must be there to be published."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('air_measurement', %(at)s, %(at)s)", {"at": at})
    insert(
        connection,
        "air_measurement",
        station_id=station,
        observed_at=at,
        wind_speed_m_s=speed_m_s,
        wind_from_deg=from_deg,
        forecast=forecast,
        source="air4thai",
    )


def factory(
    connection: Connection,
    id: str = "factory-1",
    *,
    lon: float = 100.25,
    lat: float = 13.55,
    name: str = "บริษัท ตัวอย่าง จำกัด",
    province_code: str | None = "74",
    status: str = "operating",
    location_precision: str = "government",
    source: str = "diw",
    **values: Any,
) -> str:
    """A factory at a point; its id. Further columns of the table by name."""
    insert(
        connection,
        "factory",
        id=id,
        lon=lon,
        lat=lat,
        name=name,
        province_code=province_code,
        status=status,
        location_precision=location_precision,
        source=source,
        **values,
    )
    return id


def complaint(
    connection: Connection,
    id: str,
    at: str,
    *,
    lon: float = 100.25,
    lat: float = 13.55,
    **more: Any,
) -> None:
    """An open complaint of odour."""
    values = {"source": "traffy", "ticket_id": id, **more}
    insert(
        connection,
        "complaint",
        id=id,
        lon=lon,
        lat=lat,
        category="odour",
        status="open",
        reported_at=at,
        **values,
    )


def attributed(
    connection: Connection, complaint_id: str, reason: str | None = None, **shares: float
) -> None:
    """What caused a complaint: nobody knows, for a reason, or factories by id with their pooled
    shares; half as much by the complaint alone."""
    told = sum(shares.values())
    none = {} if reason else {"none_pooled": 1 - told, "none_single": 1 - told / 2}
    rest = {} if reason else {"others": 0, "others_pooled": 0, "others_single": 0}
    wind = {"wind_speed_m_s": 2.4, "wind_from_deg": 90, "wind_age_h": 1, "station_m": 4_200}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO run (source, input, status) VALUES"
            " ('complaint_attribution', '', 'succeeded') RETURNING id"
        )
        [(run,)] = cursor.fetchall()
    insert(
        connection,
        "complaint_attribution",
        complaint_id=complaint_id,
        reason=reason,
        method="made by a test",
        computed_at="2026-03-02T00:00:00Z",
        run_id=run,
        **wind,
        **none,
        **rest,
    )
    for factory_id, share in shares.items():
        insert(
            connection,
            "complaint_candidate",
            complaint_id=complaint_id,
            factory_id=factory_id,
            distance_m=900,
            bearing_deg=88,
            share_before=share / 3,
            share_single=share / 2,
            share_pooled=share,
            leads=3 * share >= max(shares.values()),
        )


def hotspot(
    connection: Connection, id: str, at: str, *, lon: float = 100.25, lat: float = 13.55
) -> None:
    """A detection of a minute."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('hotspot', %(at)s, %(at)s)", {"at": at})
    precise = {"time_precision": "minute", "sources": ["firms"]}
    insert(connection, "hotspot", id=id, acquired_at=at, lon=lon, lat=lat, **precise)


def mill(connection: Connection, factory_id: str) -> None:
    """A sugar mill of which a season and a fortnight of it are known."""
    factory(connection, factory_id, factory_class="01103")
    insert(connection, "run", source="mill_burning", input="", status="succeeded")
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM run")
        [(run,)] = cursor.fetchall()
    insert(
        connection, "mill", mill_ref="10740000125555", factory_id=factory_id, name="โรงงาน",
        province_code="74", lon=100.25, lat=13.55, source="mill_burning", run_id=run,
    )  # fmt: skip
    for span, last in (("season", "2026-03-31"), ("fortnight", "2025-12-15")):
        insert(
            connection, "mill_burning", mill_ref="10740000125555", season=2025, span=span,
            first_day="2025-12-01", last_day=last, end_known_by="closing", fires=9.5, fires_low=7,
            fires_high=12, fires_nearest=8, fire_days=5, declared="declared", declared_days=15,
            fresh_t=900, burnt_t=100, burnt_pct=10, daily_cap_pct=25, days_told=0, expected=4,
            residual=2.1, residual_rank=3, ranked=51, zone_basis="shares", method="m",
            source="mill_burning", run_id=run,
        )  # fmt: skip


def released_complaints(
    connection: Connection,
    homes: Mapping[str, int | None],
    *,
    start: str = "2026-05-01",
    table: str = "complaint_months",
    period: str = "month",
    area: str = "province",
    wkt: str = box(100.0, 13.4, 100.5, 13.8),
) -> None:
    """A period that was released, with its areas by code: how many homes are shown, None for too
    few. An area that is a province has its outline, any other `wkt`."""
    months = {"month": 1, "quarter": 3, "year": 12}[period]
    told = {"table": table, "start": start, "period": period, "area": area, "months": months}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO complaint_release_period
            SELECT %(table)s, %(period)s, d, d + make_interval(months => %(months)s), %(area)s,
                d + make_interval(months => %(months)s), false, NULL,
                'made by a test; version 1', 14
            FROM (SELECT %(start)s::date AS d) AS s
            """,
            told,
        )
        for code, number in homes.items():
            cursor.execute(
                """
                INSERT INTO complaint_area
                SELECT %(area)s, %(code)s, coalesce(p.name_th, %(code)s),
                    coalesce(p.name_en, %(code)s), p.code,
                    coalesce(p.geom, ST_Multi(ST_GeomFromText(%(wkt)s, 4326)))
                FROM (SELECT 1) AS one
                LEFT JOIN province AS p ON p.code = %(code)s AND %(area)s = 'province'
                ON CONFLICT DO NOTHING
                """,
                {"area": area, "code": code, "wkt": wkt},
            )
            if number is not None:
                cursor.execute(
                    "INSERT INTO complaint_release (table_name, period_start, area, area_code,"
                    " homes) VALUES (%(table)s, %(start)s, %(area)s, %(code)s, %(homes)s)",
                    {**told, "code": code, "homes": number},
                )


def staff_account(connection: Connection, role: str = "officer", **values: Any) -> int:
    """Somebody who may sign in, of role `officer` in Samut Sakhon by default; the account's id."""
    if role == "officer":
        values = {"province_code": "74", **values}
    email = f"{secrets.token_hex(4)}@example.org"
    insert(connection, "account", email=email, name="สมหญิง ใจดี", role=role, **values)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM account WHERE email = %s", (email,))
        [(account,)] = cursor.fetchall()
    return int(account)


def session_of(
    connection: Connection, account: int, expires_at: str = "2999-01-01", token: str | None = None
) -> str:
    """The token of a session of the account."""
    token = token or secrets.token_urlsafe(32)
    insert(
        connection,
        "account_session",
        token_hash=hashlib.sha256(token.encode()).digest(),
        account_id=account,
        expires_at=expires_at,
    )
    return token


def firm(connection: Connection, id: str, **values: Any) -> str:
    """A factory of a firm of its own; its id."""
    return factory(connection, id, name=f"บริษัท {id} จำกัด", **values)


def factory_return(
    connection: Connection,
    factory_id: str,
    year: int,
    energy: str = "diesel",
    quantity: float = 1000,
    unit: str = "litre",
    source: str = "factory_returns",
) -> None:
    """A year's use of an energy."""
    insert(
        connection,
        "factory_return",
        factory_ref=factory_id,
        factory_id=factory_id,
        year=year,
        energy=energy,
        quantity=quantity,
        unit=unit,
        source=source,
    )


def publish_carbon(connection: Connection) -> str:
    """The next vintage of carbon, in the transaction there is; what the analysis says of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO run (source, input, status) VALUES ('carbon_vintages', '', 'succeeded')"
            " RETURNING id"
        )
        [(run_id,)] = cursor.fetchall()
    return carbon_vintages.compute(AnalysisRun(connection, run_id, Path(), None, Tally()))


def api_key(
    connection: Connection, account: int, *scopes: str, key: str | None = None, **values: Any
) -> str:
    """A key of the account, for `intake`, `read` or `work`; `key` where it must be known."""
    key = key or secrets.token_urlsafe(32)
    insert(
        connection,
        "api_key",
        key_hash=hashlib.sha256(key.encode()).digest(),
        prefix=key[:8],
        account_id=account,
        name="ทดสอบ",
        scopes=list(scopes),
        **{"expires_at": "2999-01-01", **values},
    )
    return key
