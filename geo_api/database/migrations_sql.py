"""Statements of `fahsai migrate`: its lock, the functions that it made, the rows that are shipped,
and the takeover."""

from collections.abc import Sequence

from psycopg2.sql import SQL, Composed, Identifier, Literal

from geo_api.database.sql import SCHEMA_LOCK

TRY_LOCK = f"SELECT pg_try_advisory_xact_lock({SCHEMA_LOCK})"
LOCK = f"SELECT pg_advisory_xact_lock({SCHEMA_LOCK})"


def make_role(name: str) -> Composed:
    """Makes the role unless it is there. Roles belong to the server: one that the migration of
    another database makes at the same time is waited for."""
    return SQL(
        """
        DO $$ BEGIN
            CREATE ROLE {} NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END $$
        """
    ).format(Identifier(name))


ROLES_OF = "SELECT rolname::text FROM pg_roles WHERE rolname = ANY (%(names)s)"

REBUILT_FINGERPRINT = "SELECT obj_description(to_regnamespace('published'), 'pg_namespace')"

DROP_PUBLISHED = """
    DROP SCHEMA IF EXISTS
        published, published_as_of, as_of, published_changes, as_of_changes
    CASCADE
"""

KEEP_INSTALLED_FUNCTIONS = """
    CREATE TABLE IF NOT EXISTS installed_function (signature text PRIMARY KEY);
    COMMENT ON TABLE installed_function IS
        'functions that `fahsai migrate` made from files, and drops before it makes them again'
"""

# All in one statement, as functions may depend on each other; on anything else that depends on one
# of them it fails. Triggers and policies are made by the files of the functions, too.
DROP_INSTALLED_FUNCTIONS = """
    DO $$
    DECLARE
        statement text;
    BEGIN
        FOR statement IN
            SELECT format('DROP TRIGGER %I ON %s', t.tgname, t.tgrelid::regclass)
            FROM installed_function AS f
            JOIN pg_trigger AS t ON t.tgfoid = to_regprocedure(f.signature)
            WHERE t.tgparentid = 0
            UNION ALL
            SELECT format('DROP POLICY %I ON %s', polname, polrelid::regclass) FROM pg_policy
        LOOP
            EXECUTE statement;
        END LOOP;
        SELECT 'DROP ROUTINE ' || string_agg(signature, ', ') INTO statement
        FROM installed_function
        WHERE to_regprocedure(signature) IS NOT NULL;
        IF statement IS NOT NULL THEN
            EXECUTE statement;
        END IF;
        DELETE FROM installed_function;
    END $$
"""

FUNCTIONS = """
    SELECT coalesce(array_agg(oid), '{}') FROM pg_proc
    WHERE pronamespace <> 'pg_catalog'::regnamespace
"""

NOTE_INSTALLED_FUNCTIONS = """
    INSERT INTO installed_function (signature)
    SELECT oid::regprocedure FROM pg_proc
    WHERE pronamespace <> 'pg_catalog'::regnamespace AND NOT oid = ANY (%(before)s::oid[])
"""

# What belongs to an extension is not ours, whatever its name.
ADOPT_FUNCTIONS = """
    INSERT INTO installed_function (signature)
    SELECT p.oid::regprocedure FROM pg_proc AS p
    WHERE p.proname = ANY (%(names)s) AND pg_function_is_visible(p.oid) AND NOT EXISTS (
        SELECT FROM pg_depend AS d
        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
    )
"""

# The names of 2026-11-21, and those that the tables have had since.
RENAME_POINT_COUNTS = """
    ALTER TABLE bin RENAME TO point_count;
    ALTER INDEX bin_pkey RENAME TO point_count_pkey;
    ALTER TABLE binned RENAME TO point_count_source;
    ALTER INDEX binned_pkey RENAME TO point_count_source_pkey;
    ALTER INDEX binned_layer_key RENAME TO point_count_source_layer_key;
    ALTER TABLE point_count_source RENAME spot TO geometry_column;
    ALTER TABLE point_count_source RENAME at TO time_column;
    ALTER TABLE point_count_source RENAME class TO class_column;
    ALTER TABLE point_count_source RENAME shown TO condition;
    COMMENT ON TABLE point_count_source IS
        'tables of points (EPSG:4326) that are counted for their layer: by cell, time and class';
    COMMENT ON COLUMN point_count_source.classes IS 'those that are told apart';
    COMMENT ON COLUMN point_count_source.condition IS 'for a row to count';
    UPDATE data_version SET table_name = 'point_count' WHERE table_name = 'bin'
"""

KEEP_HISTORY = """
    SELECT keep_history(table_name), show_table_as_of(table_name)
    FROM (
        SELECT DISTINCT r.table_name
        FROM published.reads AS r
        JOIN pg_class AS c ON c.oid = to_regclass(format('public.%%I', r.table_name))
        WHERE r.view_name = ANY (%(layers)s) AND c.relkind IN ('r', 'p')
    ) AS read
"""
MAKE_FORMER = "CREATE SCHEMA published_as_of;"
# Names without a schema are then those of former tables, where there are such.
LOOK_AT_FORMER_TABLES = "SET LOCAL search_path = as_of, public"
SHOW_CHANGES_OF_TABLES = "SELECT show_changes_of_table(table_name) FROM public.point_count_source"
LOOK_AT_CHANGES = "SET LOCAL search_path = as_of_changes, as_of, public"
LOOK_AT_TABLES = "SET LOCAL search_path = public"

STAMP = """
    DELETE FROM alembic_version;
    INSERT INTO alembic_version (version_num) VALUES (%(revision)s)
"""


def grant_views(schema: str, role: str) -> Composed:
    """Lets the role read every view of the schema."""
    return SQL("GRANT SELECT ON ALL TABLES IN SCHEMA {} TO {}").format(
        Identifier(schema), Identifier(role)
    )


def note_fingerprint(fingerprint: str) -> Composed:
    """What REBUILT_FINGERPRINT then answers."""
    return SQL("COMMENT ON SCHEMA published IS {}").format(Literal(fingerprint))


def stage_seed(table: str) -> Composed:
    """A temporary table `seed`, shaped as the one whose rows are shipped."""
    return SQL("CREATE TEMPORARY TABLE seed (LIKE {} INCLUDING DEFAULTS) ON COMMIT DROP").format(
        Identifier(table)
    )


def copy_seed(columns: Sequence[str]) -> Composed:
    """Reads CSV without a header."""
    return SQL("COPY seed ({}) FROM STDIN (FORMAT csv)").format(_names(columns))


def seed(table: str, columns: Sequence[str]) -> Composed:
    """Makes the rows that no Run wrote those of `seed`, which ends with it."""
    return SQL(
        """
        DELETE FROM {table} WHERE run_id IS NULL;
        INSERT INTO {table} ({columns}) SELECT {columns} FROM seed ON CONFLICT DO NOTHING;
        DROP TABLE seed
        """
    ).format(table=Identifier(table), columns=_names(columns))


def _names(columns: Sequence[str]) -> Composed:
    return SQL(", ").join(map(Identifier, columns))
