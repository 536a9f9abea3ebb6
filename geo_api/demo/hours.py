"""The simulated world goes on: hour by hour, each as the same hour of the day before, a little
changed, so that whoever leaves it running finds newer air, fires and complaints.

To make the world anew for each hour would take minutes. Replayed, nothing changes; what is planted
(`truth`) is of the world as it was made, and of none of these hours.
"""

import io
from datetime import UTC, datetime, timedelta

from geo_api.database.prepared_statements import Session
from geo_api.database.runs import DEMO, RunFailed, Tally, record_run
from geo_api.demo import hours_sql as sql
from geo_api.ingest.loading import Loader
from geo_api.search.names import keep_names

# Of days that are each like the one before, nobody should see a year.
_MOST = timedelta(days=30)
_DAY = timedelta(days=1)


class WorldEnded(RunFailed):
    """There is no simulated world, or one that ended too long ago to go on."""


def go_on(connection: Session, now: datetime) -> str:
    """Merges the hours since the newest of the simulated world, up to that of `now` (UTC), as a
    Run of the demo for each day, which commits; says what it did. Raises WorldEnded."""
    with connection.cursor() as cursor:
        cursor.execute(sql.NEWEST_HOUR)
        (newest,) = cursor.fetchone() or (None,)
    connection.rollback()
    if newest is None:
        raise WorldEnded("there is no simulated world: `fahsai demo` makes one")
    until = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    if until - newest > _MOST:
        raise WorldEnded(
            f"the simulated world ended at {newest:%Y-%m-%d %H:%M} UTC, more than {_MOST.days} days"
            " ago: `fahsai demo` makes another"
        )
    if until <= newest:
        return f"nothing to add: the simulated world goes to {newest:%Y-%m-%d %H:%M} UTC"
    tally = Tally()
    while newest < until:
        # No further than a day: the hours of the next one follow from these.
        end = min(newest + _DAY, until)
        _merge(connection, newest, end, tally)
        newest = end
    return str(tally)


def _merge(connection: Session, after: datetime, until: datetime, tally: Tally) -> None:
    given = f"each hour as the day before, until={until:%Y-%m-%dT%HZ}"
    with (
        record_run(connection, DEMO, given, tally, until) as run_id,
        connection.cursor() as cursor,
    ):
        loader = Loader(cursor, tuple(sql.HOURS))
        for table in sql.HOURS:
            text = io.StringIO()
            asked = cursor.mogrify(sql.copy_out(table), {"after": after, "until": until})
            cursor.copy_expert(asked, text)
            rows = text.getvalue().count("\n") - 1
            text.seek(0)
            loader.copy(table, text.readline().strip().split(","), text)
            tally.read += rows
            tally.sound += rows
            loader.merge_table(table, run_id, tally)
        keep_names(cursor, tuple(sql.HOURS))
