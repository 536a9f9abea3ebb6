"""Pairs of images that could not be read, and burned land that several pairs show counted once."""

from alembic import op

revision = "2026_11_30_burned_pairs"
down_revision = "2026_11_30_jobs"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        ALTER TABLE burned_pair ADD refused text;
        COMMENT ON COLUMN burned_pair.refused IS
            'why the last pass could not compute it; null where it could';
        COMMENT ON COLUMN burned_pair.clear_share IS
            'the share of the image after that could be compared: no data and clouds are not; 0'
            ' where nothing could, of which nothing is estimated';

        ALTER TABLE burned_area ADD counted_ha float8;
        UPDATE burned_area SET counted_ha = area_ha;
        ALTER TABLE burned_area ALTER counted_ha SET NOT NULL;
        COMMENT ON COLUMN burned_area.counted_ha IS
            'without what pairs of overlapping days, that end earlier, show as well';
        """
    )
