"""What the catalog of the database tells of a view."""

COLUMNS_OF = """
    SELECT attname, format_type(atttypid, atttypmod)
    FROM pg_attribute
    WHERE attrelid = to_regclass(%(view)s) AND attnum > 0 AND NOT attisdropped
    ORDER BY attnum
"""
