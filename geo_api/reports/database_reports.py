"""Whom the pages and the API ask for numbers: each report by the module of its kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from geo_api.database.connections import Reads
from geo_api.database.data_versions import fetch_data_versions
from geo_api.reports.brief import brief
from geo_api.reports.certification_effect import certification_effects
from geo_api.reports.complaint_tables import complaint_table
from geo_api.reports.emission_factors import emission_factors
from geo_api.reports.emissions import EmissionsQuery, emissions_report
from geo_api.reports.factory import factory_report
from geo_api.reports.kpi import kpi_year
from geo_api.reports.lists import listing
from geo_api.reports.mind_panel import mind_panel
from geo_api.reports.place import place_report
from geo_api.reports.scorecard import scorecard
from geo_api.search.answers import MOST_LIMIT, query_of, search
from layers.model import Layer
from layers.reports import (
    Brief,
    CertificationEffect,
    ComplaintsReport,
    EmissionFactor,
    EmissionsReport,
    FactoryReport,
    KpiYear,
    Listing,
    MethodChecks,
    MindPanel,
    PlaceReport,
    Scorecard,
    SearchAnswer,
)


@dataclass(frozen=True)
class DatabaseReports:
    """Reports over the published views that `reads` sees; `now` gives the present in UTC,
    `live_checks` what the methods give here. See
    `layers.reports.Reports`."""

    reads: Reads
    layers: Mapping[str, Layer]
    now: Callable[[], datetime]
    live_checks: Callable[[], MethodChecks]

    def brief(self, day: date | None) -> Brief:
        """Raises NotReported."""
        return brief(self.reads, self.layers, day, self.now())

    def complaints(self, table: str, start: date | None) -> ComplaintsReport:
        """Raises NotReported."""
        return complaint_table(self.reads, table, start, self.now())

    def place(self, kind: str, code: str, day: date | None) -> PlaceReport:
        """Raises NotReported."""
        return place_report(self.reads, self.layers, kind, code, day, self.now())

    def factory(self, id: str, day: date | None) -> FactoryReport:
        """Raises NotReported."""
        return factory_report(self.reads, self.layers, id, day, self.now())

    def listing(self, kind: str, words: str, sort: str, page: int, language: str = "th") -> Listing:
        """Raises NotReported."""
        return listing(self.reads, self.layers, kind, words, sort, page, self.now(), language)

    def scorecard(self, town: str, framework: str | None, year: int | None) -> Scorecard:
        """Raises NotReported."""
        return scorecard(self.reads, self.layers, town, framework, year, self.now())

    def kpi(self, fiscal_year: int | None) -> KpiYear:
        """Raises NotReported."""
        return kpi_year(self.reads, self.layers, fiscal_year, self.now())

    def mind_panel(self, province: str, day: date | None) -> MindPanel:
        """Raises NotReported."""
        return mind_panel(self.reads, self.layers, province, day, self.now())

    def certification_effects(self) -> tuple[CertificationEffect, ...]:
        """By level."""
        return certification_effects(self.reads)

    def emissions(
        self, province: str | None, vintage: int | None, base: int | None
    ) -> EmissionsReport:
        """Raises NotReported."""
        return emissions_report(self.reads, EmissionsQuery(province, vintage, base))

    def search(self, text: str) -> SearchAnswer:
        """At most as many as a page shows."""
        return search(self.reads, query_of({"q": text, "limit": str(MOST_LIMIT)}))

    def method_checks(self) -> MethodChecks:
        """Of this program and its libraries."""
        return self.live_checks()

    def emission_factors(self) -> Sequence[EmissionFactor]:
        """What carbon is reckoned with."""
        return emission_factors(self.reads)

    def simulated(self) -> bool:
        """Whether the database holds the simulated world."""
        return fetch_data_versions(self.reads).simulated

    def version(self, views: Sequence[str]) -> str:
        """Changes whenever what the published `views` show does."""
        return fetch_data_versions(self.reads).tag(tuple(views))
