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
    clock,
    complaints,
    eco_towns,
    emitters,
    factories,
    fires,
    green,
    ground,
    homes,
    instruments,
    kpi,
    mill_intake,
    operations,
    registers,
    reports,
    stations,
    true_wind,
    truth,
    waste,
)
from geo_api.demo.clock import Clock
from geo_api.demo.formats import hourly, times
from geo_api.demo.ground import Array
from geo_api.demo.towns import Towns
from geo_api.demo.true_wind import Hourly, TrueWind

SEASONS = 3
# Complaints are of a whole country, for which a public map has something to say.
FACTORIES, HOTSPOTS, COMPLAINTS, MOST_COMPLAINTS = 3_000, 40_000, 120_000, 600_000
STATIONS, MOST_STATIONS = 30, 60
HOMES_PER_COMPLAINT = 0.6
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
        "mill_intake",
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
    hours = clock.clock(until, 365 * SEASONS)
    say("  factories, estates and stations")
    sites = factories.place(seed, max(60, round(FACTORIES * scale)))
    air_stations = stations.place(
        seed, sites.towns, min(MOST_STATIONS, round(STATIONS * max(scale, 0.2)))
    )
    weather = _Weather.of(seed, hours, sites.towns, air_stations)
    say("  fires and the air that answers to them")
    known = sites.factories.drop(columns="town")
    registered = registers.register(seed, hours, known)
    burnt = fires.burn(
        seed, hours, known, registered["power_plant"], scale, max(500, round(HOTSPOTS * scale))
    )
    pm25, smoke = air.breathe(
        seed, hours, air_stations, weather.at_stations, burnt.smoking(), scale
    )
    say("  certificates, returns and complaints")
    certificates = green.certify(seed, hours, sites.factories)
    certified = green.reached_level(
        hours, sites.factories, certificates, complaints.CERTIFIED_LEVEL
    )
    sources = emitters.choose(seed, hours, sites.factories, sites.towns)
    count = max(100, min(MOST_COMPLAINTS, round(COMPLAINTS * scale)))
    complained = complaints.complain(
        seed,
        hours,
        sites.towns,
        homes.build(seed, sites.towns, round(count * HOMES_PER_COMPLAINT)),
        sources,
        weather.wind,
        np.where(sources.frame["factory"] >= 0, certified[sources.frame["factory"]], np.inf),
        count,
    )
    districts = ground.districts(seed)
    towns = eco_towns.found(districts, sites.factories)
    tables = {
        "province": _provinces(),
        "district": districts.assign(source="demo"),
        "factory": known.assign(source="demo"),
        "industrial_estate": sites.estates.assign(source="demo", office=False),
        "air_station": air_stations.assign(kind="ground", source="demo"),
        "air_measurement": _measurements(hours, air_stations, weather.readings, pm25),
        "hotspot": _hotspots(hours, burnt.detections),
        "complaint": _complaints(hours, complained),
        **cases.rules(),
        "complaint_factory": reports.named(seed, complained, sites.factories),
        "green_certificate": certificates.rename(columns={"factory_id": "factory_ref"}).assign(
            source="demo"
        ),
        "factory_return": green.report(
            seed, until.year, known, green.certified_years(hours, certified)
        ).assign(source="demo"),
        "eco_town": towns,
        "eco_town_level": eco_towns.assessed(seed, towns),
        **eco_towns.framework(seed, pd.Timestamp(until), towns),
        **kpi.indicators(seed, pd.Timestamp(until), list(_provinces()["code"])),
        **registered,
        "return_item": operations.report(seed, until.year, known),
        "waste_movement": waste.move(seed, hours, known),
        "mill_intake": mill_intake.declare(seed, hours, known, burnt.detections),
    }
    true = {
        "complaint_cause": truth.causes(hours, complained),
        "emitter": truth.who_emits(sources),
        "emitter_stop": truth.when_stopped(hours, sources),
        "instrument": weather.readings.instruments,
        "fire": truth.fires(hours, burnt),
        "fire_event": truth.fire_events(hours, burnt),
        "smoke": _smoke(hours, air_stations, smoke),
        "planted": truth.planted(),
    }
    return World(tables, true)


