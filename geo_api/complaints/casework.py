"""Cases as staff read them, and what is near one; what they do with them is in `workflow`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from geo_api.accounts.credentials import as_holder
from geo_api.complaints import casework_sql as sql
from geo_api.complaints import workflow
from geo_api.complaints.photos import PhotoNotFound, PhotoStore
from geo_api.complaints.surroundings import surroundings
from geo_api.database.connections import PrivateWrites, Reads, Transaction
from layers.casework.attribution import NOT_COMPUTED, Attribution, Candidate
from layers.casework.cases import (
    NEWEST,
    Case,
    CaseNotFound,
    CaseSummary,
    Colleague,
    Duplicate,
    Event,
    Move,
    Photo,
    Placing,
    Queue,
    QueueQuery,
    Suggestions,
    Surroundings,
)
from layers.casework.staff import OFFICER, Staff, require_reader
from layers.casework.states import closed_states, open_states, transitions_from
from layers.methods.wind import end_of_hour
from layers.model import Layer, Text
from layers.query import BadQuery, instant_of

# What sql.ATTRIBUTION selects.
_ATTRIBUTION = (
    *("reason", "none_single", "none_pooled", "others", "others_single", "others_pooled"),
    *("wind_speed_m_s", "wind_from_deg", "wind_age_h", "station_m", "method", "computed_at"),
    "run_id",
)


@dataclass(frozen=True)
class DatabaseCasework:
    """See layers.casework.cases.Casework. `now` gives UTC."""

    private: PrivateWrites
    reads: Reads
    layers: Mapping[str, Layer]
    photos: PhotoStore
    now: Callable[[], datetime]

    def queue(self, staff: Staff, asked: QueueQuery) -> Queue:
        """See Casework."""
        require_reader(staff)
        now = self.now()
        values = {**_moment(now), **_asked(staff, asked, now), **_after(asked.after)}
        page = sql.NEWEST_FIRST if asked.order == NEWEST else sql.OLDEST_FIRST
        with as_holder(self.private.staff, staff.credential) as transaction:
            rows = transaction.fetch(page, values)
            [(total, overdue)] = transaction.fetch(sql.COUNT, values)
            [(count, since)] = transaction.fetch(sql.WITHOUT_PROVINCE, values)
        cases = tuple(_summary(row) for row in rows)
        is_full = len(cases) == asked.limit
        after = _cursor(cases[-1]) if is_full else None
        return Queue(cases, total, overdue, after, count, since)

    def case(self, staff: Staff, id: str) -> Case:
        """See Casework."""
        require_reader(staff)
        with as_holder(self.private.staff, staff.credential) as transaction:
            summary = self._summaries(transaction, [id]).get(id)
            if summary is None:
                raise CaseNotFound(f"no complaint {id!r}")
            [found] = transaction.fetch(sql.CASE, {"id": id})
            events = transaction.fetch(sql.EVENTS, {"id": id})
            photos = transaction.fetch(sql.PHOTOS, {"id": id})
        return _case(staff, summary, found, events, photos)

    def suggestions(self, staff: Staff, id: str) -> Suggestions:
        """See Casework."""
        with as_holder(self.private.staff, staff.credential) as transaction:
            _require(transaction, staff, id)
            near = transaction.fetch(sql.POSSIBLE_DUPLICATES, {"id": id})
            found = self._summaries(transaction, [other for other, _ in near])
        return Suggestions(tuple(Duplicate(found[other], away_m) for other, away_m in near))

    def colleagues(self, staff: Staff, id: str) -> tuple[Colleague, ...]:
        """See Casework."""
        with as_holder(self.private.staff, staff.credential) as transaction:
            _require(transaction, staff, id)
            return tuple(Colleague(*row) for row in transaction.fetch(sql.COLLEAGUES, {"id": id}))

    def photo(self, staff: Staff, photo_id: str) -> bytes:
        """See Casework."""
        require_reader(staff)
        with as_holder(self.private.staff, staff.credential) as transaction:
            found = workflow.is_storable(photo_id) and transaction.fetch(
                sql.PHOTO, {"id": photo_id}
            )
        try:
            return self.photos.read(photo_id if found else "")
        except PhotoNotFound:
            raise CaseNotFound(f"no photo {photo_id!r}") from None

    def surroundings(self, staff: Staff, id: str) -> Surroundings | None:
        """See Casework."""
        with as_holder(self.private.staff, staff.credential) as transaction:
            _require(transaction, staff, id)
            [(lon, lat, happened_at)] = transaction.fetch(sql.PLACE, {"id": id})
        if lon is None:
            return None
        # The hour in which it happened, whose mean is known when it ends.
        at = min(end_of_hour(happened_at), self.now())
        return surroundings(self.reads, self.layers, lon, lat, at)

    def attribution(self, staff: Staff, id: str) -> Attribution:
        """See Casework."""
        with as_holder(self.private.staff, staff.credential) as transaction:
            _require(transaction, staff, id)
            found = transaction.fetch(sql.ATTRIBUTION, {"id": id})
            rows = transaction.fetch(sql.CANDIDATES, {"id": id})
        candidates = tuple(Candidate(*row) for row in rows)
        told: dict[str, Any] = dict(zip(_ATTRIBUTION, found[0], strict=True)) if found else {}
        return Attribution(id, told.pop("reason", NOT_COMPUTED), **told, candidates=candidates)

    def districts(self, staff: Staff) -> Mapping[str, Text]:
        """See Casework."""
        require_reader(staff)
        of_one = {"province": staff.province_code}
        statement = sql.PLACES if staff.role == OFFICER else sql.PROVINCES
        with as_holder(self.private.staff, staff.credential) as transaction:
            return {code: Text(th, en) for code, th, en in transaction.fetch(statement, of_one)}

    def transition(self, staff: Staff, id: str, move: Move) -> None:
        """See Casework."""
        workflow.transition(self.private.staff, staff, id, move)

    def note(self, staff: Staff, id: str, words: str) -> None:
        """See Casework."""
        workflow.note(self.private.staff, staff, id, words)

    def assign(
        self, staff: Staff, id: str, assignee: int | None, why: str, version: int | None
    ) -> None:
        """See Casework."""
        workflow.assign(self.private.staff, staff, id, assignee, why, version)

    def mark_spam(
        self, staff: Staff, id: str, is_spam: bool, why: str, version: int | None
    ) -> None:
        """See Casework."""
        workflow.mark_spam(self.private.staff, staff, id, is_spam, why, version)

    def recategorise(
        self, staff: Staff, id: str, category: str, why: str, version: int | None
    ) -> None:
        """See Casework."""
        workflow.recategorise(self.private.staff, staff, id, category, why, version)

    def place(self, staff: Staff, id: str, where: Placing, why: str, version: int | None) -> None:
        """See Casework."""
        workflow.place(self.private.staff, staff, id, where, why, version)

    def merge(self, staff: Staff, id: str, original: str, why: str, version: int | None) -> None:
        """See Casework."""
        workflow.merge(self.private.staff, staff, id, original, why, version)

    def unmerge(self, staff: Staff, id: str, why: str, version: int | None) -> None:
        """See Casework."""
        workflow.unmerge(self.private.staff, staff, id, why, version)

    def add_evidence(self, staff: Staff, id: str, photos: Sequence[bytes], words: str) -> None:
        """See Casework."""
        workflow.add_evidence(self.private.staff, self.photos, staff, id, photos, words)

    def _summaries(self, transaction: Transaction, ids: Sequence[str]) -> dict[str, CaseSummary]:
        """Of those that are seen, by id."""
        values = {**_moment(self.now()), "ids": [id for id in ids if workflow.is_storable(id)]}
        return {row[0]: _summary(row) for row in transaction.fetch(sql.SUMMARIES, values)}


def _require(transaction: Transaction, staff: Staff, id: str) -> None:
    require_reader(staff)
    if not workflow.is_storable(id) or not transaction.fetch(sql.PLACE, {"id": id}):
        raise CaseNotFound(f"no complaint {id!r}")


def _moment(now: datetime) -> dict[str, Any]:
    return {"now": now, "closed": list(closed_states())}


def _asked(staff: Staff, asked: QueueQuery, now: datetime) -> dict[str, Any]:
    days = asked.older_than_days
    return {
        "states": list(asked.states or open_states()),
        "category": asked.category,
        "district": asked.district,
        "older": None if days is None else now - timedelta(days=days),
        "assignee": staff.account_id if asked.is_mine else None,
        "is_overdue": asked.is_overdue,
        "is_spam": asked.is_spam,
        "without_province": asked.without_province,
        "limit": asked.limit,
    }


def _cursor(last: CaseSummary) -> str:
    return f"{last.received_at.isoformat().replace('+00:00', 'Z')}~{last.id}"


def _after(cursor: str | None) -> dict[str, Any]:
    if cursor is None:
        return {"after_at": None, "after_id": None}
    at, mark, id = cursor.partition("~")
    if not mark or not workflow.is_storable(id):
        raise BadQuery("after", f"after must come from the answer before, got {cursor[:100]!r}")
    return {"after_at": instant_of("after", at), "after_id": id}


def _colleague(id: int | None, name: str, role: str) -> Colleague | None:
    return None if id is None else Colleague(id, name, role)


def _summary(row: Sequence[Any]) -> CaseSummary:
    *told, name_th, name_en, by, by_name, by_role = row[:17]
    place = None if name_th is None else Text(name_th, name_en)
    after: Sequence[Any] = (place, _colleague(by, by_name, by_role), *row[17:])
    return CaseSummary(*told, *after)


def _event(row: Sequence[Any]) -> Event:
    id, at, kind, case_id, from_state, to_state, by, by_name, by_role, why, detail = row
    who = _colleague(by, by_name, by_role)
    return Event(id, at, kind, case_id, from_state, to_state, who, why, detail)


def _case(
    staff: Staff,
    summary: CaseSummary,
    found: Sequence[Any],
    events: Sequence[Sequence[Any]],
    photos: Sequence[Sequence[Any]],
) -> Case:
    version, source, status, reported_at, happened_at, device_at, *more = found
    address, accuracy_m, duplicate_of, merged, has_evidence, has_contact, words = more
    may = transitions_from(summary.state, staff.role) if "work" in staff.scopes else ()
    return Case(
        summary=summary,
        version=version,
        source=source,
        status=status,
        reported_at=reported_at,
        happened_at=happened_at,
        device_at=device_at,
        address=address,
        accuracy_m=accuracy_m,
        duplicate_of=duplicate_of,
        merged=tuple(merged or ()),
        words=words,
        events=tuple(map(_event, events)),
        photos=tuple(Photo(*row) for row in photos),
        transitions=may,
        has_evidence=has_evidence,
        has_contact=has_contact,
    )
