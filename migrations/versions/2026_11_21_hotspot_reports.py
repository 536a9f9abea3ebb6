"""Looks for detections reported twice in one run by their hashes first: mostly there are none."""

from alembic import op

revision = "2026_11_21_hotspot_reports"
down_revision = "2026_11_21_hotspot_load"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE OR REPLACE FUNCTION join_reports() RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            -- As many hashes as rows: no two are alike. Numbers sort three times as fast as ids.
            IF (
                SELECT count(DISTINCT hashtextextended(id, 0)) = count(*) FROM incoming_hotspot
            ) THEN
                RETURN;
            END IF;
            WITH repeated AS (
                SELECT id, acquired_at FROM incoming_hotspot
                GROUP BY id, acquired_at HAVING count(*) > 1
            ), reports AS (
                -- The table was filled in order, so that ctid is the order of delivery.
                DELETE FROM incoming_hotspot AS i USING repeated AS r
                WHERE (i.id, i.acquired_at) = (r.id, r.acquired_at)
                RETURNING i.id, i.acquired_at, i.ctid AS place, ROW(i.*)::hotspot AS report
            ), joined AS (
                SELECT hotspot_merged(report ORDER BY place) AS said
                FROM reports
                GROUP BY id, acquired_at
            )
            INSERT INTO incoming_hotspot SELECT (said).* FROM joined;
        END $$;
        """
    )
