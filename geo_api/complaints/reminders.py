"""Reminders of cases beyond their deadline, as events in their stories."""

from datetime import datetime

from psycopg2.extensions import connection as Connection

from geo_api.complaints import reminders_sql as sql


def remind(connection: Connection, now: datetime) -> int:
    """Writes one for each case that is overdue at `now` (UTC) and was not reminded of within a
    week; how many. The owner's, who commits."""
    with connection.cursor() as cursor:
        cursor.execute(sql.REMIND, {"now": now})
        [(reminded,)] = cursor.fetchall()
    return int(reminded)
