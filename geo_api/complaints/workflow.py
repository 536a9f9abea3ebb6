"""What staff do with a case: an event is written, and PostgreSQL applies it or says why it cannot.

Nothing is decided here that the database does not decide again (functions/events.sql): here it is
only said in the words of this product, and before anything is written.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg2

from geo_api.accounts.credentials import as_holder
from geo_api.complaints import events_sql as sql
from geo_api.complaints.photos import PhotoStore, StoredPhoto
from geo_api.database.connections import Transaction, Writes
from layers.casework.cases import (
    MOST_WORDS,
    CaseChanged,
    CaseNotFound,
    Incomplete,
    Move,
    NotATransition,
    Placing,
)
from layers.casework.categories import CATEGORIES
from layers.casework.intake import has_hidden
from layers.casework.staff import ANALYST, NotAllowed, Staff
from layers.casework.states import (
    CATEGORY,
    DUPLICATE,
    EVIDENCE,
    ORIGINAL,
    PLACE,
    REASON,
    RECIPIENT,
    transition_between,
)
from layers.query import BadQuery

_AREA = re.compile(r"[1-9][0-9](?:[0-9]{2}){0,2}", re.ASCII)


def transition(writes: Writes, staff: Staff, id: str, move: Move) -> None:
    """See Casework."""
    told = {
        "recipient": move.recipient,
        "order_number": move.order_number,
        "public_note": move.public_note,
    }
    detail = {name: _plain(name, text) for name, text in told.items() if text.strip()}
    with _changing(writes, staff, id) as change:
        _require_transition(staff, move)
        if move.from_state != change.state:
            raise _changed(change.state)
        change.write(
            "transition",
            why=move.why,
            version=move.version,
            from_state=move.from_state,
            to_state=move.to_state,
            detail=detail,
        )


def note(writes: Writes, staff: Staff, id: str, words: str) -> None:
    """See Casework."""
    with _changing(writes, staff, id) as change:
        if not words.strip():
            raise Incomplete([REASON])
        change.write("note", why=words)


def assign(
    writes: Writes, staff: Staff, id: str, assignee: int | None, why: str, version: int | None
) -> None:
    """See Casework."""
    with _changing(writes, staff, id) as change:
        change.write("assigned", why=why, version=version, detail={"assignee": assignee})


def mark_spam(
    writes: Writes, staff: Staff, id: str, is_spam: bool, why: str, version: int | None
) -> None:
    """See Casework."""
    with _changing(writes, staff, id) as change:
        change.write("spam", why=why, version=version, detail={"is_spam": is_spam})


def recategorise(
    writes: Writes, staff: Staff, id: str, category: str, why: str, version: int | None
) -> None:
    """See Casework."""
    with _changing(writes, staff, id) as change:
        if category not in CATEGORIES:
            raise Incomplete([CATEGORY])
        change.write("recategorised", why=why, version=version, detail={"category": category})


def place(
    writes: Writes, staff: Staff, id: str, where: Placing, why: str, version: int | None
) -> None:
    """See Casework."""
    told = {"area": where.area, "lon": where.lon, "lat": where.lat}
    detail = {name: value for name, value in told.items() if value is not None}
    if (where.lon is None) != (where.lat is None):
        raise BadQuery("lon", "give lon and lat together, or neither of them")
    if where.area is not None and not _AREA.fullmatch(where.area):
        raise BadQuery("area", f"area must be a code of 2, 4 or 6 digits, got {where.area[:40]!r}")
    with _changing(writes, staff, id) as change:
        if not detail:
            raise Incomplete([PLACE])
        change.write("placed", why=why, version=version, detail=detail)


def merge(
    writes: Writes, staff: Staff, id: str, original: str, why: str, version: int | None
) -> None:
    """See Casework."""
    with _changing(writes, staff, id) as change:
        move = Move(change.state, DUPLICATE)
        _require_transition(staff, move)
        if not change.sees(original):
            raise Incomplete([ORIGINAL])
        change.write(
            "merged",
            why=why,
            version=version,
            from_state=change.state,
            to_state=DUPLICATE,
            detail={"duplicate_of": original},
        )


def unmerge(writes: Writes, staff: Staff, id: str, why: str, version: int | None) -> None:
    """See Casework."""
    with _changing(writes, staff, id) as change:
        if change.state != DUPLICATE:
            raise _changed(change.state)
        before, original = change.before_merge()
        change.write(
            "unmerged",
            why=why,
            version=version,
            from_state=DUPLICATE,
            to_state=before,
            detail={"duplicate_of": original},
        )


def add_evidence(
    writes: Writes, store: PhotoStore, staff: Staff, id: str, photos: Sequence[bytes], words: str
) -> None:
    """See Casework."""
    if not photos:
        raise Incomplete([EVIDENCE])
    with _changing(writes, staff, id) as change:
        kept = store.keep(photos)
        try:
            change.add_photos(kept)
            change.write("photo", why=words, detail={"photos": [one.id for one in kept]})
        except BaseException:
            store.remove(kept)
            raise


class _Change:
    """One case within a transaction, as whoever is signed in sees it."""

    def __init__(self, transaction: Transaction, id: str, state: str) -> None:
        self._transaction = transaction
        self._id = id
        self.state = state

    def sees(self, id: str) -> bool:
        """Whether there is such a case."""
        return is_storable(id) and bool(self._transaction.fetch(sql.STATE, {"id": id}))

    def before_merge(self) -> tuple[str, str]:
        """The state that it had, and into which case it was merged."""
        [(state, original)] = self._transaction.fetch(sql.STATE_BEFORE_MERGE, {"id": self._id})
        return state, original

    def add_photos(self, photos: Sequence[StoredPhoto]) -> None:
        """The rows of files that were kept."""
        for one in photos:
            values = {"id": self._id, "photo": one.id, "sha256": one.sha256}
            size = {"width": one.width, "height": one.height}
            self._transaction.execute(sql.ADD_PHOTO, values | size)

    def write(
        self,
        kind: str,
        *,
        why: str = "",
        version: int | None = None,
        from_state: str | None = None,
        to_state: str | None = None,
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        """Writes the event. Raises what PostgreSQL refuses, in our words."""
        values = {
            "id": self._id,
            "kind": kind,
            "from_state": from_state,
            "to_state": to_state,
            "why": _plain("why", why) or None,
            "detail": json.dumps({**(detail or {})}, ensure_ascii=False),
            "version": version,
        }
        try:
            self._transaction.execute(sql.WRITE, values)
        except psycopg2.Error as problem:
            raise _in_our_words(problem, self.state) from problem


@contextmanager
def _changing(writes: Writes, staff: Staff, id: str) -> Iterator[_Change]:
    """Raises NotAllowed and CaseNotFound."""
    if staff.role == ANALYST or "work" not in staff.scopes:
        raise NotAllowed(
            "working on complaints is for officers, national staff and admins, and with an API key"
            " for one that has the scope 'work'"
        )
    with as_holder(writes, staff.credential) as transaction:
        found = transaction.fetch(sql.STATE, {"id": id}) if is_storable(id) else []
        if not found:
            raise CaseNotFound(f"no complaint {id!r}")
        [(state, _)] = found
        yield _Change(transaction, id, state)


def _require_transition(staff: Staff, move: Move) -> None:
    declared = transition_between(move.from_state, move.to_state)
    if declared is None:
        raise NotATransition(f"no transition leads from {move.from_state!r} to {move.to_state!r}")
    if staff.role not in declared.roles:
        raise NotAllowed(
            f"from {move.from_state} to {move.to_state} is for: {', '.join(declared.roles)}"
        )
    brought = {REASON: move.why, RECIPIENT: move.recipient}
    missing = [one for one in declared.requires if not brought.get(one, "told later").strip()]
    if missing:
        raise Incomplete(missing)


def is_storable(text: str) -> bool:
    """Whether PostgreSQL can hold it: no NUL, and no half of a character, as JSON can write it."""
    return "\0" not in text and not any("\ud800" <= one <= "\udfff" for one in text)


def _plain(name: str, text: str) -> str:
    """No longer than it may be. Raises BadQuery."""
    plain = text.strip()
    if not is_storable(plain):
        raise BadQuery(name, f"{name} must be text, without NUL or half a character")
    if has_hidden(plain):
        raise BadQuery(name, f"{name} has control characters, which nobody sees: write it anew")
    if len(plain) > MOST_WORDS:
        raise BadQuery(name, f"{name} must have at most {MOST_WORDS} characters, got {len(plain)}")
    return plain


def _changed(state: str) -> CaseChanged:
    return CaseChanged(f"the complaint is now {state}: read it again, then decide")


def _in_our_words(problem: psycopg2.Error, state: str) -> Exception:
    said = problem.diag.message_primary or ""
    match problem.pgcode:
        case "CW001":
            return NotATransition(said)
        case "CW002":
            return NotAllowed(said)
        case "CW003":
            return Incomplete((problem.diag.message_detail or "").split(","))
        case "CW004":
            return CaseChanged(f"{said}: read it again, then decide")
    return problem
