"""Tells detections of works from those of fires, by how heat recurs through the year and where.

All that was ever detected is counted anew by cell and day, which takes seconds; written is only
what changed: cells that are not vegetation's, detections in them, and the places that they make.
Nothing is taken away: a detection that is industrial says so. Detections that come later are told
by their cell as they come.
"""

import io

import numpy as np
import pandas as pd
from psycopg2.extensions import cursor as Cursor

from geo_api.analyses import AnalysisRun
from geo_api.analyses import industrial_heat_sql as sql
from geo_api.database.runs import RunFailed
from layers.methods.persistent_heat import (
    LEAST_DAYS,
    LEAST_SPAN_DAYS,
    LEAST_TOLD_STATIC,
    METHOD,
    WORKS_WITHIN_M,
    joined,
    judged,
    recurrence,
)

NAME = "industrial_heat"
# Of these reasons places are made; of others there is a cell, and no place that is hot.
_OF_PLACES = ("persistent", "told_static", "no_works")


class NoDetections(RunFailed):
    """There is no detection of which the minute is known."""


def compute(run: AnalysisRun) -> str:
    """Judges every cell anew and keeps what changed; of a record that is gone, that there is
    none. Raises NoDetections where there never was any."""
    with run.connection.cursor() as cursor:
        cursor.execute(sql.LOCK)
        hot = _hot_days(cursor)
        if hot.empty:
            return _nothing(run, cursor)
        cells = _cells(cursor, hot)
        told_apart = _keep_cells(cursor, cells, run.run_id)
        _keep_places(run, cursor, _places(cells, hot))
        first, last = int(hot["day"].min()), int(hot["day"].max())
        values = {"first": first, "last": last, "run": run.run_id}
        cursor.execute(sql.KEEP_JUDGEMENT, values)
    run.tally.read = int(hot["detections"].sum())
    run.tally.sound = run.tally.inserted + run.tally.updated + run.tally.unchanged
    return _said(cells, hot, told_apart, last - first)


def _nothing(run: AnalysisRun, cursor: Cursor) -> str:
    cursor.execute(sql.STAGE_JUDGED)
    cursor.execute(sql.FORGET_CELLS)
    cursor.execute(sql.TELL_APART, {"run": run.run_id})
    cursor.execute(sql.STAGE_PLACES)
    cursor.execute(sql.FORGET_PLACES)
    run.tally.updated = cursor.rowcount
    cursor.execute(sql.FORGET_JUDGEMENT)
    if not cursor.rowcount:
        raise NoDetections(f"{NAME} needs detections, and there are none")
    return f"{NAME}: no detections any more; {run.tally.updated:,} places are forgotten"


def _hot_days(cursor: Cursor) -> pd.DataFrame:
    text = io.BytesIO()
    cursor.copy_expert(sql.HOT_DAYS, text)
    text.seek(0)
    return pd.read_csv(text)


def _cells(cursor: Cursor, hot: pd.DataFrame) -> pd.DataFrame:
    """A row for each cell: how often it was hot, the nearest works, the label and its reason."""
    found = recurrence(*(hot[name].to_numpy() for name in ("x", "y", "day")))
    cells = pd.DataFrame(vars(found))
    told = hot.groupby(["x", "y"], as_index=False)["told_static"].sum()
    cells = cells.merge(told, on=["x", "y"])
    often = cells[(cells["days"] >= LEAST_DAYS) | (cells["told_static"] >= LEAST_TOLD_STATIC)]
    cells = cells.merge(_works(cursor, often), on=["x", "y"], how="left")
    works_m = cells["works_m"].fillna(np.inf).to_numpy()
    cells["label"], cells["reason"] = judged(found, works_m, cells["told_static"].to_numpy())
    return cells


def _works(cursor: Cursor, often: pd.DataFrame) -> pd.DataFrame:
    cursor.execute(sql.STAGE)
    _copy(cursor, sql.COPY_CELLS, often[["x", "y"]])
    cursor.execute(sql.NEAREST_WORKS, {"within_m": WORKS_WITHIN_M})
    found = pd.DataFrame(cursor.fetchall(), columns=["x", "y", "works", "works_m"])
    return found.astype({"x": "int64", "y": "int64", "works_m": "float64"})


