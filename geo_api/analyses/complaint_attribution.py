"""Which factories may have caused each complaint, by the wind at its hour: for staff alone.

All complaints are answered together, since each is told by those of other days; what was kept is
replaced whole, or stands. A pass that finds nothing new leaves all as it is. No public page, layer,
export or log names a factory by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import numpy as np
import pandas as pd
from tqdm import tqdm

from geo_api.analyses import AnalysisRun
from geo_api.analyses import complaint_attribution_sql as sql
from geo_api.database.runs import RunFailed, delivering
from layers.analyses import analysis_named
from layers.methods import stuck_wind
from layers.methods.attribution import METHOD, Answers, Complaints, Factories, attribute
from layers.methods.attribution.ranking import candidates, others
from layers.methods.wind import Stations

NAME = "complaint_attribution"
_ROWS_AT_ONCE = 100_000


class NoWind(RunFailed):
    """No station ever measured wind: of no complaint can anything be said."""


@dataclass(frozen=True)
class _Read:
    """What was read, with the ids of its rows."""

    complaint_ids: np.ndarray[Any, Any]
    complaints: Complaints
    factory_ids: np.ndarray[Any, Any]
    factories: Factories
    stations: Stations


def compute(run: AnalysisRun) -> str:
    """Answers all complaints that have a place, where anything is due. Raises NoWind."""
    with run.connection.cursor() as cursor:
        inputs = [one for read in analysis_named(NAME).sources for one in delivering(read)]
        cursor.execute(sql.IS_DUE, {"method": METHOD, "name": NAME, "inputs": inputs})
        [(is_due,)] = cursor.fetchall()
        if not (is_due or run.anew):
            return f"{NAME}: nothing is new since the last pass"
        cursor.execute(sql.TAKE_NEWS, {"name": NAME})
    read = _read(run)
    run.tally.read = run.tally.sound = len(read.complaints)
    found = attribute(read.complaints, read.factories, read.stations)
    kept, known = _keep(run, read, found)
    run.tally.updated, run.tally.inserted = min(known, kept), max(0, kept - known)
    return _said(found)


# A station that never spoke: of no complaint can be told what the wind says.
_SILENT = Stations(
    np.zeros(1), np.zeros(1), np.zeros(1, "M8[h]"), np.full((1, 1), np.nan), np.full((1, 1), np.nan)
)


def _said(found: Answers) -> str:
    """Counts alone: which factories are meant is for nobody who reads a log."""
    count = len(found.reason)
    answered = int((found.reason == None).sum())  # noqa: E711
    if not answered:
        return f"{NAME}: {count:,} complaints, none of which the wind can tell of"
    return (
        f"{NAME}: {answered:,} of {count:,} complaints answered; mean share of none of these"
        f" {np.nanmean(found.none_single):.2f} alone, {np.nanmean(found.none_pooled):.2f} pooled"
    )


def _read(run: AnalysisRun) -> _Read:
    complaints = _frame(run, sql.COMPLAINTS, ("id", "lon", "lat", "at", "category"))
    factories = _frame(run, sql.FACTORIES, ("id", "lon", "lat", "kind"))
    seconds = np.floor(complaints["at"].to_numpy(dtype=float)).astype(np.int64)
    return _Read(
        complaints["id"].to_numpy(),
        Complaints(
            complaints["lon"].to_numpy(dtype=float),
            complaints["lat"].to_numpy(dtype=float),
            seconds.astype("datetime64[s]"),
            complaints["category"].to_numpy(dtype=object),
        ),
        factories["id"].to_numpy(),
        Factories(
            factories["lon"].to_numpy(dtype=float),
            factories["lat"].to_numpy(dtype=float),
            factories["kind"].to_numpy(dtype=object),
        ),
        _stations(run),
    )


def _frame(run: AnalysisRun, statement: str, columns: Sequence[str]) -> pd.DataFrame:
    with run.connection.cursor() as cursor:
        cursor.execute(statement)
        return pd.DataFrame(cursor.fetchall(), columns=list(columns))


def _stations(run: AnalysisRun) -> Stations:
    """Simulated instruments die as real ones do, and are judged here; the ingest judged those."""
    places = _frame(run, sql.STATIONS, ("id", "lon", "lat"))
    winds = _frame(run, sql.WINDS, ("station", "hour", "speed", "from_deg"))
    if places.empty or winds.empty:
        with run.connection.cursor() as cursor:
            cursor.execute(sql.HAS_ANSWERS)
            if (cursor.fetchone() or (False,))[0]:
                return _SILENT
        raise NoWind(f"{NAME} needs the wind of stations whose place is known, and there is none")
    number = pd.Series(np.arange(len(places)), index=places["id"])
    winds = winds[winds["station"].isin(places["id"])]
    station = number[winds["station"]].to_numpy()
    first, last = int(winds["hour"].min()), int(winds["hour"].max())
    column = winds["hour"].to_numpy(dtype=np.int64) - first
    read = np.full((2, len(places), last - first + 1), np.nan)
    for values, name in zip(read, ("speed", "from_deg"), strict=True):
        values[station, column] = winds[name].to_numpy(dtype=float)
    read[:, stuck_wind.stuck(read[0], read[1])] = np.nan
    hours = np.arange(first, last + 1).astype("datetime64[h]")
    lon, lat = (places[name].to_numpy(dtype=float) for name in ("lon", "lat"))
    return Stations(lon, lat, hours, read[0], read[1])


def _keep(run: AnalysisRun, read: _Read, found: Answers) -> tuple[int, int]:
    """How many complaints are kept, and how many were."""
    winds = found.winds
    likeliest = candidates(found, read.complaints, read.factories)
    rest = others(found, likeliest)
    is_answered = np.isfinite(found.none_pooled)
    attributed = pd.DataFrame(
        {
            "complaint": read.complaint_ids,
            "reason": found.reason,
            "none_single": found.none_single,
            "none_pooled": found.none_pooled,
            "others": pd.array(np.where(is_answered, rest.count, -1), "Int64"),
            "others_single": np.where(is_answered, rest.single, np.nan),
            "others_pooled": np.where(is_answered, rest.pooled, np.nan),
            "speed": winds.speed_m_s,
            "from_deg": winds.from_deg,
            "age_h": winds.age_h,
            "station_m": winds.station_m,
            "method": METHOD,
            "computed_at": datetime.now(UTC).isoformat(),
            "run": run.run_id,
        }
    )
    attributed.loc[~is_answered, "others"] = pd.NA
    told = pd.DataFrame(
        {
            "complaint": read.complaint_ids[likeliest.complaint],
            "factory": read.factory_ids[likeliest.factory],
            "distance_m": likeliest.distance_m,
            "bearing_deg": likeliest.bearing_deg,
            "before": likeliest.before,
            "single": likeliest.single,
            "pooled": likeliest.pooled,
            "leads": likeliest.leads,
        }
    )
    with run.connection.cursor() as cursor:
        cursor.execute(sql.STAGE)
        with tqdm(desc=NAME, total=len(attributed) + len(told), unit=" rows", disable=None) as bar:
            for statement, frame in (
                (sql.COPY_ATTRIBUTED, attributed),
                (sql.COPY_CANDIDATES, told),
            ):
                _copy(cursor, statement, frame, bar)
        cursor.execute(sql.FORGET)
        known = cursor.rowcount
        cursor.execute(sql.KEEP)
        cursor.execute(sql.KEEP_CANDIDATES)
    return len(attributed), known


def _copy(cursor: Any, statement: str, frame: pd.DataFrame, bar: Any) -> None:
    for start in range(0, len(frame), _ROWS_AT_ONCE):
        some = frame.iloc[start : start + _ROWS_AT_ONCE]
        lines = StringIO()
        some.to_csv(lines, header=False, index=False, float_format="%.15g")
        lines.seek(0)
        cursor.copy_expert(statement, lines)
        bar.update(len(some))
