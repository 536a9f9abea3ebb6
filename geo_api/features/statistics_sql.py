"""Counts, sums and means of a layer's features by area, time or field."""

from collections.abc import Mapping, Sequence

from psycopg2.sql import SQL, Composable, Composed, Identifier

from geo_api.features.sql import Conditions, names

# What a group is by, from the features `f`; months, days and years are those of Thailand. What is
# known to a month or to some days only is of no single day.
_LOCAL = "(f.observed_at AT TIME ZONE 'Asia/Bangkok')"
_TIMES: Mapping[str, str] = {
    "day": f"to_char({_LOCAL}, 'YYYY-MM-DD')",
    "month": f"to_char({_LOCAL}, 'YYYY-MM')",
    "year": f"to_char({_LOCAL}, 'YYYY')",
}
_WHERE_DAY_IS_KNOWN = "CASE WHEN f.time_precision IN ('month', 'window') THEN NULL ELSE {} END"
AREAS: Mapping[str, tuple[str, str]] = {
    "province": ("provinces", "province_code"),
    "district": ("districts", "district_code"),
}
TIMES = tuple(_TIMES)

_FUNCTIONS: Mapping[str, str] = {
    "mean": "avg({})",
    "sum": "sum({})",
    "min": "min({})",
    "max": "max({})",
    "median": "percentile_cont(0.5) WITHIN GROUP (ORDER BY {})",
}
FUNCTIONS = tuple(_FUNCTIONS)
# Of binary floats these differ in the last digit with the order in which rows are read.
_SUMMED = ("mean", "sum")


def groups(
    layer: str,
    columns: Sequence[str],
    met: Conditions,
    by: Sequence[str],
    values: Sequence[tuple[str, str]],
    most: int,
    *,
    exact: bool = False,
) -> Composed:
    """A `line` of JSON for each group, in the order of the groups, `most` at most. `columns` are
    those of the view; `by` names areas, times or columns, and `values` pairs a function with a
    column. Where it must be `exact` to the last digit, numbers are taken for decimals."""
    keys = [_key(name, columns) for name in by]
    told: list[Composable] = [
        SQL("{} AS {}").format(key, Identifier(name)) for key, name in zip(keys, by, strict=True)
    ]
    told.append(SQL("count(*) AS count"))
    told += [
        SQL("{} AS {}").format(
            SQL(_FUNCTIONS[function]).format(
                SQL("{}::numeric" if exact and function in _SUMMED else "{}").format(
                    Identifier("f", column)
                )
            ),
            Identifier(f"{function}_{column}"),
        )
        for function, column in values
    ]
    places = SQL(", ").join(SQL(str(place)) for place in range(1, len(by) + 1))
    return SQL(
        """
        SELECT row_to_json(r)::text AS line FROM (
            SELECT {told}
            FROM (SELECT {columns} FROM published.{layer} WHERE {met}) AS f
            {areas}
            {grouped}
            LIMIT {most}
        ) AS r
        """
    ).format(
        told=SQL(", ").join(told),
        columns=names(columns),
        layer=Identifier(layer),
        met=SQL(" AND ").join(met) if met else SQL("true"),
        areas=SQL(" ").join(_area(name) for name in by if _is_looked_up(name, columns)),
        grouped=SQL("GROUP BY {0} ORDER BY {0}").format(places) if by else SQL(""),
        most=SQL(str(most)),
    )


def observed(layer: str) -> Composed:
    """A layer's first and newest times, null where it has none."""
    return SQL(
        """
        SELECT
            (
                SELECT observed_at FROM published.{layer}
                WHERE observed_at IS NOT NULL ORDER BY observed_at LIMIT 1
            ),
            (
                SELECT observed_at FROM published.{layer}
                WHERE observed_at <= now() ORDER BY observed_at DESC LIMIT 1
            )
        """
    ).format(layer=Identifier(layer))


def _is_looked_up(name: str, columns: Sequence[str]) -> bool:
    return name in AREAS and AREAS[name][1] not in columns


def _key(name: str, columns: Sequence[str]) -> Composable:
    if name in AREAS:
        column = AREAS[name][1]
        return Identifier("f" if column in columns else name, column)
    if name in _TIMES:
        is_vague = name == "day" and "time_precision" in columns
        return SQL(_WHERE_DAY_IS_KNOWN.format(_TIMES[name]) if is_vague else _TIMES[name])
    return Identifier("f", name)


def _area(name: str) -> Composed:
    """The area that a feature lies in; one on a border belongs to the first by its code, as in the
    sums that are kept."""
    view, column = AREAS[name]
    return SQL(
        """
        LEFT JOIN LATERAL (
            SELECT a.code AS {column} FROM published.{view} AS a
            WHERE ST_Intersects(a.geom, ST_PointOnSurface(f.geom))
            ORDER BY a.code
            LIMIT 1
        ) AS {name} ON true
        """
    ).format(column=Identifier(column), view=Identifier(view), name=Identifier(name))
