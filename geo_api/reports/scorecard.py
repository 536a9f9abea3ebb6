"""An eco-industrial town's scorecard: what it declares with evidence, and what is reckoned here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from geo_api.database.connections import Reads
from geo_api.reports import scorecard_sql as sql
from geo_api.reports.data_freshness import freshness_of
from geo_api.reports.reported_place import reported_place
from geo_api.reports.scorecard_amounts import TownYear
from geo_api.reports.surroundings import text_of
from layers.model import Layer
from layers.reports.measures import NotReported, newest_day
from layers.reports.scorecard import (
    COMPUTED_EDITION,
    Cell,
    CellState,
    Edition,
    Evidence,
    Indicator,
    LevelRule,
    Scorecard,
    level_reached,
)
from layers.sources.eco_towns import FIRST_YEAR

LAYERS = ("hotspots", "complaint_years", "air_stations", "factories", "green_certificates")
VIEWS = (
    *LAYERS,
    *("frameworks", "framework_indicators", "framework_level_rules", "eco_town_values"),
    *("eco_town_evidence", "eco_towns", "eco_town_areas", "eco_town_levels", "provinces"),
    *("factory_certificates", "air_station_days", "air_station_places", "freshness"),
    *("industrial_estates", "complaint_areas", "district_factory_counts"),
    "operating_factory_counts",
)


def scorecard(
    reads: Reads,
    layers: Mapping[str, Layer],
    town: str,
    framework: str | None,
    year: int | None,
    now: datetime,
) -> Scorecard:
    """Of the town's `year`, by default the last that is over, by an edition: by default what it has
    declared by, else what is reckoned here. Raises NotReported."""
    place = reported_place(reads, "eco_town", town)
    newest = newest_day(now)
    declared = [of for (of,) in reads.fetch(sql.DECLARED_YEARS, place.values)]
    year = newest.year - 1 if year is None else year
    if not FIRST_YEAR <= year <= newest.year:
        raise NotReported(f"there is no scorecard of {year}: from {FIRST_YEAR} to {newest.year}")
    editions = tuple(map(_edition, reads.fetch(sql.EDITIONS)))
    edition = _chosen(editions, framework)
    values = {**place.values, "framework": edition.id, "year": year}
    fresh, simulated = freshness_of(reads, layers, LAYERS, now)
    period = TownYear(reads, place.values, year, newest, fresh)
    evidence = _evidence(reads, values)
    cells = tuple(_cell(row, evidence, period) for row in reads.fetch(sql.INDICATORS, values))
    rules = [LevelRule(*row) for row in reads.fetch(sql.RULES, values)]
    assessed = reads.fetch(sql.ASSESSED, values)
    return Scorecard(
        town=place.place,
        province=place.above[0] if place.above else None,
        edition=edition,
        editions=editions,
        year=year,
        years=tuple(sorted({*range(newest.year - 2, newest.year + 1), *declared}, reverse=True)),
        cells=cells,
        has_rules=bool(rules),
        level=level_reached(cells, rules),
        assessed=assessed[0][0] if assessed else None,
        simulated=simulated,
        computed_at=now,
    )


def _edition(row: Sequence[Any]) -> Edition:
    (id, agency, th, en, dimensions, indicators, first, last, verified, source, listed) = row
    return Edition(
        id,
        agency,
        text_of(th, en, id),
        dimensions,
        indicators,
        listed,
        first,
        last,
        verified,
        source,
    )


def _chosen(editions: Sequence[Edition], asked: str | None) -> Edition:
    wanted = asked or COMPUTED_EDITION
    found = next((one for one in editions if one.id == wanted), None)
    if found is None:
        known = ", ".join(one.id for one in editions)
        raise NotReported(f"no framework is called {wanted!r}; there are: {known}")
    return found


def _evidence(reads: Reads, values: Mapping[str, Any]) -> dict[str, tuple[Evidence, ...]]:
    found: dict[str, list[Evidence]] = defaultdict(list)
    for code, *record in reads.fetch(sql.EVIDENCE, values):
        found[code].append(Evidence(*record))
    return {code: tuple(records) for code, records in found.items()}


def _cell(
    row: Sequence[Any], evidence: Mapping[str, tuple[Evidence, ...]], period: TownYear
) -> Cell:
    (code, dimension, kind, th, en, unit, above, below, better, target, computes,
     value, numerator, denominator, origin, assessor, declared_on) = row  # fmt: skip
    indicator = Indicator(
        code, dimension, kind, text_of(th, en, code), unit, above, below, better, target
    )
    if computes is not None:
        return period.computed(indicator, computes)
    if value is None:
        return Cell(indicator, CellState.NO_VALUE)
    records = evidence.get(code, ())
    declared = {"origin": origin, "assessor": assessor, "as_of": declared_on}
    if not records:
        return Cell(indicator, CellState.NO_EVIDENCE, declared=value, **declared)
    return Cell(
        indicator, CellState.EVIDENCED, value, numerator, denominator, evidence=records, **declared
    )
