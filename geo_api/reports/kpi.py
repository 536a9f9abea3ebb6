"""The indicators of a fiscal year, as officers loaded them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from geo_api.database.connections import Reads
from geo_api.database.data_versions import fetch_data_versions
from geo_api.reports import kpi_sql as sql
from geo_api.reports.surroundings import text_of
from layers.model import Layer, Text
from layers.reports.kpi import Kpi, KpiValue, KpiYear
from layers.reports.measures import NotReported, Place

VIEWS = ("kpis", "kpi_values", "provinces")

_COUNTRY = Text("ทั้งประเทศ", "Thailand")


def kpi_year(
    reads: Reads, layers: Mapping[str, Layer], fiscal_year: int | None, now: datetime
) -> KpiYear:
    """Of the newest year that has indicators, unless asked for another. Raises NotReported for a
    year that has none, but not where there are none at all."""
    years = tuple(year for (year,) in reads.fetch(sql.YEARS))
    if fiscal_year is not None and fiscal_year not in years:
        known = ", ".join(map(str, years)) or "none yet"
        raise NotReported(f"fiscal year {fiscal_year} has no indicators here; there are: {known}")
    chosen = fiscal_year or (years[0] if years else now.year)
    values = defaultdict(list)
    for code, area, th, en, *told in reads.fetch(sql.VALUES, {"year": chosen}):
        name = _COUNTRY if area == "TH" else text_of(th, en, area)
        values[code].append(KpiValue(Place(area, name), *told))
    indicators = tuple(
        _kpi(row, layers, tuple(values[row[0]]))
        for row in reads.fetch(sql.INDICATORS, {"year": chosen})
    )
    simulated = "kpis" in fetch_data_versions(reads).simulated_views
    return KpiYear(chosen, years, indicators, simulated, now)


def _kpi(row: Sequence[Any], layers: Mapping[str, Layer], values: tuple[KpiValue, ...]) -> Kpi:
    """A layer that there is not is not named."""
    (code, th, en, mind, strategy, definition, formula, unit, better, base, base_year, target,
     owner, layer, source) = row  # fmt: skip
    return Kpi(
        code=code,
        name=text_of(th, en, code),
        mind=mind,
        strategy=strategy,
        definition=definition,
        formula=formula,
        unit=unit,
        better=better,
        base=base,
        base_year=base_year,
        target=target,
        owner=owner,
        layer=layer if layer in layers else None,
        source=source,
        values=values,
    )
