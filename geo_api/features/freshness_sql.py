"""Statements about how fresh the data are: Runs, what they computed from, and what is newest."""

from collections.abc import Iterable

from psycopg2.sql import SQL, Composed, Identifier, Literal

from geo_api.features.views_in_time import view_in_time
from layers.model import Layer

# Of the simulated world's run the views that show it.
RUNS = """
    SELECT source, succeeded_at, known_until,
        CASE source WHEN 'demo' THEN ARRAY(SELECT view_name FROM published.simulated_views) END
    FROM published.freshness
"""
RUNS_AND_QUARANTINE = """
    SELECT source, succeeded_at, last_status, last_run_at, last_message, quarantined
    FROM published.freshness
"""
QUARANTINE_REASONS = """
    SELECT source, reason, rows FROM published.quarantine_reasons
    WHERE NOT stored ORDER BY source, rows DESC, reason
"""
# Of every source and reason the first places, and how many there are.
QUARANTINE_PLACES = """
    SELECT source, reason, file, line, rows
    FROM (
        SELECT source, reason, file, line, count(*) OVER (PARTITION BY source, reason) AS rows,
            row_number() OVER (PARTITION BY source, reason ORDER BY file, line, id) AS place
        FROM published.quarantine_places
        WHERE NOT stored
    ) AS q
    WHERE place <= %(most)s
    ORDER BY source, reason, place
"""
RUN = """
    SELECT id, source, status, started_at, finished_at, data_as_of, method_version, inputs
    FROM published.runs
    WHERE id = %(run)s
"""
RUN_INPUTS = """
    SELECT source, data_as_of, input_run_id, input_source, input_finished_at
    FROM published.run_inputs
    ORDER BY source, input_source
"""


def newest(layers: Iterable[Layer]) -> Composed:
    """For each of one or more timed layers its name and newest observation not after %(at)s."""
    return SQL(" UNION ALL ").join(
        (_NEWEST_DAY if layer.raster else _NEWEST_FEATURE).format(
            name=Literal(layer.name), layer=Identifier(view_in_time(layer))
        )
        for layer in layers
    )


_NEWEST_FEATURE = SQL(
    "SELECT {name}, (SELECT observed_at FROM published.{layer}"
    " WHERE observed_at <= %(at)s ORDER BY observed_at DESC LIMIT 1)"
)
# The last second of the newest day, which in Thailand begins at midnight, or of the newest hour;
# where that was not over when its raster was made, that moment.
_NEWEST_DAY = SQL(
    "SELECT {name}, (SELECT max(least(ends_at - INTERVAL '1 second', made_at, %(at)s))"
    " FROM published.rasters WHERE layer = {name}"
    " AND day::timestamp AT TIME ZONE 'Asia/Bangkok' <= %(at)s)"
)

# Of the outbox of alerts: numbers alone.
ALERT_FIGURES = "SELECT way, waiting, sent, given_up, oldest_due_at FROM alert_figures()"
