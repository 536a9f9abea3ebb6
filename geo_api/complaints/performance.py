"""How the work on complaints goes, by office; for staff alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from geo_api.accounts.credentials import as_holder
from geo_api.complaints import performance_sql as sql
from geo_api.database.connections import PrivateWrites
from layers.casework.performance import (
    ModelCheck,
    Recurrence,
    Recurrences,
    Share,
    StepShare,
    StepShares,
)
from layers.casework.staff import OFFICER, Staff, require_reader
from layers.methods.wilson import wilson
from layers.model import Text
from layers.times import THAI_TIME

_BACK = timedelta(days=365)


@dataclass(frozen=True)
class DatabasePerformance:
    """See layers.casework.performance.Performance. `now` gives UTC."""

    private: PrivateWrites
    now: Callable[[], datetime]

    def recurrences(self, staff: Staff) -> Recurrences:
        """See Performance."""
        require_reader(staff)
        values = self._values(staff)
        with as_holder(self.private.staff, staff.credential) as transaction:
            rows = transaction.fetch(sql.RECURRENCES, values)
        return Recurrences(
            values["since"].date(),
            tuple(
                Recurrence(code, _text(th, en), _share(recurred, counted), waiting)
                for code, th, en, recurred, counted, waiting in rows
            ),
        )

    def model_check(self, staff: Staff) -> ModelCheck:
        """See Performance."""
        require_reader(staff)
        with as_holder(self.private.staff, staff.credential) as transaction:
            [row] = transaction.fetch(sql.MODEL_AGAINST_FINDINGS)
        named, answered, first, three, without, none, mean, unnamed = row
        return ModelCheck(
            named=named,
            unnamed=unnamed,
            answered=_share(answered, named),
            first=_share(first, answered),
            among_three=_share(three, answered),
            none_of_none=_share(none, without),
            mean_share=mean,
        )

    def step_shares(self, staff: Staff) -> StepShares:
        """See Performance."""
        require_reader(staff)
        values = self._values(staff)
        with as_holder(self.private.staff, staff.credential) as transaction:
            [(has_procedure,)] = transaction.fetch(sql.HAS_PROCEDURE)
            rows = transaction.fetch(sql.STEP_SHARES, values)
        return StepShares(values["since"].date(), has_procedure, tuple(map(_step_share, rows)))

    def _values(self, staff: Staff) -> dict[str, Any]:
        """From the first of a month in Thailand, a year ago."""
        now = self.now()
        first = (now - _BACK).astimezone(THAI_TIME)
        since = first.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        return {"since": since, "now": now, "by_district": staff.role == OFFICER}


def _step_share(row: tuple[Any, ...]) -> StepShare:
    code, th, en, month, version, category, step, title_th, title_en, hours, *counts = row
    within, counted, waiting = counts
    return StepShare(
        code=code,
        place=_text(th, en),
        month=month,
        version=version,
        category=category,
        step=step,
        title=Text(title_th, title_en),
        target_hours=hours,
        within=_share(within, counted),
        waiting=waiting,
    )


def _share(found: int, of: int) -> Share:
    low, high = wilson(found, of) or (None, None)
    return Share(found, of, low, high)


def _text(th: str | None, en: str | None) -> Text | None:
    return None if th is None or en is None else Text(th, en)
