"""Hotspots, complaints and factories keep bins, also of months that are filled at once."""

from alembic import op

revision = "2026_11_21_binned_layers"
down_revision = "2026_11_21_bins"
depends_on = ("2026_11_21_hotspot_load", "2026_11_21_complaint", "2026_11_21_factory")


def upgrade() -> None:
    """Forward only."""
    op.execute(_LAYERS)
    op.execute(_FILL)


_LAYERS = """
    SELECT keep_bins('factory', 'factories', 'geom', NULL, 'status', '{}', 'geom IS NOT NULL');
    SELECT keep_bins(
        'complaint', 'complaints', 'public_geom', 'public_at', 'category',
        '{odour,dust_smoke,noise,vibration,chemical_vapour,wastewater,solid_waste,'
        'hazardous_waste,unlicensed,night_work,other}',
        'category IS NOT NULL'
    );
    SELECT keep_bins(
        'hotspot', 'hotspots', 'geom', 'acquired_at', 'land_use',
        '{sugarcane,paddy,maize,other_agriculture,forest,other}', 'true'
    );
"""

_FILL = """
    ALTER FUNCTION fill_hotspot_month RENAME TO store_hotspot_month;

    CREATE FUNCTION fill_hotspot_month(first timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE
        filled bigint := store_hotspot_month(first);
    BEGIN
        PERFORM add_to_bins('hotspot', hotspot_month(first));
        RETURN filled;
    END $$;
"""
