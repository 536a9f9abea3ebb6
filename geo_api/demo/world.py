"""Puts the simulated world together: one table per staged table, and the truth beside them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import shapely

from geo_api.demo import (
    air,
    cases,
    complaints,
    eco_towns,
    factories,
    fires,
    green,
    ground,
    kpi,
    operations,
    registers,
    waste,
    weather,
)
from geo_api.demo.ground import Array
from geo_api.demo.weather import Clock, Wind

SEASONS = 3
# Complaints are of a whole country, for which a public map has something to say.
FACTORIES, HOTSPOTS, COMPLAINTS, MOST_COMPLAINTS = 3_000, 40_000, 120_000, 600_000
STATIONS, MOST_STATIONS = 30, 60
# Hourly readings are kept for the burning seasons and for the last weeks, to keep the demo small.
_BURNING_MONTHS = (12, 1, 2, 3, 4)
_LAST_DAYS = 30


# What the world has rows for; the rest of the tables stays empty.
TABLES = frozenset(
    {
        *("province", "district", "factory", "industrial_estate", "air_station"),
        *("air_measurement", "hotspot", "complaint", "green_certificate", "factory_return"),
        *("eco_town", "eco_town_level", "framework", "framework_indicator"),
        *("framework_level_rule", "eco_town_value", "eco_town_evidence", "kpi", "kpi_value"),
        *("project", "power_plant", "community_product", "industry_award", "concession"),
        *("service_point", "incident", "event", "training", "sme_fund", "waste_movement"),
        *("complaint_deadline", "procedure_step", "return_item", "complaint_factory"),
    }
)


@dataclass(frozen=True)
class World:
    """`tables` by the staged table they fill, in the order of loading; `truth` by table of the
    schema `truth`, which no reader sees."""

    tables: Mapping[str, pd.DataFrame]
    truth: Mapping[str, pd.DataFrame]


def make(seed: int, scale: float, until: datetime, say: Callable[[str], None]) -> World:
    """Three years up to the hour of `until` (aware); the same arguments make the same world."""
    clock = weather.clock(until, 365 * SEASONS)
    stations = min(MOST_STATIONS, round(STATIONS * max(scale, 0.2)))
    say("  factories, estates and stations")
    sites = factories.place(seed, max(60, round(FACTORIES * scale)), stations)
    wind = weather.blow(seed, clock, stations)
    say("  fires and the air that answers to them")
    burnt = fires.burn(seed, clock, max(500, round(HOTSPOTS * scale)))
    pm25, smoke = air.breathe(seed, clock, sites.stations, wind, burnt, scale)
    say("  certificates, returns and complaints")
    certificates = green.certify(seed, clock, sites.factories)
    certified = green.reached_level(
        clock, sites.factories, certificates, complaints.CERTIFIED_LEVEL
    )
    complained = complaints.complain(
        seed,
        clock,
        sites.factories,
        sites.stations,
        wind,
        certified,
        max(100, min(MOST_COMPLAINTS, round(COMPLAINTS * scale))),
    )
    districts = ground.districts(seed)
    towns = eco_towns.found(districts, sites.factories)
    tables = {
        "province": _provinces(),
        "district": districts.assign(source="demo"),
        "factory": sites.factories.drop(columns="nuisance").assign(source="demo"),
        "industrial_estate": sites.estates.assign(source="demo", office=False),
        "air_station": sites.stations.assign(kind="ground", source="demo"),
        "air_measurement": _measurements(clock, sites.stations, wind, pm25),
        "hotspot": _hotspots(clock, burnt),
        "complaint": _complaints(clock, complained),
        **cases.rules(),
        "complaint_factory": complaints.named(seed, complained, sites.factories),
        "green_certificate": certificates.rename(columns={"factory_id": "factory_ref"}).assign(
            source="demo"
        ),
        "factory_return": green.report(
            seed, until.year, sites.factories, green.certified_years(clock, certified)
        ).assign(source="demo"),
        "eco_town": towns,
        "eco_town_level": eco_towns.assessed(seed, towns),
        **eco_towns.framework(seed, pd.Timestamp(until), towns),
        **kpi.indicators(seed, pd.Timestamp(until), list(_provinces()["code"])),
        **registers.register(seed, clock, sites.factories),
        "return_item": operations.report(seed, until.year, sites.factories),
        "waste_movement": waste.move(seed, clock, sites.factories),
    }
    caused = complained[["ticket_id", "cause"]].rename(columns={"cause": "factory_id"})
    truth = {
        "complaint_cause": caused,
        "smoke": _smoke(clock, sites.stations, smoke),
        "planted": pd.DataFrame(_planted(), columns=["name", "value", "meaning"]),
    }
    return World(tables, truth)


def _planted() -> list[tuple[str, float, str]]:
    return [
        ("certified_level", complaints.CERTIFIED_LEVEL, "Green Industry level that has an effect"),
        ("certified_effect", complaints.CERTIFIED_EFFECT, "change in complaints a factory causes"),
        ("caused_share", complaints.CAUSED_SHARE, "share of complaints that a factory causes"),
        ("plume_spread_deg", complaints.PLUME_SPREAD_DEG, "deviation from straight downwind"),
        ("smoke_reach_km", air.REACH_KM, "distance over which smoke falls to 1/e"),
        ("smoke_sector_deg", air.SECTOR_DEG, "how far off upwind a fire still counts"),
        ("smoke_memory_h", air.MEMORY_H, "hours in which smoke at a station falls to 1/e"),
        ("yearly_saving", green.YEARLY_SAVING, "yearly fall of a factory's energy use"),
        ("certified_saving", green.CERTIFIED_SAVING, "fall of energy use once certified"),
    ]


def _times(clock: Clock, seconds: Array) -> pd.Series:
    start = pd.Timestamp(clock.start).tz_convert(None)
    return pd.Series(start + pd.to_timedelta(seconds, unit="s")).dt.strftime("%Y-%m-%dT%H:%M:%SZ")


def _kept_hours(clock: Clock) -> Array:
    times = pd.date_range(clock.start, periods=clock.hours, freq="h").tz_convert("Asia/Bangkok")
    kept = times.month.isin(_BURNING_MONTHS) | (times >= times[-1] - timedelta(days=_LAST_DAYS))
    return np.flatnonzero(kept)


def _hourly(clock: Clock, stations: pd.DataFrame, **values: Array) -> pd.DataFrame:
    """Long form of arrays by station and hour; an hour's mean carries the time of its end."""
    hours = _kept_hours(clock)
    observed = _times(clock, (hours + 1.0) * 3600).to_numpy()
    columns = {name: array[:, hours].ravel() for name, array in values.items()}
    return pd.DataFrame(
        {
            "station_id": np.repeat(stations["id"].to_numpy(), len(hours)),
            "observed_at": np.tile(observed, len(stations)),
            **columns,
        }
    )


