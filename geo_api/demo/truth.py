"""What is true in the simulated world and published nowhere: a table each of the schema `truth`."""

import numpy as np
import pandas as pd

from geo_api.demo import air, complaints, emitters, green
from geo_api.demo.clock import Clock
from geo_api.demo.emitters import SHIFTS, Sources
from geo_api.demo.fires import Burnt
from geo_api.demo.formats import times
from geo_api.demo.ground import Array


def causes(clock: Clock, complained: pd.DataFrame) -> pd.DataFrame:
    """Why each complaint was made, by ticket."""
    emitted = complained["emitted_seconds"].to_numpy()
    return pd.DataFrame(
        {
            "ticket_id": complained["ticket_id"],
            "factory_id": complained["cause"],
            "kind": complained["kind"],
            "source_id": complained["source_id"],
            "emitted_at": times(clock, np.nan_to_num(emitted)).where(~np.isnan(emitted)),
            "felt_at": times(clock, complained["felt_seconds"].to_numpy()),
            "felt_lon": complained["felt_lon"],
            "felt_lat": complained["felt_lat"],
            "time_fault": complained["time_fault"],
            "place_fault": complained["place_fault"],
        }
    )


def who_emits(sources: Sources) -> pd.DataFrame:
    """Every source with its share and its hours of work."""
    frame = sources.frame
    registered = frame["factory"] >= 0
    return pd.DataFrame(
        {
            "source_id": frame["id"],
            "factory_id": frame["id"].where(registered, None),
            "lon": frame["lon"],
            "lat": frame["lat"],
            "weight": frame["weight"],
            "shift": [SHIFTS[number][0] for number in frame["shift"]],
        }
    )


def when_stopped(clock: Clock, sources: Sources) -> pd.DataFrame:
    """The stops of every source, a row each."""
    source, stop = np.nonzero(np.isfinite(sources.stops[:, :, 0]))
    return pd.DataFrame(
        {
            "source_id": sources.frame["id"].to_numpy()[source],
            "starts_at": times(clock, sources.stops[source, stop, 0]),
            "ends_at": times(clock, sources.stops[source, stop, 1]),
        }
    )


def fires(clock: Clock, burnt: Burnt) -> pd.DataFrame:
    """Every fire and every place of heat that stays, seen or not."""
    events = burnt.events
    seen = np.bincount(burnt.detections["event"], minlength=len(events))
    return events.drop(columns=["begins", "ends"]).assign(
        event_id=_event_ids(np.arange(len(events))),
        lon=events["lon"].round(6),
        lat=events["lat"].round(6),
        starts_at=times(clock, events["begins"].to_numpy()),
        ends_at=times(clock, events["ends"].to_numpy()),
        detections=seen,
    )


def fire_events(clock: Clock, burnt: Burnt) -> pd.DataFrame:
    """Of which fire each detection is."""
    found = burnt.detections
    event = found["event"].to_numpy()
    return found[["satellite", "lon", "lat"]].assign(
        acquired_at=times(clock, found["seconds"].to_numpy()),
        event_id=_event_ids(event),
        kind=burnt.events["kind"].to_numpy()[event],
    )


def _event_ids(event: Array) -> list[str]:
    return [f"fire-{number:07d}" for number in event + 1]


def planted() -> pd.DataFrame:
    """The numbers that the world was made with and that a method may find again."""
    rows: list[tuple[str, float, str]] = [
        ("certified_level", complaints.CERTIFIED_LEVEL, "Green Industry level that has an effect"),
        ("certified_effect", complaints.CERTIFIED_EFFECT, "change in complaints a factory causes"),
        ("caused_share", emitters.FACTORY_SHARE, "share of complaints that a factory causes"),
        ("unregistered_share", emitters.UNREGISTERED_SHARE, "share that others cause that last"),
        ("emitter_share", emitters.EMITTER_SHARE, "share of factories of towns that emit"),
        ("smoke_reach_km", air.REACH_KM, "distance over which smoke falls to 1/e"),
        ("smoke_sector_deg", air.SECTOR_DEG, "how far off upwind a fire still counts"),
        ("smoke_memory_h", air.MEMORY_H, "hours in which smoke at a station falls to 1/e"),
        ("yearly_saving", green.YEARLY_SAVING, "yearly fall of a factory's energy use"),
        ("certified_saving", green.CERTIFIED_SAVING, "fall of energy use once certified"),
    ]
    return pd.DataFrame(rows, columns=["name", "value", "meaning"])
