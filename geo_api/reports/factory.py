"""A factory's report: what the register says of it, what is near it and what lies upwind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from geo_api.database.connections import Reads
from geo_api.features import released_complaints
from geo_api.reports import factory_history as history
from geo_api.reports import factory_sql as sql
from geo_api.reports import factory_words as words
from geo_api.reports.carbon_years import carbon_years, since_break
from geo_api.reports.data_freshness import (
    as_new_as_year,
    counted,
    freshness_of,
    last_day_of,
    state_of,
)
from geo_api.reports.day_asked import day_asked
from geo_api.reports.factory_neighbours import FACTORIES_WITHIN_M, Neighbours, neighbours_of
from geo_api.reports.surroundings import (
    Surroundings,
    air_measure,
    surroundings_of,
    text_of,
    wind_state,
)
from layers.methods.upwind import FIRE_WITHIN_M
from layers.model import Layer, Text
from layers.reports.brief import AIR, GREEN, HOTSPOTS, UPWIND
from layers.reports.factory import (
    FIRE_HOURS,
    AreaComplaints,
    Certificate,
    FactoryReport,
    MillHalf,
    MillSeason,
)
from layers.reports.measures import (
    Base,
    Comparison,
    Freshness,
    Measure,
    NotReported,
    Place,
    Series,
    State,
    period_of,
)
from layers.times import thai_day

UPWIND_DAY = "upwind_day"
LAYERS = (
    *("factories", "hotspots", "wind", "air_stations", "complaint_months"),
    *("green_certificates", "carbon"),
)
# What the report reads beside the layers' own views.
VIEWS = (
    *LAYERS,
    *("factory_register", "factory_certificates", "air_readings", "air_quality"),
    *("provinces", "districts", "industrial_estates", "freshness", "mill_fortnights"),
    *released_complaints.VIEWS,
)
_ESTATE_WITHIN_M = 50_000
_ADDRESS = Text("ที่ตั้งตามทะเบียน", "Address in the register")
_ESTATE = Text("นิคมที่ใกล้ที่สุด", "Nearest estate")
_IN_ESTATE = Text("ในนิคม", "In the estate")


@dataclass(frozen=True)
class _Factory:
    """As the register has it; `lon`, `lat` None where its place is not known."""

    name: str
    registration_no: str | None
    columns: Mapping[str, Any]
    estate: str | None
    address: Text | None
    lon: float | None
    lat: float | None
    province: Place | None


def factory_report(
    reads: Reads, layers: Mapping[str, Layer], id: str, day: date | None, now: datetime
) -> FactoryReport:
    """The factory at 08:00 of `day`, by default the newest; what came later does not count, but the
    register and the names are today's. Raises NotReported."""
    of_day = day_asked(day, now)
    _, at = period_of(of_day)
    known = _factory(reads, id)
    fresh, simulated = freshness_of(reads, layers, LAYERS, at)
    around, near, past = None, Neighbours(), history.History()
    complained: tuple[AreaComplaints, ...] = ()
    if known.lon is not None and known.lat is not None:
        around = surroundings_of(reads, layers, at, known.lon, known.lat)
        near = neighbours_of(reads, layers, _values(known, id, of_day, around.from_deg))
        known_to = last_day_of(fresh, "hotspots")
        complained = tuple(_complaints(reads, known.lon, known.lat, at))
        past = history.history_of(reads, around, known.lon, known.lat, of_day, known_to)
    certificates = tuple(
        Certificate(*row) for row in reads.fetch(sql.CERTIFICATES, {"id": id, "day": of_day})
    )
    province = known.province or (around.province if around else None)
    carbon = _carbon(reads, province, of_day)
    fresh = as_new_as_year(fresh, "carbon", carbon.parts.get("year") if carbon else None)
    return FactoryReport(
        id=id,
        name=Text(known.name, known.name),
        registration_no=known.registration_no,
        facts=_facts(reads, layers, known),
        operating=_operating(known.columns["status"]),
        lon=known.lon,
        lat=known.lat,
        province=province,
        district=around.district if around else None,
        at=at,
        day=of_day,
        radius_m=FIRE_WITHIN_M,
        measures=_measures(fresh, around, near, past, certificates, of_day),
        wind=around.wind if around else None,
        certificates=certificates,
        carbon_state=State.NOT_PUBLISHED,
        carbon=carbon,
        neighbours=near.listed,
        found=near.found,
        looked_m={
            "hotspots": FIRE_WITHIN_M,
            "factories": FACTORIES_WITHIN_M,
        },
        complaints=complained,
        fires_by_month=past.fires_by_month,
        pm25_hourly=past.pm25_hourly,
        pm25_running=past.pm25_running,
        station=past.station,
        wind_station=past.wind_station,
        wind_from=past.wind_from,
        calm_share=past.calm_share,
        mill=_mill(reads, id, of_day),
        freshness=fresh,
        simulated=simulated,
        computed_at=now,
    )


def _complaints(reads: Reads, lon: float, lat: float, at: datetime) -> Iterator[AreaComplaints]:
    for row in released_complaints.newest_rows(reads, lon, lat, at):
        yield AreaComplaints(
            layer=row["layer"],
            period=row["period"],
            start=thai_day(datetime.fromisoformat(row["observed_at"])),
            last_day=date.fromisoformat(row["last_day"]),
            area=row["area"],
            name=Text(row["name_th"], row["name_en"]),
            homes=row["homes"],
        )


