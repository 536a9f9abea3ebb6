"""Where in its file a staged row of the short lists was: rows that say otherwise are told by it."""

from alembic import op

revision = "2026_11_29_row_places"
down_revision = "2026_11_29_disclosure"

_TABLES = (
    "eco_town",
    "eco_town_level",
    "emission_factor",
    "factory_return",
    "green_certificate",
    "industrial_estate",
)


def upgrade() -> None:
    """Forward only."""
    for table in _TABLES:
        op.execute(f"ALTER TABLE staging.{table} ADD COLUMN file text, ADD COLUMN line bigint")
