"""Takes away the indexes of former rows by their key alone: `fahsai migrate` makes better ones."""

from alembic import op

revision = "2026_11_30_history_keys"
down_revision = "2026_11_30_history"


def upgrade() -> None:
    """Forward only."""
    op.execute(_DROP)


_DROP = """
    DO $$
    DECLARE
        same_as_key record;
    BEGIN
        FOR same_as_key IN
            SELECT f.indexrelid::regclass AS name
            FROM pg_class AS h
            JOIN pg_index AS f ON f.indrelid = h.oid
            JOIN pg_index AS k ON k.indrelid = to_regclass(format('public.%I', h.relname))
                AND k.indisprimary
            WHERE h.relnamespace = 'history'::regnamespace AND f.indpred IS NULL
                AND (SELECT array_agg(a.attname::text ORDER BY n.place)
                    FROM unnest(f.indkey) WITH ORDINALITY AS n (attnum, place)
                    JOIN pg_attribute AS a ON a.attrelid = h.oid AND a.attnum = n.attnum)
                = (SELECT array_agg(a.attname::text ORDER BY n.place)
                    FROM unnest(k.indkey) WITH ORDINALITY AS n (attnum, place)
                    JOIN pg_attribute AS a ON a.attrelid = k.indrelid AND a.attnum = n.attnum)
        LOOP
            EXECUTE format('DROP INDEX %s', same_as_key.name);
        END LOOP;
    END $$
"""
