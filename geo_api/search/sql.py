"""Composes the SQL that keeps the searched names, finds them, and tells of what was found."""

from collections.abc import Sequence

from psycopg2.sql import SQL, Composable, Composed, Identifier, Literal

from geo_api.search.kinds import Kind

# A first load is of hundreds of thousands: the trigrams' indexes then take them in fewer, larger
# batches.
EMPTY_STAGED = """
    SET LOCAL gin_pending_list_limit = '128MB';
    SET LOCAL work_mem = '128MB';
    CREATE TEMPORARY TABLE IF NOT EXISTS staged_search_name (
        kind text COLLATE "C", id text COLLATE "C", part text COLLATE "C",
        given text, key text COLLATE "C", sound text COLLATE "C"
    ) ON COMMIT DROP;
    TRUNCATE staged_search_name;
"""
COPY_STAGED = "COPY staged_search_name (kind, id, part, given, key, sound) FROM STDIN"
KEEP_STAGED = """
    INSERT INTO search_name (kind, id, part, given, key, sound)
    SELECT kind, id, part, given, key, sound FROM staged_search_name
"""
# What the kept names were made with; a number of them that is not yet kept is the same as none.
MADE_WITH = "SELECT obj_description('search_name'::regclass, 'pg_class')"
FORGET_ALL = "TRUNCATE search_name"
# The name and the statement of each index that no constraint needs.
INDEXES = """
    SELECT i.indexname, i.indexdef FROM pg_indexes AS i
    WHERE i.schemaname = 'public' AND i.tablename = 'search_name' AND NOT EXISTS (
        SELECT FROM pg_constraint AS c
        WHERE c.conrelid = 'search_name'::regclass AND c.conname = i.indexname
    )
"""
# What is still in a pending list is read through by every question.
TIDY = """
    SELECT gin_clean_pending_list('search_name_key_part'),
        gin_clean_pending_list('search_name_sound_part')
"""
ANALYZE = "ANALYZE search_name"


def drop_indexes(names: Sequence[str]) -> Composed:
    """Of those names, which makes a first load twice as fast."""
    return SQL("DROP INDEX {}").format(SQL(", ").join(map(Identifier, names)))


def note_made_with(fingerprint: str) -> Composed:
    """Keeps, in the table's comment, what the names were made with."""
    return SQL("COMMENT ON TABLE search_name IS {}").format(Literal(fingerprint))


def forget_changed(kind: Kind) -> Composed:
    """Takes away the names of a kind that its view does not show any more, or not so."""
    return SQL(
        """
        DELETE FROM search_name AS n
        WHERE n.kind = {kind} AND NOT EXISTS (
            SELECT FROM published.{view} AS v
            WHERE v.id = n.id AND n.given = CASE n.part {cases} END
        )
        """
    ).format(kind=Literal(kind.name), view=Identifier(kind.view), cases=_cases(kind))


def missing(kind: Kind) -> Composed:
    """(id, part, name) of each name that the view shows and that is not kept; `short` is no name of
    the view, and is made again with name_th."""
    return SQL(
        """
        SELECT v.id, p.part, p.given
        FROM published.{view} AS v
        CROSS JOIN LATERAL (VALUES {pairs}) AS p (part, given)
        WHERE p.given <> '' AND NOT EXISTS (
            SELECT FROM search_name AS n
            WHERE n.kind = {kind} AND n.id = v.id AND n.part = p.part
        )
        """
    ).format(
        view=Identifier(kind.view),
        kind=Literal(kind.name),
        pairs=SQL(", ").join(
            SQL("({}, {})").format(Literal(part), _column(kind, part)) for part in kind.names
        ),
    )


def _cases(kind: Kind) -> Composed:
    made = [
        SQL("WHEN {} THEN {}").format(Literal(part), _column(kind, part)) for part in kind.names
    ]
    if kind.short_of:
        made.append(SQL("WHEN 'short' THEN {}").format(_column(kind, "name_th")))
    return SQL(" ").join(made)


def _column(kind: Kind, part: str) -> Composable:
    """Of the view `v`; where it gives no number, an id was made of another one."""
    column = SQL("v.{}").format(Identifier(kind.names[part]))
    return SQL("coalesce({}, v.id)").format(column) if part == "number" else column


_FOUND = SQL("n.kind, n.id, n.part, n.key, n.sound")
# A key is compared byte by byte: all that begins with it lies before it with the last character.
_BEGINS = """(
    SELECT {found} FROM published.search_names AS n
    WHERE n.kind = k.kind AND n.{column} >= %({column})s AND n.{column} < %({column}_end)s
    ORDER BY n.{column}, n.id
    LIMIT %(most)s
)"""


