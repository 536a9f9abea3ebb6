"""Joins the detections of all satellites into fires, and keeps what changed of them.

A fire is what a chain of detections joins (`layers/methods/clusters.py`), so that it follows from
the detections alone, in whatever order they came; it is called as its first detection is. Where a
detection that comes late joins two fires, they are one from then on, with the name of the older.
Only fires that had a detection within five days of a day that changed are joined anew, with what is
in none yet: no other can change. Detections of static industrial heat are in none, nor are those of
which no minute is known; those of which the pixel's size is not told are drawn as below the
satellite.
"""

import io

import numpy as np
import pandas as pd
import shapely
from psycopg2.extensions import cursor as Cursor

from geo_api.analyses import AnalysisRun
from geo_api.analyses import fire_events_sql as sql
from layers.methods.clusters import FIRE_WITHIN_S, fire_events
from layers.methods.ellipsoid import cartesian_m
from layers.methods.footprints import footprints, outlines, path_deg, sizes_km
from layers.reference.towns import towns

NAME = "fire_events"
METHOD = "chains of detections within 0.7 km and 5 days; version 1"
# The columns of the counts by satellite, as FIRMS calls them.
_SATELLITES = {one: f"detections_{one.lower()}" for one in ("N", "N20", "N21", "A", "T")}


def compute(run: AnalysisRun) -> str:
    """Keeps the fires of the days that changed since the last pass, all of them the first time."""
    with run.connection.cursor() as cursor:
        cursor.execute(sql.LOCK)
        cursor.execute(sql.CHANGED, {"anew": run.anew})
        days = cursor.rowcount
        cursor.execute(sql.OPENED, {"within_s": FIRE_WITHIN_S})
        detections = _detections(cursor)
        events, members = _events(detections)
        gone = _keep(run, cursor, events, members)
    run.tally.read = run.tally.sound = len(detections)
    return (
        f"{NAME}: {days:,} days changed; {len(detections):,} detections are of {len(events):,}"
        f" fires, {run.tally.inserted:,} new, {run.tally.updated:,} changed, {gone:,} no more"
    )


def _detections(cursor: Cursor) -> pd.DataFrame:
    text = io.BytesIO()
    cursor.copy_expert(sql.DETECTIONS, text)
    text.seek(0)
    texts = dict.fromkeys(("id", "instrument", "satellite", "daynight", "land_use"), "string")
    types = {**texts, "run_id": "Int64"}
    found = pd.read_csv(text, dtype=types, true_values=["t"], false_values=["f"])
    return found.sort_values(["seconds", "id"], ignore_index=True)


