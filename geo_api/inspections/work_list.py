"""The work list of a day: open complaints of a district as stops, each with what is near it."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from geo_api.accounts.credentials import as_holder
from geo_api.database.connections import Reads, Transaction, Writes
from geo_api.features.near import NearQuery, near, wind_direction
from geo_api.inspections import work_list_sql as sql
from geo_api.inspections.routing import nearest_first
from layers.casework.staff import Staff, require_reader
from layers.casework.work_list import (
    MOST_STOPS,
    MOST_SUSPECTS,
    STOP_WITHIN_M,
    SUSPECTS_WITHIN_M,
    Deadline,
    DistrictNotFound,
    DistrictWork,
    LastVisit,
    OpenCase,
    Stop,
    Suspect,
    WorkList,
    WorkListQuery,
)
from layers.model import Layer, Text
from layers.times import thai_day

# Those upwind are looked for among so many of the nearest.
_MOST_NEAR = 60


@dataclass(frozen=True)
class DatabaseWorkLists:
    """See layers.casework.work_list.WorkLists. `writes` are those of staff; what is near a stop is
    asked as the public is answered."""

    writes: Writes
    reads: Reads
    layers: Mapping[str, Layer]
    now: Callable[[], datetime]

    def districts(self, staff: Staff) -> Sequence[DistrictWork]:
        """See WorkLists."""
        require_reader(staff)
        with as_holder(self.writes, staff.credential) as transaction:
            rows = transaction.fetch(sql.DISTRICTS)
        return [
            DistrictWork(code, Text(th, en), province, cases)
            for code, th, en, province, cases in rows
        ]

    def work_list(self, staff: Staff, query: WorkListQuery) -> WorkList:
        """See WorkLists."""
        require_reader(staff)
        now = self.now()
        values = {"district": query.district, "team": query.team, "within_m": STOP_WITHIN_M}
        with as_holder(self.writes, staff.credential) as transaction:
            name = _district(transaction, staff, query.district)
            groups, unplaced = _grouped(transaction.fetch(sql.CASES, values))
            cases = {"complaints": [one.id for group in groups for one in group.cases]}
            due = _deadlines(transaction, cases)
            chosen = sorted(groups, key=lambda group: _urgency(group, due))[:MOST_STOPS]
            shares = _shares(transaction, chosen)
            surroundings = [
                self._near(group, now, told) for group, told in zip(chosen, shares, strict=True)
            ]
            factories = [one["id"] for near_it in surroundings for one in near_it.factories]
            visits = _visits(transaction, {**cases, "factories": factories})
        way = nearest_first([group.place for group in chosen], query.start)
        stops = tuple(
            _stop(number, far_m, chosen[i], surroundings[i], visits, due, query.day)
            for number, (i, far_m) in enumerate(way, 1)
        )
        left_out = len(groups) - len(chosen)
        return WorkList(query.district, name, query.day, now, stops, left_out, unplaced)

    def _near(self, group: "_Group", now: datetime, shares: Mapping[str, float]) -> "_Surroundings":
        if "factories" not in self.layers:
            return _Surroundings([], 0, None)
        lon, lat = group.place
        query = NearQuery(
            at=now,
            lon=lon,
            lat=lat,
            radius_m=SUSPECTS_WITHIN_M,
            layers=("factories",),
            limit=_MOST_NEAR,
        )
        answer = near(self.reads, self.layers, query)
        found = [
            {"id": feature["id"], "share": shares.get(feature["id"]), **feature["properties"]}
            for feature in json.loads(f"[{answer.features}]")
        ]
        # What the wind of the cases says goes before the wind of now.
        found.sort(key=lambda one: (-(one["share"] or 0), not one["upwind"], one["distance_m"]))
        count = answer.head["layers"]["factories"]["found"]
        return _Surroundings(found[:MOST_SUSPECTS], count, wind_direction(answer.head["wind"]))


@dataclass(frozen=True)
class _Group:
    """Complaints that are one stop, oldest first, and the middle of their places."""

    cases: tuple[OpenCase, ...]
    place: tuple[float, float]


@dataclass(frozen=True)
class _Surroundings:
    factories: list[dict[str, Any]]
    found: int
    wind_from_deg: float | None


def _district(transaction: Transaction, staff: Staff, code: str) -> Text:
    found = transaction.fetch(sql.DISTRICT, {"district": code})
    if not found or staff.province_code not in (None, found[0][2]):
        raise DistrictNotFound(f"no district {code!r} of yours: give a code of four digits")
    return Text(found[0][0], found[0][1])


def _grouped(rows: Sequence[Sequence[Any]]) -> tuple[list[_Group], tuple[OpenCase, ...]]:
    """The stops, and the cases that have no place."""
    members: defaultdict[tuple[Any, int], list[tuple[OpenCase, float, float]]] = defaultdict(list)
    unplaced = []
    for *about, lon, lat, cluster in rows:
        case = OpenCase(*about)
        if cluster is None:
            unplaced.append(case)
        else:
            members[case.category, cluster].append((case, lon, lat))
    groups = []
    for found in members.values():
        cases, lons, lats = zip(*found, strict=True)
        groups.append(_Group(cases, (sum(lons) / len(lons), sum(lats) / len(lats))))
    return groups, tuple(unplaced)


def _shares(transaction: Transaction, groups: Sequence[_Group]) -> list[dict[str, float]]:
    """Of each stop's cases the largest share of each factory."""
    cases = [case.id for group in groups for case in group.cases]
    of_case: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for complaint, factory, share in transaction.fetch(sql.SHARES, {"complaints": cases}):
        of_case[complaint].append((factory, share))
    told: list[dict[str, float]] = []
    for group in groups:
        largest: dict[str, float] = {}
        for factory, share in (one for case in group.cases for one in of_case[case.id]):
            largest[factory] = max(share, largest.get(factory, 0.0))
        told.append(largest)
    return told


