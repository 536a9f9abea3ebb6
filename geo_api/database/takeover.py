"""Takes over a database of the revisions of 2026-11-21, which those of 2026-11-28 replaced.

Their tables are the same, but for the names of two. Their functions stood in the revisions, so that
nothing had noted them.
"""

from collections.abc import Collection

from psycopg2.extensions import cursor as Cursor

from geo_api.database import migrations_sql as sql

_FORMER = "2026_11_21_"
_LAST = frozenset(
    _FORMER + name
    for name in (
        *("air", "bin_sums", "carbon", "green_certificate", "hotspot_reports"),
        *("industrial_estate", "raster_layer", "truth"),
    )
)
_SAME_TABLES = "2026_11_28_counts"

_FUNCTIONS = [
    *("ensure_months", "note_change", "note_changed_rows", "note_truncate", "watch_changes"),
    *("keep_surveyed_area", "merge_factory", "locate_factories"),
    *("factory_named", "find_factory", "find_factories"),
    *("complaints_for_a_day", "merge_complaint", "keep_complaint_texts", "date_complaints"),
    *("hotspot_id", "hotspot_rank", "hotspot_joined", "hotspot_merged", "merge_hotspot"),
    *("identify_hotspots", "join_reports", "note_standard_days", "replace_hotspots"),
    *("store_hotspots", "hotspot_month", "store_hotspot_month", "fill_hotspot_month"),
    *("join_hotspot_month", "absorb_windowed_hotspots", "carry_places_over"),
    *("merge_known", "merge_air_station", "merge_air_measurement"),
    *("thai_aqi_pm25", "thai_aqi_pm25_class", "thai_aqi_least_hours"),
    *("mercator_x", "mercator_y", "bin_grids", "bin_counts", "bin_statement", "sum_bins"),
    *("add_to_bins", "bin_again", "bin_changed_rows", "empty_bins", "keep_bins"),
]


class NotTakenOver(RuntimeError):
    """The database has some of the former revisions, not all; the message says what to do."""


def is_former(heads: Collection[str]) -> bool:
    """Whether these revisions, the last ones applied, are of those that were replaced."""
    return any(head.startswith(_FORMER) for head in heads)


def take_over(cursor: Cursor, heads: Collection[str]) -> None:
    """Leaves the rows alone and has the database as if our revisions had made it, as far as they
    go; its functions are to be made anew. Raises NotTakenOver."""
    if set(heads) != _LAST:
        raise NotTakenOver(
            f"the database has part of the revisions of 2026-11-21, to {', '.join(sorted(heads))}:"
            " finish them with the `fahsai migrate` of the version that began them, or begin with"
            " an empty database and load the sources again"
        )
    cursor.execute(sql.KEEP_INSTALLED_FUNCTIONS)
    cursor.execute(sql.ADOPT_FUNCTIONS, {"names": _FUNCTIONS})
    # Before a revision changes a row, whose triggers would look for tables of the former names.
    cursor.execute(sql.DROP_PUBLISHED)
    cursor.execute(sql.DROP_INSTALLED_FUNCTIONS)
    cursor.execute(sql.RENAME_POINT_COUNTS)
    cursor.execute(sql.STAMP, {"revision": _SAME_TABLES})
