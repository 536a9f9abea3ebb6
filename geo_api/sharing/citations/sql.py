"""Statements about citations, and what makes a checksum of rows."""

from psycopg2.sql import SQL, Composable, Composed

# Of the newest version whose rows can be read, and the time by the clock that versions go by.
NEWEST = """
    SELECT version, committed_at, clock_timestamp()
    FROM published.data_commits ORDER BY version DESC LIMIT 1
"""
COMMITTED_AT = "SELECT committed_at FROM published.data_commits WHERE version = %(version)s"
# Whether any of the views shows something else with every day.
TELLS_TIME = "SELECT EXISTS (SELECT FROM published.daily WHERE view_name = ANY (%(views)s))"
# Erasures from the tables that the views read, since a time.
ERASURES_SINCE = """
    SELECT e.table_name, e.rows, e.reason, e.erased_at
    FROM published.history_erasures AS e
    WHERE e.erased_at > %(since)s AND e.table_name IN (
        SELECT r.table_name FROM published.reads AS r WHERE r.view_name = ANY (%(views)s)
    )
    ORDER BY e.erased_at
"""
KEEP = """
    INSERT INTO citation (
        code, path, as_of, version, time, parts, sources, simulated, software, cited_at
    )
    VALUES (
        %(code)s, %(path)s, %(as_of)s, %(version)s, %(time)s, %(parts)s, %(sources)s,
        %(simulated)s, %(software)s, %(cited_at)s
    )
    ON CONFLICT (code) DO NOTHING
"""
CITATION = """
    SELECT path, as_of, version, time, parts, sources, simulated, software, cited_at
    FROM citation WHERE code = %(code)s
"""


def checksum(lines: Composable) -> Composed:
    """How many `lines` there are, and the SHA-256 of all of them sorted by their bytes, each with a
    line feed behind; `lines` is a SELECT of one column of text, `line`. A delimiter spares a copy
    of each line, and bytes one of all of them."""
    return SQL(
        """
        SELECT count(*), encode(
            sha256(coalesce(
                string_agg(line, '\\x0a'::bytea ORDER BY line) || '\\x0a'::bytea, ''::bytea
            )),
            'hex'
        )
        FROM (SELECT convert_to(line, 'UTF8') AS line FROM ({lines}) AS answer) AS answer
        """
    ).format(lines=lines)