def _mill(reads: Reads, id: str, day: date) -> MillSeason | None:
    rows = reads.fetch(sql.MILL_HALVES, {"id": id, "day": day})
    if not rows:
        return None
    season, daily_cap, season_cap = rows[0][:3]
    return MillSeason(season, tuple(MillHalf(*row[3:]) for row in rows), daily_cap, season_cap)


def _factory(reads: Reads, id: str) -> _Factory:
    found = reads.fetch(sql.FACTORY, {"id": id})
    if not found:
        raise NotReported(f"no factory {id!r} is in the register")
    (name, number, group, works, kind, product, horsepower, workers, status, precision, doubts,
     estate, subdistrict, district, lon, lat, code, name_th, name_en) = found[0]  # fmt: skip
    columns = {
        "status": status,
        "factory_group": group,
        "factory_class": works,
        "kind": kind,
        "product": product,
        "horsepower": horsepower,
        "workers": workers,
        "location_precision": precision,
        "doubts": doubts,
    }
    province = Place(code, text_of(name_th, name_en, code)) if code else None
    where = words.address(subdistrict, district)
    return _Factory(name, number, columns, estate, where, lon, lat, province)


def _facts(
    reads: Reads, layers: Mapping[str, Layer], known: _Factory
) -> tuple[tuple[Text, Text], ...]:
    told = list(words.facts(layers["factories"], known.columns))
    if known.address:
        told.append((_ADDRESS, known.address))
    if known.estate:
        told.append((_IN_ESTATE, Text(known.estate, known.estate)))
    elif known.lon is not None:
        values = {"lon": known.lon, "lat": known.lat, "within_m": _ESTATE_WITHIN_M}
        told += [(_ESTATE, words.estate(*row)) for row in reads.fetch(sql.ESTATE, values)]
    return tuple(told)


def _operating(status: str) -> bool | None:
    return None if status == "unknown" else status == "operating"


def _values(known: _Factory, id: str, day: date, from_deg: float | None) -> dict[str, Any]:
    start, at = period_of(day)
    return {
        "id": id,
        "day": day,
        "lon": known.lon,
        "lat": known.lat,
        "at": at,
        "since": at - timedelta(hours=FIRE_HOURS),
        "day_start": start,
        "from_deg": from_deg,
        "radius_m": FIRE_WITHIN_M,
    }


def _measures(
    fresh: tuple[Freshness, ...],
    around: Surroundings | None,
    near: Neighbours,
    past: history.History,
    certificates: tuple[Certificate, ...],
    day: date,
) -> dict[str, Measure]:
    valid = [c.level for c in certificates if c.expires_on is None or c.expires_on >= day]
    green_state = state_of(fresh, "green_certificates")
    known = green_state is not State.NEVER_LOADED
    green = Measure(
        GREEN, green_state, max(valid, default=0) if known else None, of=5, more_is_better=True
    )
    if around is None:
        unknown = {name: Measure(name, State.NO_PLACE, None) for name in (HOTSPOTS, UPWIND, AIR)}
        return unknown | {UPWIND_DAY: Measure(UPWIND_DAY, State.NO_PLACE, None), GREEN: green}
    fires = state_of(fresh, "hotspots", day)
    loaded = fires is not State.NEVER_LOADED
    upwind = fires if not loaded else wind_state(around.wind)
    if upwind is State.KNOWN or not near.fires:
        upwind = fires  # late perhaps; without any fire there is none upwind, whatever the wind
    said = upwind in (State.KNOWN, State.LATE)
    daily = past.running_at_eight
    base = [value for value in daily[-8:-1] if value is not None]
    compared = Comparison(
        Base.DAYS_BEFORE,
        around.air["pm25_ug_m3"] if around.air else None,
        sum(base) / len(base) if base else None,
    )
    found = counted(fires, near.fires) if loaded else None
    return {
        HOTSPOTS: Measure(HOTSPOTS, fires, found, parts=near.land_use),
        UPWIND: Measure(
            UPWIND,
            upwind,
            counted(upwind, near.fires_upwind) if said else None,
            of=found,
            parts=near.land_use_upwind,
        ),
        UPWIND_DAY: Measure(
            UPWIND_DAY,
            upwind,
            counted(upwind, near.fires_upwind_of_day) if said else None,
            of=counted(upwind, near.fires_of_day),
        ),
        AIR: air_measure(around.air, comparisons=(compared,)),
        GREEN: green,
    }


def _carbon(reads: Reads, province: Place | None, day: date) -> Measure | None:
    """The province's newest year that is over, with the years before it."""
    if province is None:
        return None
    years = carbon_years(reads, province.code, day)
    if not years:
        return Measure("carbon", State.NEVER_LOADED, None, highest=province)
    newest = years[-1]
    years = since_break(years)
    by_year = {year.year: year.tco2e for year in years}
    return Measure(
        "carbon",
        State.KNOWN if newest.tco2e is not None else State.TOO_FEW,
        newest.tco2e,
        comparisons=(Comparison(Base.YEAR_BEFORE, newest.tco2e, by_year.get(newest.year - 1)),),
        of=newest.factories,
        series=Series(
            date(years[0].year, 1, 1),
            "year",
            tuple(by_year.get(year) for year in range(years[0].year, newest.year + 1)),
        ),
        parts={"year": newest.year, "reported": newest.reported, "vintage": newest.vintage},
        highest=province,
    )
