"""By when a return is due, where a notice says so; of others nobody is late."""

from datetime import date, timedelta

from layers.reference import rows


def due_on(item: str, first: date, last: date) -> date | None:
    """The day by which an item's return of the period from `first` to `last` is due; None where no
    deadline is known."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    for row in rows("return_deadlines"):
        known_from = date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min
        if row["item"] == item and int(row["months"]) == months and known_from <= last:
            # The last day of a period is the day before the month that is one month on.
            year, month = divmod((last + timedelta(days=1)).month - 2 + int(row["due_months"]), 12)
            return date((last + timedelta(days=1)).year + year, month + 1, int(row["due_day"]))
    return None