@dataclass(frozen=True)
class _Weather:
    """The wind of the towns first and the stations then, what it is at the latter in truth, and
    what they write of it."""

    wind: TrueWind
    at_stations: Hourly
    readings: instruments.Readings

    @staticmethod
    def of(seed: int, hours: Clock, towns: Towns, air_stations: pd.DataFrame) -> "_Weather":
        lon = np.concatenate([towns.lon, air_stations["lon"]])
        lat = np.concatenate([towns.lat, air_stations["lat"]])
        wind = true_wind.blow(seed, hours, lon, lat)
        there = wind.hourly(np.arange(len(towns), len(lon)))
        return _Weather(
            wind, there, instruments.read(seed, hours, there, air_stations["id"].to_numpy())
        )


def _measurements(
    hours: Clock, air_stations: pd.DataFrame, readings: instruments.Readings, pm25: Array
) -> pd.DataFrame:
    """All hours at the stations of towns, where people complain all year; at those of the burning
    north the burning months and the last weeks, to keep the demo small."""
    towns = stations.in_towns(len(air_stations))
    values = {
        "pm25_1h": pm25,
        "pm25_24h": _running_mean(pm25, 24),
        "wind_speed_m_s": readings.speed_m_s,
        "wind_from_deg": readings.from_deg,
    }
    parts = [
        hourly(
            hours,
            air_stations[rows],
            of_hours,
            **{name: array[rows] for name, array in values.items()},
        )
        for rows, of_hours in (
            (slice(None, towns), np.arange(hours.hours)),
            (slice(towns, None), _burning_hours(hours)),
        )
    ]
    return pd.concat(parts, ignore_index=True).assign(forecast=False, source="demo")


def _running_mean(hourly: Array, hours: int) -> Array:
    """Mean of the last `hours` columns; of those there are, at the beginning."""
    total = np.cumsum(hourly, axis=1)
    total[:, hours:] = total[:, hours:] - total[:, :-hours]
    return np.round(total / np.minimum(np.arange(1, hourly.shape[1] + 1), hours), 1)


def _smoke(hours: Clock, air_stations: pd.DataFrame, smoke: Array) -> pd.DataFrame:
    return hourly(hours, air_stations, _burning_hours(hours), pm25_from_fires=smoke)


def _burning_hours(hours: Clock) -> Array:
    """Those of the burning months and of the last weeks."""
    moments = pd.date_range(hours.start, periods=hours.hours, freq="h").tz_convert("Asia/Bangkok")
    last = moments >= moments[-1] - timedelta(days=_LAST_DAYS)
    return np.flatnonzero(moments.month.isin(_BURNING_MONTHS) | last)


def _hotspots(hours: Clock, burnt: pd.DataFrame) -> pd.DataFrame:
    return burnt.drop(columns=["seconds", "event"]).assign(
        acquired_at=times(hours, burnt["seconds"].to_numpy()),
        time_precision="minute",
        processing="NRT",
        source="demo",
    )


def _complaints(hours: Clock, complained: pd.DataFrame) -> pd.DataFrame:
    acted = complained["acted_seconds"].to_numpy()
    told = complained[["ticket_id", "category", "status", "lon", "lat"]]
    return told.assign(
        reported_at=times(hours, complained["seconds"].to_numpy()),
        last_activity_at=times(hours, np.nan_to_num(acted)).where(~np.isnan(acted)),
        source="demo",
    )


def _provinces() -> pd.DataFrame:
    known = ground.provinces()
    outlines = [shapely.to_wkb(outline, hex=True) for outline in known.outlines]
    return known.frame[["code", "name_th", "name_en", "region"]].assign(
        geom=outlines, source="demo"
    )
