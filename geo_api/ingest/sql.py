"""Composes the SQL that stages and merges what sources deliver."""

from collections.abc import Sequence

from psycopg2.sql import SQL, Composable, Composed, Identifier, Literal

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
        "CREATE TEMPORARY TABLE {} (LIKE staging.{} INCLUDING GENERATED INCLUDING DEFAULTS,"
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
    """`merge_<table>(run)` is the rule of a table that needs its own, in `functions/`; it answers
    (inserted, updated, unchanged)."""
    return SQL("SELECT inserted, updated, unchanged FROM {}(%(run)s)").format(
        Identifier(f"merge_{table}")
    )


def upsert(table: str, key: Sequence[str], columns: Sequence[str], stamped: bool) -> Composed:
    """Merges `staged_<table>`: the last row delivered for a key wins, a row that says nothing new
    is left alone, and so is a value where the row has a blank. Answers (inserted, updated,
    unchanged). `stamped` tables note the run."""
    plain = [column for column in columns if column not in key]
    return SQL(
        """
        WITH delivered AS MATERIALIZED (
            SELECT DISTINCT ON ({key}) {columns} FROM {staged} ORDER BY {key}, seq DESC
        ), news AS MATERIALIZED (
            SELECT {columns_delivered}, t.{first} IS NULL AS is_new
            FROM delivered AS d LEFT JOIN {table} AS t USING ({key})
            WHERE t.{first} IS NULL OR {differs}
        ), written AS (
            INSERT INTO {table} ({columns}{stamp}) SELECT {columns}{run} FROM news
            ON CONFLICT ({key}) DO {action}
            RETURNING {key}
        ), counted AS (
            -- A trigger may have kept a row as it was.
            SELECT
                (SELECT count(*) FROM delivered) AS delivered,
                (SELECT count(*) FROM written) AS written,
                (SELECT count(*) FROM news WHERE is_new) AS inserted
        )
        SELECT inserted, written - inserted, delivered - written FROM counted
        """
    ).format(
        key=_names(key),
        first=Identifier(key[0]),
        columns=_names(columns),
        columns_delivered=SQL(", ").join(
            Identifier(column) if column in key else _known(column) for column in columns
        ),
        differs=_differs(plain) if plain else SQL("false"),
        staged=Identifier(f"staged_{table}"),
        table=Identifier(table),
        stamp=SQL(", run_id") if stamped else SQL(""),
        run=SQL(", %(run)s") if stamped else SQL(""),
        action=_update([*plain, *(["run_id"] if stamped else [])]),
    )


def _differs(columns: Sequence[str]) -> Composed:
    return SQL("({}) IS DISTINCT FROM ({})").format(
        SQL(", ").join(Identifier("t", column) for column in columns),
        SQL(", ").join(
            SQL("coalesce({}, {})").format(Identifier("d", column), Identifier("t", column))
            for column in columns
        ),
    )


def _known(column: str) -> Composed:
    """What is delivered, or else what is stored."""
    return SQL("coalesce({}, {}) AS {}").format(
        Identifier("d", column), Identifier("t", column), Identifier(column)
    )


def _update(columns: Sequence[str]) -> Composable:
    if not columns:
        return SQL("NOTHING")
    assignments = [SQL("{0} = excluded.{0}").format(Identifier(column)) for column in columns]
    return SQL("UPDATE SET {}").format(SQL(", ").join(assignments))


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

# What was published of another world binds nobody.
FORGET_SIMULATED_VINTAGES = "DELETE FROM carbon_vintage WHERE simulated"
FORGET_SIMULATED_RELEASES = """
    DELETE FROM complaint_release_period WHERE simulated;
    DELETE FROM complaint_plan WHERE simulated
"""

# What merge functions tell of rows: the place of each is that of its staged row.
STAGE_FINDINGS = """
    CREATE TEMPORARY TABLE merge_finding (
        seq bigint GENERATED ALWAYS AS IDENTITY,
        file text, line bigint, reason text NOT NULL, detail text NOT NULL, stored boolean NOT NULL
    ) ON COMMIT DROP
"""
TELL_REPEATED_ROWS = "SELECT tell_repeated_rows(%(table)s, %(key)s)"
TAKE_FINDINGS = """
    WITH taken AS (DELETE FROM merge_finding RETURNING seq, file, line, reason, detail, stored)
    SELECT coalesce(file, ''), coalesce(line, 0), reason, detail, stored FROM taken ORDER BY seq
"""

OPEN_KEYS = """
    SELECT DISTINCT key FROM quarantine
    WHERE source = %(source)s AND NOT stored AND mended_at IS NULL AND key IS NOT NULL
"""

KEEP_QUARANTINED = """
    INSERT INTO quarantine AS q (run_id, source, file, line, reason, detail, raw, stored, key)
    VALUES (
        %(run)s, %(source)s, %(file)s, %(line)s, %(reason)s, %(detail)s, %(raw)s, %(stored)s,
        %(key)s
    )
    ON CONFLICT (source, file, line, reason, md5(raw)) DO UPDATE SET
        mended_at = NULL, mended_by_run = NULL, detail = excluded.detail, key = excluded.key,
        last_run_id = excluded.run_id
"""

# A row is mended where its file is read again and it is not rejected this time, in its line or
# another; and where a sound row with its key was read, from whatever file.
MEND_READ_AGAIN = """
    UPDATE quarantine AS q SET mended_at = clock_timestamp(), mended_by_run = %(run)s
    WHERE q.source = %(source)s AND q.mended_at IS NULL AND q.file = ANY(%(files)s)
        AND coalesce(q.last_run_id, q.run_id) <> %(run)s
        -- Nothing of a run that failed was stored: of that, all is new when it is mended.
        AND (NOT %(all_new)s OR EXISTS (
            SELECT FROM run AS r
            WHERE r.id = coalesce(q.last_run_id, q.run_id) AND r.status <> 'succeeded'
        ))
"""
MEND_BY_KEY = """
    UPDATE quarantine SET mended_at = clock_timestamp(), mended_by_run = %(run)s
    WHERE source = %(source)s AND mended_at IS NULL AND NOT stored AND key = ANY(%(keys)s)
        AND coalesce(last_run_id, run_id) <> %(run)s
"""

FORGET_QUARANTINED = """
    DELETE FROM quarantine
    WHERE source = %(source)s AND (
        mended_at < clock_timestamp() - make_interval(days => %(mended_days)s)
        OR id <= (
            SELECT id FROM quarantine WHERE source = %(source)s
            ORDER BY id DESC OFFSET %(most)s LIMIT 1
        )
    )
"""

WAITING_ROWS = """
    SELECT source, file, line, reason, detail, raw
    FROM quarantine
    WHERE (%(source)s IS NULL OR source = %(source)s) AND mended_at IS NULL
        AND (NOT stored OR %(warnings)s)
    ORDER BY source, reason, file, line, id
"""