def _events(detections: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A row for each fire, and one for each of its detections."""
    if detections.empty:
        return pd.DataFrame(columns=sql.EVENT_COLUMNS), pd.DataFrame(columns=sql.MEMBER_COLUMNS)
    lon, lat, seconds = (detections[name].to_numpy(float) for name in ("lon", "lat", "seconds"))
    number = fire_events(lon, lat, seconds)
    of = detections.assign(number=number, lon=lon, lat=lat)
    # Numbers follow the first detections, which are the first of the sorted rows.
    first = of.drop_duplicates("number").set_index("number")
    grouped = of.groupby("number")
    events = pd.DataFrame(
        {
            "id": first["id"],
            "lon": grouped["lon"].mean(),
            "lat": grouped["lat"].mean(),
            "first_seen": _times(first["seconds"]),
            "last_seen": _times(grouped["seconds"].max()),
            "detections": grouped.size(),
            "frp_sum_mw": grouped["frp_mw"].sum(min_count=1).round(2),
            "frp_max_mw": grouped["frp_mw"].max(),
            "detections_uncertain": grouped["is_uncertain"].sum(),
        }
    )
    for satellite, column in _SATELLITES.items():
        events[column] = (of["satellite"] == satellite).fillna(False).groupby(of["number"]).sum()
    _draw(events, of)
    _tell_land_use(events, of)
    _tell_town(events)
    members = pd.DataFrame(
        {
            "hotspot_id": of["id"],
            "acquired_at": _times(of["seconds"]),
            "hotspot_run_id": of["run_id"],
            "event_id": first["id"].reindex(number).to_numpy(),
        }
    )
    return events[list(sql.EVENT_COLUMNS)], members


def _draw(events: pd.DataFrame, of: pd.DataFrame) -> None:
    """Outlines, of pixels along the paths of their satellites."""
    texts = {
        name: of[name].astype(object).where(of[name].notna(), None)
        for name in ("instrument", "satellite", "daynight")
    }
    lat = of["lat"].to_numpy()
    scan_km, track_km, told = sizes_km(
        list(texts["instrument"].fillna("VIIRS")),
        of["scan_km"].to_numpy(float),
        of["track_km"].to_numpy(float),
    )
    bearing = path_deg(list(texts["satellite"]), list(texts["daynight"]), lat)
    rings = footprints(of["lon"].to_numpy(), lat, scan_km, track_km, bearing)
    drawn = shapely.to_wkb(outlines(rings, of["number"].to_numpy()))
    events["outline"] = [f"\\x{one.hex()}" for one in drawn]
    events["sizes_told"] = np.bincount(of["number"], told, len(events)).astype(int)


def _tell_land_use(events: pd.DataFrame, of: pd.DataFrame) -> None:
    """What most of the detections with a land use have, the first by name of as many, and their
    share of all."""
    counts = of.groupby(["number", "land_use"]).size().rename("count").reset_index()
    counts = counts.sort_values(["number", "count", "land_use"], ascending=[True, False, True])
    most = counts.drop_duplicates("number").set_index("number")
    events["land_use"] = most["land_use"].reindex(events.index)
    share = most["count"].reindex(events.index) / events["detections"]
    events["land_use_share"] = share.round(3)


def _tell_town(events: pd.DataFrame) -> None:
    """The nearest town to the middle of the detections, and how far it is."""
    from scipy.spatial import cKDTree

    known = towns()
    places = cartesian_m(*(np.array([getattr(t, name) for t in known]) for name in ("lon", "lat")))
    asked = cartesian_m(events["lon"].to_numpy(), events["lat"].to_numpy())
    apart_m, nearest = cKDTree(places).query(asked)
    for name in ("name_th", "name_en"):
        column = name.replace("name", "town")
        events[column] = np.array([getattr(town, name) for town in known])[nearest]
    events["town_km"] = (apart_m / 1000).round(1)


def _times(seconds: "pd.Series[int]") -> "pd.Series[str]":
    return pd.to_datetime(seconds, unit="s", utc=True).dt.strftime("%Y-%m-%dT%H:%M:%SZ")


def _keep(run: AnalysisRun, cursor: Cursor, events: pd.DataFrame, members: pd.DataFrame) -> int:
    """Writes what is not as it was; how many fires are no more."""
    cursor.execute(sql.STAGE)
    _copy(cursor, sql.COPY_EVENTS, events)
    _copy(cursor, sql.COPY_MEMBERS, members)
    cursor.execute(sql.PLACE)
    cursor.execute(sql.FORGET_MEMBERS)
    cursor.execute(sql.FORGET_EVENTS)
    gone = cursor.rowcount
    values = {"method": METHOD, "run": run.run_id}
    cursor.execute(sql.CHANGE_EVENTS, values)
    run.tally.updated = cursor.rowcount
    cursor.execute(sql.ADD_EVENTS, values)
    run.tally.inserted = cursor.rowcount
    run.tally.unchanged = len(events) - run.tally.updated - run.tally.inserted
    cursor.execute(sql.KEEP_MEMBERS)
    return gone


def _copy(cursor: Cursor, statement: str, frame: pd.DataFrame) -> None:
    text = io.StringIO()
    frame.to_csv(text, header=False, index=False)
    text.seek(0)
    cursor.copy_expert(statement, text)
