"""Forms of an inspection as a browser without scripts sends them, and what stands in one again."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from layers.casework.inspections import Checklist, Content, Edit, Fix, Inspection, Item
from layers.query import BadQuery, number_of

_ANSWER = "answer."


def edit_of(
    form: Mapping[str, Any],
    checklist: Checklist,
    now: datetime,
    *,
    complaint: str | None,
    factory: str | None,
) -> Edit:
    """What was sent; `now` where the form says no time. Raises BadQuery for a form that is not one
    of ours."""

    def text(name: str) -> str | None:
        value = form.get(name)
        return value.strip().replace("\r\n", "\n") or None if isinstance(value, str) else None

    answers = {item.code: _answer(item, text(_ANSWER + item.code)) for item in checklist.items}
    fix = _fix(text)
    due = text("order_due_on")
    content = Content(
        fix=fix,
        no_fix=None if fix else text("no_fix") or "not_asked",
        finding=text("finding"),
        order_section=text("order_section"),
        order_number=text("order_number"),
        order_due_on=_day(due) if due else None,
        notes=text("notes"),
        answers={code: value for code, value in answers.items() if value is not None},
        cause=text("cause"),
    )
    started = _moment(text("started_at")) or now
    return Edit(
        inspection=uuid_of("inspection", text("inspection")),
        revision=uuid_of("revision", text("revision")),
        based_on=tuple(uuid_of("based_on", one) for one in (text("based_on") or "").split()),
        complaint=complaint,
        factory=factory,
        checklist=checklist.id,
        checklist_version=checklist.version,
        started_at=started,
        device_at=_moment(text("device_at")) or now,
        content=content,
    )


def fields(before: Inspection | None, now: datetime) -> dict[str, Any]:
    """What a form has in it at first: a new inspection, or the edit of one that stands."""
    if before is None:
        return {
            "inspection": uuid4(),
            "revision": uuid4(),
            "based_on": "",
            "started_at": now.isoformat(),
            "content": None,
        }
    [standing] = [one for one in before.revisions if one.id == before.standing]
    return {
        "inspection": before.id,
        "revision": uuid4(),
        "based_on": " ".join(map(str, before.heads)),
        "started_at": standing.started_at.isoformat(),
        "content": standing.content,
    }


def _answer(item: Item, text: str | None) -> Any:
    """A number as one, where it is; what is wrong is told by whoever stores it."""
    if text is None:
        return None
    if item.kind == "photo":
        return text.split()
    if item.kind == "number":
        with suppress(ValueError):
            return float(text.replace(",", ""))
    return text


def _fix(text: Any) -> Fix | None:
    at = _moment(text("fix_at"))
    if at is None:
        return None
    return Fix(
        number_of("fix_lon", text("fix_lon") or "", -180, 180),
        number_of("fix_lat", text("fix_lat") or "", -90, 90),
        number_of("fix_accuracy_m", text("fix_accuracy_m") or "", 0, 1e7),
        at,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadQuery("order_due_on", f"order_due_on must be a date, got {text[:40]!r}") from None


def _moment(text: str | None) -> datetime | None:
    try:
        told = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return told if told and told.tzinfo else None


def uuid_of(name: str, text: str | None) -> UUID:
    """Raises BadQuery."""
    try:
        return UUID(text or "")
    except ValueError:
        raise BadQuery(name, f"{name} must be a UUID: load the form again") from None