def _deadlines(transaction: Transaction, cases: dict[str, Any]) -> dict[str, list[Deadline]]:
    due: defaultdict[str, list[Deadline]] = defaultdict(list)
    for complaint, due_on, number in transaction.fetch(sql.ORDERS, cases):
        due[complaint].append(Deadline("order", complaint, due_on, number))
    for complaint, due_at in transaction.fetch(sql.DEADLINES, cases):
        due[complaint].append(Deadline("case", complaint, due_at.date()))
    return due


def _urgency(group: _Group, due: Mapping[str, list[Deadline]]) -> tuple[Any, ...]:
    """What ends first, then what most complain of, then what is strongest, then the oldest."""
    dates = [one.due_on for case in group.cases for one in due.get(case.id, ())]
    strongest = max((case.strength or 0) for case in group.cases)
    first = group.cases[0]
    return min(dates, default=date.max), -len(group.cases), -strongest, first.received_at, first.id


def _visits(transaction: Transaction, about: dict[str, Any]) -> dict[str, LastVisit]:
    return {
        what: LastVisit(UUID(id), visited_at, finding, heads)
        for what, id, visited_at, finding, heads in transaction.fetch(sql.VISITS, about)
    }


def _stop(
    number: int,
    far_m: float | None,
    group: _Group,
    surroundings: _Surroundings,
    visits: Mapping[str, LastVisit],
    due: Mapping[str, list[Deadline]],
    day: date,
) -> Stop:
    lasts = [visits[f"case {case.id}"] for case in group.cases if f"case {case.id}" in visits]
    last = max(lasts, key=lambda visit: visit.visited_at, default=None)
    return Stop(
        number=number,
        category=group.cases[0].category,
        lon=round(group.place[0], 6),
        lat=round(group.place[1], 6),
        from_previous_m=far_m,
        cases=group.cases,
        suspects=tuple(_suspect(one, visits) for one in surroundings.factories),
        suspects_found=surroundings.found,
        wind_from_deg=surroundings.wind_from_deg,
        last=last,
        deadlines=tuple(one for case in group.cases for one in due.get(case.id, ())),
        visited=last is not None and thai_day(last.visited_at) == day,
    )


def _suspect(told: Mapping[str, Any], visits: Mapping[str, LastVisit]) -> Suspect:
    return Suspect(
        told["id"],
        told["name"],
        told["distance_m"],
        told["bearing_deg"],
        told["upwind"],
        visits.get(f"factory {told['id']}"),
        told["share"],
    )
