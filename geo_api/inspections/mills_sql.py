"""The statement about a mill's periods, which staff alone may read whole."""

# Of the newest season unless one is given; of a day the fortnight that it is in.
PERIODS = """
    SELECT
        m.mill_ref, m.factory_id, m.name, m.province_code, b.season, b.span, b.first_day,
        b.last_day, b.fires, b.fires_low, b.fires_high, b.fires_nearest, b.declared,
        b.declared_days, b.fresh_t, b.burnt_t, b.burnt_pct, b.burnt_pct_told, b.daily_cap_pct,
        b.season_cap_pct, b.days_told, b.days_above_cap, b.expected, b.residual, b.residual_rank,
        b.ranked, b.abstained, b.method, b.run_id, b.computed_at
    FROM mill AS m
    JOIN mill_burning AS b USING (mill_ref)
    WHERE (m.mill_ref = %(mill)s OR m.factory_id = %(mill)s) AND CASE
        WHEN %(day)s::date IS NOT NULL THEN
            b.span = 'fortnight' AND %(day)s BETWEEN b.first_day AND b.last_day
        ELSE b.season = coalesce(
            %(season)s::integer,
            (SELECT max(n.season) FROM mill_burning AS n WHERE n.mill_ref = m.mill_ref)
        )
    END
    ORDER BY b.span DESC, b.first_day
"""
