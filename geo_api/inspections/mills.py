"""What staff ask of a sugar mill: its periods, and how it ranks among others."""

from datetime import date

from geo_api.accounts.credentials import as_holder
from geo_api.database.connections import Writes
from geo_api.inspections.mills_sql import PERIODS
from layers.casework.mills import MillAccount, MillNotFound, MillPeriod
from layers.casework.staff import Staff, require_reader


def mill_account(
    writes: Writes, staff: Staff, mill: str, season: int | None, day: date | None
) -> MillAccount:
    """By the mill's number or its id in the register: of a season, the newest where None, or the
    fortnight that `day` is in. `writes` are those of staff. Raises NotAllowed and MillNotFound."""
    require_reader(staff)
    values = {"mill": mill, "season": season, "day": day}
    with as_holder(writes, staff.credential) as transaction:
        rows = transaction.fetch(PERIODS, values)
    if not rows:
        when = day or (f"the season {season}" if season else "any season")
        raise MillNotFound(f"nothing is known of a mill {mill!r} of {when}")
    ref, factory_id, name, province, of_season = rows[0][:5]
    periods = tuple(MillPeriod(*row[5:]) for row in rows)
    return MillAccount(ref, factory_id, name, province, of_season, periods)