def beginning() -> Composed:
    """Names of each of %(kinds)s that begin with %(key)s, or sound as %(sound)s does, the shortest
    among those that it continues first; NULL finds nothing."""
    return SQL(
        "SELECT f.* FROM unnest(%(kinds)s::text[]) AS k (kind) CROSS JOIN LATERAL ({}) AS f"
    ).format(
        SQL(" UNION ALL ").join(
            SQL(_BEGINS).format(found=_FOUND, column=SQL(column)) for column in ("key", "sound")
        )
    )


def containing() -> Composed:
    """Names that are LIKE %(key_part)s or %(sound_part)s: of the few kinds %(few)s all of them; of
    %(many)s those LIKE %(key_many)s or %(sound_many)s, no more than %(most)s each."""
    few = SQL(
        """
        SELECT {found} FROM published.search_names AS n
        WHERE n.kind = ANY (%(few)s::text[])
            AND (n.key LIKE %(key_part)s OR n.sound LIKE %(sound_part)s)
        """
    ).format(found=_FOUND)
    many = [
        SQL(
            """(
            SELECT {found} FROM published.search_names AS n
            WHERE n.kind = ANY (%(many)s::text[]) AND n.{column} LIKE %({column}_many)s
            LIMIT %(most)s
            )"""
        ).format(found=_FOUND, column=SQL(column))
        for column in ("key", "sound")
    ]
    return SQL(" UNION ALL ").join([few, *many])


def similar() -> Composed:
    """(as above, likeness) of names that have something like %(key)s or %(sound)s in them."""
    few = SQL(
        """
        SELECT * FROM (
            SELECT {found}, greatest(
                word_similarity(%(key)s, n.key), word_similarity(%(sound)s, n.sound)
            ) AS likeness
            FROM published.search_names AS n
            WHERE n.kind = ANY (%(few)s::text[])
        ) AS liked
        WHERE likeness >= %(least)s
        """
    ).format(found=_FOUND)
    many = [
        SQL(
            """(
            SELECT {found}, word_similarity(%({column})s, n.{column}) AS likeness
            FROM published.search_names AS n
            WHERE n.kind = ANY (%(many)s::text[]) AND %({column})s <%% n.{column}
            ORDER BY likeness DESC, n.id
            LIMIT %(most)s
            )"""
        ).format(found=_FOUND, column=SQL(column))
        for column in ("key", "sound")
    ]
    return SQL(" UNION ALL ").join([few, *many])


_AREA = """(
    SELECT {columns} FROM published.{view} AS a
    WHERE {condition} ORDER BY a.id LIMIT 1
)"""


def told(kind: Kind) -> Composed:
    """Of the %(ids)s of a kind: id, name_th, name_en, what its link names, the number, lon, lat,
    and the district and the province it lies in, each as an object or NULL."""
    name_en = kind.names.get("name_en")
    return SQL(
        """
        SELECT v.id, v.{name_th}, {name_en}, {link}, {number}, ST_X(spot.geom), ST_Y(spot.geom),
            to_json(district), to_json(province)
        FROM published.{view} AS v
        CROSS JOIN LATERAL (SELECT {spot} AS geom) AS spot
        LEFT JOIN LATERAL {district} AS district ON {has_district}
        LEFT JOIN LATERAL {province} AS province ON {has_province}
        WHERE v.id = ANY (%(ids)s::text[])
        """
    ).format(
        name_th=Identifier(kind.names["name_th"]),
        name_en=SQL("v.{}").format(Identifier(name_en)) if name_en else SQL("NULL"),
        link=SQL("v.{}").format(Identifier(kind.link.partition("{")[2].partition("}")[0])),
        number=_column(kind, "number") if "number" in kind.names else SQL("NULL"),
        view=Identifier(kind.view),
        spot=SQL("v.geom") if kind.point else SQL("ST_PointOnSurface(v.geom)"),
        district=_area("districts", kind, "district", ("id", "name_th", "name_en")),
        province=_area("provinces", kind, "province", ("id", "name_th", "name_en")),
        has_district=SQL("true" if kind.point or "district" in kind.within else "false"),
        has_province=SQL("true" if kind.point or kind.within else "false"),
    )


def _area(view: str, kind: Kind, which: str, columns: Sequence[str]) -> Composed:
    condition: Composable
    if which in kind.within:
        condition = SQL("a.id = v.{}").format(Identifier(kind.within[which]))
    elif which == "province" and "district" in kind.within:
        # TIS 1099: a district's code begins with its province's.
        condition = SQL("a.id = left(v.{}, 2)").format(Identifier(kind.within["district"]))
    else:
        condition = SQL("ST_Intersects(a.geom, v.geom)")
    return SQL(_AREA).format(
        columns=SQL(", ").join(SQL("a.{}").format(Identifier(column)) for column in columns),
        view=Identifier(view),
        condition=condition,
    )
