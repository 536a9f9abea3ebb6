"""How complaints are to be worked on: deadlines by category, and steps with target durations.

Two files of a form of our own, in UTF-8. No standard of days was found published (docs/limits.md),
so that the product ships none: an office delivers its own.

- deadlines: `category` (of the list, or * for all others), `deadline_hours` from receipt to end,
  `source` (the order or circular that sets it);
- procedures: `version` (the edition), `category`, `step` (1, 2, …), `title_th`, `title_en`,
  `from_state` and `to_state`, `target_hours` from the one to the other, `valid_from` (a day),
  `source`. A case keeps to the edition that was valid when it was received.
"""

from collections.abc import Iterator

from layers.casework.categories import CATEGORIES
from layers.casework.states import STATES
from layers.model import (
    BadValue,
    Delivery,
    Format,
    Plausible,
    Record,
    Row,
    Source,
    Text,
    row_by_row,
)

EVERY = "*"
_MOST_HOURS = 24 * 366 * 5
PLAUSIBLE = tuple(
    Plausible(table, column, 0.1, _MOST_HOURS, "reject", "hours of a deadline: up to five years")
    for table, column in (("complaint_deadline", "hours"), ("procedure_step", "target_hours"))
)


def _read(record: Record, _: Delivery) -> Iterator[Row]:
    yield _step(record) if "target_hours" in record.values else _deadline(record)


def _deadline(record: Record) -> Row:
    return Row(
        "complaint_deadline",
        {
            "category": _category(record),
            "hours": record.needed_number("deadline_hours"),
            "source": record.needed("source"),
        },
    )


def _step(record: Record) -> Row:
    return Row(
        "procedure_step",
        {
            "version": record.needed("version"),
            "category": _category(record),
            "step": record.whole("step", 1, 99) or 1,
            "title_th": record.needed("title_th"),
            "title_en": record.needed("title_en"),
            "from_state": _state(record, "from_state"),
            "to_state": _state(record, "to_state"),
            "target_hours": record.needed_number("target_hours"),
            "valid_from": record.needed_day("valid_from"),
            "source": record.needed("source"),
        },
    )


def _category(record: Record) -> str:
    category = record.needed("category")
    if category not in (EVERY, *CATEGORIES):
        raise BadValue(
            "category is not one of those known", f"{category!r}: * or {', '.join(CATEGORIES)}"
        )
    return category


def _state(record: Record, name: str) -> str:
    state = record.needed(name)
    if state not in STATES:
        raise BadValue(f"{name} is not one of those known", f"{state!r}: {', '.join(STATES)}")
    return state


SOURCE = Source(
    name="case_procedures",
    title=Text("ขั้นตอนและกำหนดเวลาเรื่องร้องเรียน", "Procedures and deadlines of complaints"),
    url="https://www.industry.go.th",
    licence="the office's own",
    tables=("complaint_deadline", "procedure_step"),
    formats=(
        Format("csv", frozenset({"category", "deadline_hours", "source"})),
        Format(
            "csv",
            frozenset(
                {
                    *("version", "category", "step", "title_th", "title_en", "from_state"),
                    *("to_state", "target_hours", "valid_from", "source"),
                }
            ),
        ),
    ),
    parse=row_by_row(_read),
    key=("category", "version", "step"),
    plausible=PLAUSIBLE,
)