def _keep_cells(cursor: Cursor, cells: pd.DataFrame, run_id: int) -> int:
    """How many detections are said to be of another thing than before."""
    cursor.execute(sql.STAGE_JUDGED)
    other = cells[cells["reason"] != ""]
    _copy(cursor, sql.COPY_JUDGED, other[["x", "y", "label", "reason"]])
    cursor.execute(sql.FORGET_CELLS)
    cursor.execute(sql.KEEP_CELLS, {"run": run_id})
    cursor.execute(sql.TELL_APART, {"run": run_id})
    return cursor.rowcount


def _places(cells: pd.DataFrame, hot: pd.DataFrame) -> pd.DataFrame:
    """Cells of one label that touch are one place, known by its cell that was hot most often."""
    of = cells[cells["reason"].isin(_OF_PLACES)].copy()
    of["place"] = joined(of["x"].to_numpy(), of["y"].to_numpy(), of["label"].to_numpy())
    of = of.sort_values(["place", "own_days", "x", "y"], ascending=[True, False, True, True])
    first = of.drop_duplicates("place")
    lit = hot.merge(of[["x", "y", "place"]], on=["x", "y"])
    by_place = lit.groupby("place", as_index=False)
    sums = by_place[["detections", "lon", "lat", "measured", "frp_sum"]].sum()
    made = first.merge(sums, on="place").merge(by_place["frp_max"].max(), on="place")
    made = made.merge(of.groupby("place").size().rename("cells"), on="place")
    # Of the place itself, where it was judged by the cells around as well.
    made = made.rename(columns={"days": "days_around"}).drop(columns=["first", "last"])
    days = lit.groupby("place")["day"].agg(days="nunique", first="min", last="max")
    made = made.merge(days, on="place")
    made["id"] = made["x"].astype(str) + "-" + made["y"].astype(str)
    for name in ("lon", "lat"):
        made[name] = (made[name] / made["detections"]).round(5)
    measured = made["measured"] > 0
    made["frp_mean_mw"] = (made["frp_sum"] / made["measured"].where(measured)).round(2)
    made["frp_max_mw"] = made["frp_max"].where(measured)
    for name in ("first", "last"):
        made[f"{name}_day"] = made[name].to_numpy().astype("datetime64[D]").astype(str)
    made["works_m"] = made["works_m"].round()
    return made.rename(columns={"label": "heat_source"})[list(sql.PLACE_COLUMNS)]


def _keep_places(run: AnalysisRun, cursor: Cursor, places: pd.DataFrame) -> None:
    cursor.execute(sql.STAGE_PLACES)
    _copy(cursor, sql.COPY_PLACES, places)
    cursor.execute(sql.FORGET_PLACES)
    values = {"method": METHOD, "run": run.run_id}
    cursor.execute(sql.CHANGE_PLACES, values)
    run.tally.updated = cursor.rowcount
    cursor.execute(sql.ADD_PLACES, values)
    run.tally.inserted = cursor.rowcount
    run.tally.unchanged = len(places) - run.tally.updated - run.tally.inserted


def _copy(cursor: Cursor, statement: str, frame: pd.DataFrame) -> None:
    text = io.StringIO()
    frame.to_csv(text, header=False, index=False)
    text.seek(0)
    cursor.copy_expert(statement, text)


def _said(cells: pd.DataFrame, hot: pd.DataFrame, told_apart: int, span_days: int) -> str:
    counts = hot.merge(cells[["x", "y", "label"]], on=["x", "y"]).groupby("label")["detections"]
    by_label = counts.sum()
    told = ", ".join(f"{label} {count:,}" for label, count in by_label.items())
    short = (
        f"; the record of {span_days} days is too short to tell"
        if span_days < LEAST_SPAN_DAYS
        else ""
    )
    return f"{NAME}: detections {told}; said anew of {told_apart:,}{short}"
