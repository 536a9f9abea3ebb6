"""Statements about what vintages of carbon say."""

VINTAGE = """
    SELECT vintage, published_at
    FROM published.emissions
    WHERE %(vintage)s::bigint IS NULL OR vintage = %(vintage)s
    ORDER BY vintage DESC
    LIMIT 1
"""

_COLUMNS = """
        year, scope1_tco2e + scope2_tco2e, scope1_tco2e, scope2_tco2e, biomass_tco2e,
        biogenic_tco2, withheld, comparable_to_previous, factories, factories_reported,
        factories_summed, factories_with_workers, workers, quantities_without_factor,
        quantities_doubted, returns_as_of, source = 'demo'
    FROM published.emissions
    WHERE vintage = %(vintage)s
"""
# Of all provinces, of one, or of the country alone.
FIGURES = (
    "SELECT NULL, province_code, name_th, name_en,"
    + _COLUMNS
    + """
    AND (%(province)s::text IS NULL OR coalesce(province_code, 'country') = %(province)s)
    AND division IS NULL
    ORDER BY province_code NULLS FIRST, year
    """
)
# Of all, wherever they are.
INDUSTRIES = (
    "SELECT division, NULL, NULL, NULL,"
    + _COLUMNS
    + """
    AND coalesce(%(province)s::text, 'country') = 'country' AND division IS NOT NULL
    ORDER BY division, year
    """
)

CHANGES = """
    SELECT
        year, before_year, refused, before_tco2e, after_tco2e, reporters, structure,
        use_per_factory, mix, emission_factor, basis
    FROM published.emission_changes
    WHERE vintage = %(vintage)s
    ORDER BY year
"""

TARGETS = """
    SELECT
        name, title_th, title_en, target_year, most_mtco2e, change_percent, relative_to, condition,
        covers, announced, superseded, source, verified
    FROM published.climate_targets
    ORDER BY target_year, name
"""
