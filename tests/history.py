"""Changes that are committed one after another, and the times between them."""

from datetime import UTC, datetime

from psycopg2.extensions import connection as Connection

from tests.makers import factory


def now(connection: Connection) -> str:
    """The database's time, in RFC 3339."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [(time,)] = cursor.fetchall()
    connection.commit()
    found: datetime = time
    return found.astimezone(UTC).isoformat()


def changed(connection: Connection, statement: str) -> str:
    """The time after a change was committed."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.commit()
    return now(connection)


def story(connection: Connection) -> list[str]:
    """Times after a factory came, was renamed, and went, while another stayed."""
    factory(connection, "a", name="first", lon=100.3, lat=13.5)
    factory(connection, "b", name="stays", lon=100.4, lat=13.6)
    connection.commit()
    return [
        now(connection),
        changed(connection, "UPDATE factory SET name = 'second' WHERE id = 'a'"),
        changed(connection, "UPDATE factory SET name = 'third' WHERE id = 'a'"),
        changed(connection, "DELETE FROM factory WHERE id = 'a'"),
    ]
