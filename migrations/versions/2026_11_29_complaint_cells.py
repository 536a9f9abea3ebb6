"""Closed cases are looked for by category, hundredth of a degree and day: by place alone a town's
worth of them was read for each report."""

from alembic import op

revision = "2026_11_29_complaint_cells"
down_revision = "2026_11_29_case_indexes"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE INDEX complaint_closed_cell ON complaint (
            category, (floor(ST_X(geom) * 100)::integer),
            (floor(ST_Y(geom) * 100)::integer), closed_at
        ) WHERE state IN ('resolved', 'no_cause_found')
        """
    )
