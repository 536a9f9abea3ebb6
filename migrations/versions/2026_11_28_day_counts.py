"""Kept daily counts: hotspots by day, province, land use and satellite; stations' daily means."""

from alembic import op

revision = "2026_11_28_day_counts"
down_revision = "2026_11_28_writer"


def upgrade() -> None:
    """Forward only."""
    op.execute(_CELLS)
    op.execute(_DAYS)
    op.execute(_PARTS_OF_DAYS)


_CELLS = """
    CREATE TABLE province_cell (
        x integer NOT NULL,
        y integer NOT NULL,
        province_code text COLLATE "C",
        codes text[],
        outlines geometry[],
        PRIMARY KEY (x, y),
        CHECK ((province_code IS NULL) = (codes IS NOT NULL)),
        CHECK (cardinality(codes) = cardinality(outlines))
    );
    COMMENT ON TABLE province_cell IS
        'the provinces cut by a grid of 1/16 degree, to find that of many points at once';
    COMMENT ON COLUMN province_cell.x IS 'floor(16 * longitude): sixteenths are exact in binary';
    COMMENT ON COLUMN province_cell.province_code IS 'where all of the cell is of one province';
    COMMENT ON COLUMN province_cell.codes IS 'else of those that share it with others, or the sea';
    COMMENT ON COLUMN province_cell.outlines IS 'of these the parts that lie in the cell';
"""

_DAYS = """
    CREATE TABLE hotspot_day_count (
        day date NOT NULL,
        first_day date NOT NULL CHECK (first_day <= day),
        province_code text COLLATE "C" NOT NULL,
        land_use text COLLATE "C" NOT NULL,
        satellite text COLLATE "C" NOT NULL,
        daynight text COLLATE "C" NOT NULL,
        count integer NOT NULL,
        PRIMARY KEY (day, first_day, province_code, land_use, satellite, daynight)
    );
    CREATE INDEX hotspot_day_count_none ON hotspot_day_count (day) WHERE count = 0;
    CREATE INDEX hotspot_day_count_windowed ON hotspot_day_count (day) WHERE first_day < day;
    COMMENT ON COLUMN hotspot_day_count.day IS
        'that in whose morning its 24 hours end, at 08:00 in Thailand';
    COMMENT ON COLUMN hotspot_day_count.first_day IS
        'as day; earlier where no more than a window of days is known, of which day is the last';
    COMMENT ON COLUMN hotspot_day_count.province_code IS
        'empty at sea and abroad; land use, satellite and day or night where they are not told';

    CREATE TABLE air_station_day (
        day date NOT NULL,
        station_id text COLLATE "C" NOT NULL,
        pm25_24h double precision NOT NULL,
        observed_at timestamptz NOT NULL,
        PRIMARY KEY (day, station_id)
    );
    COMMENT ON COLUMN air_station_day.day IS 'as in hotspot_day_count';
    COMMENT ON COLUMN air_station_day.pm25_24h IS
        'µg/m³: the last running mean of its last three hours, or else that of its hours';
    COMMENT ON COLUMN air_station_day.observed_at IS 'of the last reading that is in it';
"""

# Days were cut at 0 and 17 h UTC, and are now at 1 h too: what is gone is counted anew.
_PARTS_OF_DAYS = """
    DELETE FROM point_count USING point_count_source AS s
    WHERE point_count.layer = s.layer AND s.time_column IS NOT NULL;
"""
