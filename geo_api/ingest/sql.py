"""Composes the SQL that stages and merges what sources deliver."""

from collections.abc import Sequence

from psycopg2.sql import SQL, Composed, Identifier, Literal

WRITABLE_COLUMNS_OF = """
    SELECT attname FROM pg_attribute
    WHERE attrelid = to_regclass(%(table)s) AND attnum > 0 AND NOT attisdropped
        AND attgenerated = '' ORDER BY attnum
"""

# What staging computes (a geometry from lon and lat) counts as delivered.
COLUMNS_TO_MERGE = """
    SELECT t.attname FROM pg_attribute AS t
    JOIN pg_attribute AS s ON s.attname = t.attname
    WHERE t.attrelid = to_regclass(%(table)s) AND t.attnum > 0 AND t.attgenerated = ''
        AND s.attrelid = to_regclass('staging.' || %(table)s) AND s.attnum > 0
        AND NOT t.attisdropped AND NOT s.attisdropped
    ORDER BY t.attnum
"""

KEY_OF = """
    SELECT a.attname FROM pg_index AS i
    JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = to_regclass(%(table)s) AND i.indisprimary
"""

MERGE_FUNCTION_OF = "SELECT to_regprocedure('merge_' || %(table)s || '(bigint)') IS NOT NULL"


def create_staged(table: str) -> Composed:
    """A temporary `staged_<table>` shaped as `staging.<table>`; `seq` keeps the delivered order."""
    return SQL(
        "CREATE TEMPORARY TABLE {} (LIKE staging.{} INCLUDING GENERATED,"
        " seq bigint GENERATED ALWAYS AS IDENTITY) ON COMMIT DROP"
    ).format(Identifier(f"staged_{table}"), Identifier(table))


def copy_into(table: str, columns: Sequence[str]) -> Composed:
    """Reads CSV whose empty unquoted cells are NULL; `table` may carry its schema."""
    return SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        Identifier(*table.split(".")), _names(columns)
    )


def empty(table: str) -> Composed:
    """Deletes every row; `table` may carry its schema."""
    return SQL("DELETE FROM {}").format(Identifier(*table.split(".")))


def delete_simulated(table: str) -> Composed:
    """Deletes the rows of the demo world; a hotspot may have several sources, and says so."""
    simulated = SQL("sources = ARRAY['demo']" if table == "hotspot" else "source = 'demo'")
    return SQL("DELETE FROM {} WHERE {}").format(Identifier(table), simulated)


def call_merge(table: str) -> Composed:
    """`merge_<table>(run)` is the rule that a migration gave a table that needs its own; it answers
    (inserted, updated, unchanged)."""
    return SQL("SELECT inserted, updated, unchanged FROM {}(%(run)s)").format(
        Identifier(f"merge_{table}")
    )


def upsert(table: str, key: Sequence[str], columns: Sequence[str], stamped: bool) -> Composed:
    """Merges `staged_<table>`: the last row delivered for a key wins, a row that says nothing new
    is left alone. Answers (inserted, updated, unchanged). `stamped` tables note the run."""
    plain = [column for column in columns if column not in key]
    stamp = SQL(", run_id") if stamped else SQL("")
    return SQL(
        """
        WITH delivered AS (
            SELECT DISTINCT ON ({key}) {columns} FROM {staged} ORDER BY {key}, seq DESC
        ), merged AS (
            INSERT INTO {table} AS t ({columns}{stamp})
            SELECT {columns}{run} FROM delivered
            ON CONFLICT ({key}) DO {action}
            RETURNING (xmax = 0) AS inserted
        )
        SELECT
            count(*) FILTER (WHERE inserted),
            count(*) FILTER (WHERE NOT inserted),
            (SELECT count(*) FROM delivered) - count(*)
        FROM merged
        """
    ).format(
        key=_names(key),
        columns=_names(columns),
        staged=Identifier(f"staged_{table}"),
        table=Identifier(table),
        stamp=stamp,
        run=SQL(", %(run)s") if stamped else SQL(""),
        action=_update_where_new(plain, stamped) if plain else SQL("NOTHING"),
    )


def _update_where_new(columns: Sequence[str], stamped: bool) -> Composed:
    assignments = [SQL("{0} = excluded.{0}").format(Identifier(column)) for column in columns]
    if stamped:
        assignments.append(SQL("run_id = excluded.run_id").format())
    return SQL("UPDATE SET {} WHERE ({}) IS DISTINCT FROM ({})").format(
        SQL(", ").join(assignments),
        SQL(", ").join(Identifier("t", column) for column in columns),
        SQL(", ").join(Identifier("excluded", column) for column in columns),
    )


def _names(columns: Sequence[str]) -> Composed:
    return SQL(", ").join(Identifier(column) for column in columns)


def analyze(table: str) -> Composed:
    """Tells the planner what a table just filled holds."""
    return SQL("ANALYZE {}").format(Identifier(table))


def lock_table_merge(table: str) -> Composed:
    """Two merges into one table wait for each other, until the transaction ends."""
    return SQL("SELECT pg_advisory_xact_lock(hashtext({}))").format(Literal(f"merge {table}"))


OTHER_DEMO_RUN = """
    SELECT input <> %(input)s FROM run
    WHERE source = 'demo' AND status = 'succeeded' AND id <> %(run)s
    ORDER BY id DESC LIMIT 1
"""

STAGE_QUARANTINE = """
    CREATE TEMPORARY TABLE staged_quarantine (
        file text NOT NULL, line bigint NOT NULL, reason text NOT NULL, detail text,
        raw text, stored boolean NOT NULL
    ) ON COMMIT DROP
"""

KEEP_QUARANTINE = """
    INSERT INTO quarantine (run_id, source, file, line, reason, detail, raw, stored)
    SELECT %(run)s, %(source)s, file, line, reason,
        coalesce(detail, ''), coalesce(raw, ''), stored  -- COPY reads an empty text as NULL
    FROM staged_quarantine
    ON CONFLICT DO NOTHING
"""
