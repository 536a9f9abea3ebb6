"""Statements about the groups that a factory's carbon is summed by."""

PROVINCE = "SELECT id, province_code FROM factory"
INDUSTRY = "SELECT id, tsic_division FROM factory"
# As the register writes it; estates have a point and no outline.
ESTATE = "SELECT id, estate FROM factory WHERE estate IS NOT NULL"
ECO_TOWN = """
    SELECT f.id, t.id
    FROM factory AS f
    JOIN eco_town_shape AS s ON s.outline && f.geom AND ST_Intersects(s.outline, f.geom)
    JOIN eco_town AS t ON t.id = s.eco_town_id
"""
# Of the newest returns of the year.
PRODUCT = """
    SELECT DISTINCT factory_id, code
    FROM returns_as_of(current_date)
    WHERE item = 'product' AND factory_id IS NOT NULL AND quantity > 0
        AND extract(year FROM period_end) = %(year)s
"""

# By name.
GROUPS = {
    "province": PROVINCE,
    "industry": INDUSTRY,
    "estate": ESTATE,
    "eco_town": ECO_TOWN,
    "product": PRODUCT,
}
