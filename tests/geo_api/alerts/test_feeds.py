"""What a feed's address gives of the events there are."""

from typing import Any

from psycopg2.extensions import connection as Connection

TOKEN = b"a hash of a token"
_ROWS = """
    WITH place AS (
        INSERT INTO alert.place (kind, code, name_th, name_en)
        VALUES ('country', '', 'ทั้งประเทศ', 'Thailand')
        ON CONFLICT (kind, code, radius_m) DO UPDATE SET name_en = 'Thailand' RETURNING id
    ), watch AS (
        INSERT INTO alert.watch (rule, place_id, parameters, audience)
        SELECT 'feed_quiet', id, '{}', %(audience)s FROM place RETURNING id
    ), person AS (
        INSERT INTO alert.recipient (way, token_hash, confirmed_at)
        VALUES (%(way)s, %(token)s, now()) RETURNING id
    ), subscription AS (
        INSERT INTO alert.subscription (recipient_id, watch_id, confirmed_at)
        SELECT person.id, watch.id, now() - INTERVAL '1 hour' FROM person, watch
    )
    INSERT INTO alert.event (watch_id, item, kind, at, value)
    SELECT watch.id, '', 'began', now() - n * INTERVAL '25 minutes', n
    FROM watch, generate_series(4, 0, -1) AS n
"""


def subscribed(connection: Connection, audience: str = "public", way: str = "feed") -> None:
    """Since an hour, and five events, the last one now."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"audience": audience, "way": way, "token": TOKEN})


def feed(connection: Connection, token: bytes = TOKEN, most: int = 100) -> dict[str, Any] | None:
    """As the reader is given it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE fahsai_reader")
        cursor.execute("SELECT alert_feed(%s, %s)", (token, most))
        [found] = cursor.fetchone() or (None,)
        cursor.execute("RESET ROLE")
    return found  # type: ignore[no-any-return]


def values(connection: Connection, most: int = 100) -> list[float]:
    return [line["value"] for line in (feed(connection, most=most) or {})["lines"]]


def test_a_feed_has_what_came_since_it_began_the_newest_first(connection: Connection) -> None:
    subscribed(connection)

    assert values(connection) == [0, 1, 2]
    assert values(connection, most=1) == [0]


def test_nothing_for_staff_is_in_a_feed(connection: Connection) -> None:
    subscribed(connection, audience="staff")

    assert values(connection) == []


def test_the_token_of_another_way_or_of_nobody_opens_no_feed(connection: Connection) -> None:
    subscribed(connection, way="email")

    assert feed(connection) is None
    assert feed(connection, b"another") is None


def test_a_feed_that_was_ended_is_gone_and_what_is_paused_is_left_out(
    connection: Connection,
) -> None:
    subscribed(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE alert.subscription SET paused_at = now()")
        assert values(connection) == []
        cursor.execute("UPDATE alert.recipient SET ended_at = now()")

    assert feed(connection) is None
