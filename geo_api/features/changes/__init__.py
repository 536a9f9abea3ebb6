"""What a layer shows otherwise than at a former time: features added, removed and changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from geo_api.database.as_of import AsOfReads
from geo_api.features import sql as features_sql
from geo_api.features.changes import sql
from geo_api.features.columns import columns
from geo_api.features.cql2.sql import Columns
from geo_api.features.cursors import read_cursor, sign_cursor
from geo_api.features.views_read import views_read
from layers.model import Layer
from layers.query import Query

Kind = Literal["added", "removed", "changed"]
_GEOMETRY = "geometry"


@dataclass(frozen=True)
class Change:
    """`before` and `after` are GeoJSON features, None where there was none; `fields` are the
    properties of a changed one that are no longer the same, `geometry` among them."""

    id: str
    kind: Kind
    fields: tuple[str, ...]
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Changes:
    """One page, in the order of ids, and how many there are in all; `cursor`: None on the last."""

    counts: Mapping[Kind, int]
    page: Sequence[Change]
    cursor: str | None


def changes(
    older: AsOfReads, newer: AsOfReads, layer: Layer, query: Query, secret: bytes
) -> Changes:
    """Between the answers to one question as of two times: what no longer meets its conditions is
    removed from it. Raises BadQuery for a filter that cannot be read, and for a cursor that is none
    of ours."""
    known = columns(older, layer)
    met = features_sql.conditions(layer, query, known)
    scope = f"{layer.name} {older.as_of.version} {newer.as_of.version}"
    after = read_cursor(secret, scope, query.cursor)[0] if query.cursor is not None else None
    assert query.limit is not None
    present, former, later = older.present, older.as_of, newer.as_of
    own = views_read(layer, query) == (layer.name,) and _only_own_rows_changed(older, newer, layer)
    [(added, removed, changed, found)] = present.fetch(
        sql.differences(layer, known, met, former, later, after, query.limit + 1, own_rows=own)
    )
    page = [(str(id), kind) for id, kind in found[: query.limit]]
    return Changes(
        {"added": added, "removed": removed, "changed": changed},
        _told(older, newer, layer, known, met, page),
        sign_cursor(secret, scope, [page[-1][0]]) if len(found) > query.limit else None,
    )


def _only_own_rows_changed(older: AsOfReads, newer: AsOfReads, layer: Layer) -> bool:
    versions = {"older": older.as_of.version, "newer": newer.as_of.version}
    [(own,)] = older.present.fetch(sql.ONLY_OWN_ROWS_CHANGED, {"layer": layer.name, **versions})
    return bool(own)


@dataclass(frozen=True)
class _Feature:
    text: str
    values: Sequence[str | None]


def _told(
    older: AsOfReads,
    newer: AsOfReads,
    layer: Layer,
    known: Columns,
    met: features_sql.Conditions,
    page: Sequence[tuple[str, Kind]],
) -> list[Change]:
    def features(reads: AsOfReads, without: Kind) -> dict[str, _Feature]:
        ids = [id for id, kind in page if kind != without]
        rows = reads.fetch(sql.features(layer, known, met, ids)) if ids else []
        return {id: _Feature(text, values) for id, text, values in rows}

    names = [_GEOMETRY if name == "geom" else name for name in sql.compared(layer)]
    before, after = features(older, "added"), features(newer, "removed")
    told = []
    for id, kind in page:
        was, became = before.get(id), after.get(id)
        pairs = zip(names, was.values, became.values, strict=True) if was and became else ()
        fields = tuple(name for name, one, other in pairs if one != other)
        texts = (one.text if one else None for one in (was, became))
        told.append(Change(id, kind, fields, *texts))
    return told
