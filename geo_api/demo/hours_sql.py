"""Statements about the hours by which the simulated world goes on: each is the same hour of the day
before, a little changed, as a hash of the row says. What follows from one row is the same whenever
and in whatever pieces it is asked for.
"""

from psycopg2.sql import SQL, Composable, Composed, Literal

NEWEST_HOUR = """
    SELECT max(observed_at) FROM air_measurement WHERE source = 'demo' AND NOT forecast
"""


def _chance(of: str, salt: str) -> Composed:
    """A number from 0 to 1 that follows from an expression of text."""
    return SQL("((hashtextextended({}, 0) & 65535) / 65535.0)").format(
        SQL(of + " || ") + Literal(salt)
    )


def _moved(place: str, key: str, salt: str, degrees: float) -> Composed:
    return SQL("round(({} + ({} - 0.5) * {})::numeric, 5)").format(
        SQL(place), _chance(key, salt), Literal(degrees)
    )


_AIR = SQL(
    """
    SELECT
        station_id, observed_at + '24 h'::interval AS observed_at,
        round((pm25_1h * {factor})::numeric, 1) AS pm25_1h,
        round((pm25_24h * {factor})::numeric, 1) AS pm25_24h,
        wind_speed_m_s, wind_from_deg, forecast, source
    FROM air_measurement
    WHERE source = 'demo' AND NOT forecast
        AND observed_at > %(after)s - '24 h'::interval
        AND observed_at <= %(until)s - '24 h'::interval
    """
).format(factor=SQL("(0.9 + 0.2 * {})").format(_chance("station_id || observed_at::date", "air")))

# Works that are hot all through the year stay where they are.
_HOTSPOTS = SQL(
    """
    SELECT
        acquired_at + '24 h'::interval AS acquired_at, time_precision,
        CASE heat_source WHEN 'industrial_static' THEN ST_X(geom) ELSE {lon} END AS lon,
        CASE heat_source WHEN 'industrial_static' THEN ST_Y(geom) ELSE {lat} END AS lat,
        instrument, satellite, processing, version, confidence, confidence_pct,
        round((frp_mw * (0.7 + 0.6 * {frp}))::numeric, 1) AS frp_mw, brightness_k, background_k,
        scan_km, track_km, daynight, fire_type, land_use, land_use_code, land_use_th,
        'demo' AS source
    FROM hotspot
    WHERE sources = ARRAY['demo']
        AND acquired_at > %(after)s - '24 h'::interval
        AND acquired_at <= %(until)s - '24 h'::interval
    """
).format(
    lon=_moved("ST_X(geom)", "id", "lon", 0.02),
    lat=_moved("ST_Y(geom)", "id", "lat", 0.02),
    frp=_chance("id", "frp"),
)

_COMPLAINTS = SQL(
    """
    SELECT
        source, left(md5(ticket_id), 16) AS ticket_id, category, 'open' AS status,
        reported_at + '24 h'::interval AS reported_at, {lon} AS lon, {lat} AS lat
    FROM complaint
    WHERE source = 'demo' AND channel = 'import' AND category IS NOT NULL AND geom IS NOT NULL
        AND reported_at > %(after)s - '24 h'::interval
        AND reported_at <= %(until)s - '24 h'::interval
    """
).format(
    lon=_moved("ST_X(geom)", "ticket_id", "lon", 0.006),
    lat=_moved("ST_Y(geom)", "ticket_id", "lat", 0.006),
)

# By the staged table that they are delivered to, in the order of merging.
HOURS: dict[str, Composable] = {
    "air_measurement": _AIR,
    "hotspot": _HOTSPOTS,
    "complaint": _COMPLAINTS,
}


def copy_out(table: str) -> Composed:
    """The rows of the hours from %(after)s on until %(until)s as CSV with a header."""
    return SQL("COPY ({}) TO STDOUT (FORMAT csv, HEADER)").format(HOURS[table])
