"""Inspections with every edit, as who asks may see them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from geo_api.database.connections import Transaction
from geo_api.inspections import inspections_sql as sql
from layers.casework.inspections import Content, Fix, Inspection, Photo, Revision


def inspections(
    transaction: Transaction,
    *,
    id: UUID | None = None,
    complaint: str | None = None,
    factory: str | None = None,
) -> list[Inspection]:
    """Newest visit first."""
    asked = {"inspection": id and str(id), "complaint": complaint, "factory": factory}
    found = transaction.fetch(sql.INSPECTIONS, asked)
    ids = {"inspections": [row[0] for row in found]}
    revisions: defaultdict[str, list[Revision]] = defaultdict(list)
    for row in transaction.fetch(sql.REVISIONS, ids):
        revisions[row[0]].append(_revision(row))
    photos: defaultdict[str, list[Photo]] = defaultdict(list)
    for of, photo, client, *rest in transaction.fetch(sql.PHOTOS, ids):
        photos[of].append(Photo(photo, UUID(client), *rest))
    causes = {r.content.cause for of in revisions.values() for r in of if r.content.cause}
    named = transaction.fetch(sql.FACTORY_NAMES, {"ids": sorted(causes)}) if causes else []
    # Of one that is no longer published its number is all that is known.
    names = {**{id: id for id in causes}, **dict(named)}
    return [
        Inspection(
            id=UUID(one),
            complaint=of_case,
            factory=of_works,
            checklist=checklist,
            checklist_version=version,
            standing=UUID(standing),
            heads=_uuids(heads),
            revisions=tuple(revisions[one]),
            photos=tuple(photos[one]),
            names={
                r.content.cause: names[r.content.cause] for r in revisions[one] if r.content.cause
            },
        )
        for one, of_case, of_works, checklist, version, standing, heads in found
    ]


def _revision(row: Sequence[Any]) -> Revision:
    _, id, based_on, account, by, started, saved, received, *said, distance_m, precision = row
    lon, lat, accuracy_m, fixed_at, no_fix, *rest = said
    fix = None if lon is None else Fix(lon, lat, accuracy_m, fixed_at)
    return Revision(
        UUID(id),
        _uuids(based_on),
        account,
        by,
        started,
        saved,
        received,
        Content(fix, no_fix, *rest),
        distance_m,
        precision,
    )


def _uuids(texts: Sequence[str]) -> tuple[UUID, ...]:
    return tuple(map(UUID, texts))