def _measurements(clock: Clock, stations: pd.DataFrame, wind: Wind, pm25: Array) -> pd.DataFrame:
    return _hourly(
        clock,
        stations,
        pm25_1h=pm25,
        pm25_24h=_running_mean(pm25, 24),
        wind_speed_m_s=np.round(wind.speed_m_s, 1),
        wind_from_deg=np.round(wind.from_deg) % 360,
    ).assign(forecast=False, source="demo")


def _running_mean(hourly: Array, hours: int) -> Array:
    """Mean of the last `hours` columns; of those there are, at the beginning."""
    total = np.cumsum(hourly, axis=1)
    total[:, hours:] = total[:, hours:] - total[:, :-hours]
    return np.round(total / np.minimum(np.arange(1, hourly.shape[1] + 1), hours), 1)


def _smoke(clock: Clock, stations: pd.DataFrame, smoke: Array) -> pd.DataFrame:
    return _hourly(clock, stations, pm25_from_fires=smoke)


def _hotspots(clock: Clock, burnt: pd.DataFrame) -> pd.DataFrame:
    return burnt.drop(columns="seconds").assign(
        acquired_at=_times(clock, burnt["seconds"].to_numpy()),
        time_precision="minute",
        processing="NRT",
        source="demo",
    )


def _complaints(clock: Clock, complained: pd.DataFrame) -> pd.DataFrame:
    acted = complained["acted_seconds"].to_numpy()
    return complained.drop(columns=["seconds", "acted_seconds", "cause"]).assign(
        reported_at=_times(clock, complained["seconds"].to_numpy()),
        last_activity_at=_times(clock, np.nan_to_num(acted)).where(~np.isnan(acted)),
        source="demo",
    )


def _provinces() -> pd.DataFrame:
    known = ground.provinces()
    outlines = [shapely.to_wkb(outline, hex=True) for outline in known.outlines]
    return known.frame[["code", "name_th", "name_en", "region"]].assign(
        geom=outlines, source="demo"
    )
