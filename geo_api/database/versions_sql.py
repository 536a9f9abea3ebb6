"""Statements about the versions of the data, and how far a server has come with them."""

from psycopg2.sql import SQL

from geo_api.database.prepared_statements import OfVersions

# Of a primary what is on its disk, of a replica what it has replayed of that: bytes of the log.
_POSITION = """
    (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
        ELSE pg_current_wal_flush_lsn() END - '0/0')::bigint
"""

# What each published view shows has a version, which another in a member's place would change. The
# position is read after it, and so is no lower than that of the versions.
VERSIONS = OfVersions(
    SQL(
        f"""
    SELECT
        (SELECT obj_description('published'::regnamespace, 'pg_namespace')),
        EXISTS (
            SELECT FROM published.freshness WHERE source = 'demo' AND succeeded_at IS NOT NULL
        ),
        ARRAY(SELECT view_name FROM published.simulated_views),
        json_object_agg(view_name, version),
        json_object_agg(view_name, changed_at),
        {_POSITION}
    FROM published.versions
"""
    )
    + SQL("")
)

# Changes with any version.
FINGERPRINT = "SELECT md5(string_agg(version, ' ' ORDER BY view_name)) FROM published.versions"

# Whether the server is a replica, of which cluster, how far it has come, and what changes with any
# version.
PROBE = f"""
    SELECT
        pg_is_in_recovery(),
        (SELECT system_identifier FROM pg_control_system()),
        {_POSITION},
        ({FINGERPRINT})
"""
