"""Statements of what certification did to complaints."""

EFFECT = """
    SELECT
        level, first_month, last_month, verdict, reasons, counts, change, steps, permutation_p,
        computed_at
    FROM published.green_effects
    ORDER BY level
"""
