"""Doubts: what is implausible about a row that is stored and shown all the same."""

from alembic import op

revision = "2026_11_29_doubts"
down_revision = ("2026_11_28_district_sums", "2026_11_28_search")


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        ALTER TABLE factory
            ADD COLUMN doubts text[] NOT NULL DEFAULT '{}',
            ADD COLUMN place_doubts text[] NOT NULL DEFAULT '{}';
        COMMENT ON COLUMN factory.doubts IS 'codes of what the record says that can hardly be';
        COMMENT ON COLUMN factory.place_doubts IS
            'the same of its point: judged again when outlines of provinces change';
        ALTER TABLE industrial_estate ADD COLUMN place_doubts text[] NOT NULL DEFAULT '{}';
        ALTER TABLE green_certificate ADD COLUMN doubts text[] NOT NULL DEFAULT '{}';
        ALTER TABLE factory_return
            ADD COLUMN doubts text[] NOT NULL DEFAULT '{}',
            ADD COLUMN compared_doubts text[] NOT NULL DEFAULT '{}';
        COMMENT ON COLUMN factory_return.doubts IS 'a quantity that has any is in no sum';
        COMMENT ON COLUMN factory_return.compared_doubts IS
            'the same, beside the other years of the factory: judged again with each of them';
        ALTER TABLE carbon_year ADD COLUMN quantities_doubted bigint NOT NULL DEFAULT 0;

        ALTER TABLE staging.factory
            ADD COLUMN doubts text[] NOT NULL DEFAULT '{}',
            ADD COLUMN file text,
            ADD COLUMN line bigint;
        ALTER TABLE staging.factory_return ADD COLUMN doubts text[] NOT NULL DEFAULT '{}';
        ALTER TABLE staging.green_certificate ADD COLUMN doubts text[] NOT NULL DEFAULT '{}';
        COMMENT ON COLUMN staging.factory.line IS
            'with the file: what a merge says of a row names its place; the loader fills both in';
        """
    )
