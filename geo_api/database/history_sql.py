"""Statements about rows as they were: how many are kept, and which are taken out for good."""

import json
from collections.abc import Mapping
from itertools import starmap

from psycopg2.sql import SQL, Composed, Identifier, Literal

# Rows are counted as vacuum last did.
HISTORY_SIZES = """
    SELECT t.table_name, pg_total_relation_size(h.oid), greatest(h.reltuples, 0)::bigint,
        c.committed_at
    FROM history_table AS t
    JOIN pg_class AS h ON h.oid = to_regclass(format('history.%I', t.table_name))
    JOIN data_commit AS c ON c.version = t.since
    ORDER BY pg_total_relation_size(h.oid) DESC, t.table_name
"""
HISTORY_COLUMNS = """
    SELECT array_agg(attname::text ORDER BY attnum)
    FROM pg_attribute
    WHERE attrelid = to_regclass(format('history.%%I', %(table)s::text)) AND attnum > 0
        AND NOT attisdropped AND attname NOT IN ('changed_in', 'replaced_in')
"""
FORGET = "SELECT forget_history(%(version)s, %(reason)s)"


def present_rows(table: str, values: Mapping[str, str]) -> Composed:
    """How many rows of a table have the values now."""
    return SQL("SELECT count(*) FROM public.{} WHERE {}").format(
        Identifier(table), SQL(" AND ").join(starmap(_has, values.items()))
    )


def erase(table: str, values: Mapping[str, str], reason: str) -> Composed:
    """Takes the former rows with the values out; how many."""
    return SQL(
        """
        SELECT erase_history({table}, (
            SELECT jsonb_object_agg(w.name, to_jsonb(r) -> w.name)
            FROM jsonb_populate_record(NULL::{former}, {values}) AS r,
                jsonb_object_keys({values}) AS w (name)
        ), {reason})
        """
    ).format(
        table=Literal(table),
        former=Identifier("history", table),
        values=SQL("{}::jsonb").format(Literal(json.dumps(dict(values)))),
        reason=Literal(reason),
    )


def _has(name: str, value: str) -> Composed:
    return SQL("{} = {}").format(Identifier(name), Literal(value))
