"""Of each mill, season and fortnight: fires of its zone beside what it declared, and the limits.

How many fires the declared burnt cane would be of, at the mean of all mills that declared, is
reckoned on the days of which there is a declaration; how far the fires are from it ranks the mills,
for those who look into it. Neither is a finding about a mill: fires of its zone may be of cane that
another bought, or of none; and one that burned between two passes of the satellites is not seen.
"""

import numpy as np
import pandas as pd
from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import execute_values

from geo_api.analyses import mill_burning_sql as sql
from geo_api.analyses.mills.register import Mills
from layers.methods.count_residuals import expected_by_amount, falling_ranks, freeman_tukey
from layers.reference.mills import sugar_mills

DECLARED_ZONE = "mill_zone_shares 2: fires by day, declared zone"
# Of a normal variate: the bounds of 95 %.
_Z = 1.96
# What is declared of less of a period than this is not ranked.
_LEAST_DECLARED = 0.5


def keep_periods(cursor: Cursor, mills: Mills, run_id: int) -> tuple[int, int]:
    """Rows that are new or changed, and all."""
    areas = {one.province_code: one.ocsb_region for one in sugar_mills().values()}
    values = {"provinces": list(areas), "regions": list(areas.values())}
    cursor.execute(sql.PERIODS, values)
    columns = [one.name for one in cursor.description or ()]
    frame = pd.DataFrame(cursor.fetchall(), columns=columns)
    cursor.execute(sql.REPLACING.stage)
    if len(frame):
        rows = reckoned(frame, mills).assign(run_id=run_id)[list(sql.COLUMNS)]
        told = rows.astype(object).where(rows.notna(), None).itertuples(index=False, name=None)
        execute_values(cursor, sql.REPLACING.fill, list(told), page_size=1000)
    cursor.execute(sql.REPLACING.forget_changed)
    cursor.execute(sql.REPLACING.keep_new)
    return cursor.rowcount, len(frame)


def reckoned(frame: pd.DataFrame, mills: Mills) -> pd.DataFrame:
    """The rows of PERIODS with the columns of the table."""
    days = (pd.to_datetime(frame["last_day"]) - pd.to_datetime(frame["first_day"])).dt.days + 1
    zoned = set(mills.zones_of(int(frame["season"].max())))
    seen = frame["is_placed"] & frame["is_observed"]
    half = _Z * np.sqrt(frame["variance"])
    tonnes = (frame["fresh_t"] + frame["burnt_t"]).astype(float)
    basis = np.where(frame["mill_ref"].isin(zoned), "declared", "shares")
    table = frame.assign(
        fires=frame["fires"].where(seen),
        fires_low=(frame["fires"] - half).clip(lower=0).where(seen),
        fires_high=(frame["fires"] + half).where(seen),
        fires_nearest=frame["nearest"].astype("Int64").where(seen),
        fire_days=frame["fire_days"].astype("Int64").where(seen),
        declared=np.select(
            [frame["declared_days"] == 0, frame["declared_days"] < days],
            ["not_declared", "partly"],
            "declared",
        ),
        burnt_pct=100 * frame["burnt_t"].astype(float) / tonnes.where(tonnes > 0),
        days_above_cap=frame["days_above_cap"].astype("Int64"),
        zone_basis=pd.Series(basis, frame.index).where(seen),
        method=np.where(basis == "declared", DECLARED_ZONE, mills.method),
        abstained=_abstained(frame, days),
    )
    return _ranked(table)


def _abstained(frame: pd.DataFrame, days: pd.Series) -> pd.Series:
    """Why a mill is not compared with others; of several reasons the first."""
    reasons = {
        "place_unknown": ~frame["is_placed"],
        "not_observed": ~frame["is_observed"],
        "not_declared": frame["declared_days"] == 0,
        "contradictory": frame["contradicts"],
        "partly_declared": frame["declared_days"] < _LEAST_DECLARED * days,
    }
    told = np.select(list(reasons.values()), list(reasons), "")
    return pd.Series(told, frame.index).replace("", None)


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    """With what is expected of each, and where it stands among the mills that are compared."""
    table = table.assign(expected=np.nan, residual=np.nan, residual_rank=pd.NA, ranked=pd.NA)
    compared = table[table["abstained"].isna()]
    # Fortnights that begin with a mill's own opening are of the same half of a month.
    for _, some in compared.groupby(["season", "span", "last_day"]):
        fires = some["fires_declared"].to_numpy(float)
        expected = expected_by_amount(fires, some["burnt_t"].to_numpy(float))
        if expected is None:
            table.loc[some.index, "abstained"] = "nothing_burnt"
            continue
        residual = freeman_tukey(fires, expected)
        table.loc[some.index, "expected"] = expected
        table.loc[some.index, "residual"] = residual
        table.loc[some.index, "residual_rank"] = falling_ranks(residual)
        table.loc[some.index, "ranked"] = len(some)
    return table
