"""Reports made before, given again as long as their data and the hour are the same."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

from geo_api.database.data_versions import DataVersions
from geo_api.http.caching.memo import VersionedMemo
from geo_api.reports import (
    brief,
    complaint_tables,
    emissions,
    factory,
    kpi,
    lists,
    mind_panel,
    place,
    scorecard,
)
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
    Reports,
    Scorecard,
    SearchAnswer,
)

# One is some tens of kilobytes.
_MOST = 256
R = TypeVar("R")


@dataclass(frozen=True)
class RememberedReports:
    """As `made`; `versions` gives those of the data, and `now` the present in UTC, whose hour
    decides which day is the newest and what is late."""

    made: Reports
    versions: Callable[[], DataVersions]
    now: Callable[[], datetime]
    _memo: VersionedMemo[Any] = field(init=False, default_factory=partial(VersionedMemo, _MOST))

    def brief(self, day: date | None) -> Brief:
        """Raises NotReported."""
        return self._remembered(("brief", day), brief.VIEWS, lambda: self.made.brief(day))

    def complaints(self, table: str, start: date | None) -> ComplaintsReport:
        """Raises NotReported."""
        return self._remembered(
            ("complaints", table, start),
            complaint_tables.VIEWS,
            lambda: self.made.complaints(table, start),
        )

    def place(self, kind: str, code: str, day: date | None) -> PlaceReport:
        """Raises NotReported."""
        return self._remembered(
            ("place", kind, code, day), place.VIEWS, lambda: self.made.place(kind, code, day)
        )

    def factory(self, id: str, day: date | None) -> FactoryReport:
        """Raises NotReported."""
        return self._remembered(
            ("factory", id, day), factory.VIEWS, lambda: self.made.factory(id, day)
        )

    def listing(self, kind: str, words: str, sort: str, page: int, language: str = "th") -> Listing:
        """Raises NotReported and BadQuery."""
        return self._remembered(
            ("listing", kind, words, sort, page, language),
            lists.VIEWS,
            lambda: self.made.listing(kind, words, sort, page, language),
        )

    def scorecard(self, town: str, framework: str | None, year: int | None) -> Scorecard:
        """Raises NotReported."""
        return self._remembered(
            ("scorecard", town, framework, year),
            scorecard.VIEWS,
            lambda: self.made.scorecard(town, framework, year),
        )

    def kpi(self, fiscal_year: int | None) -> KpiYear:
        """Raises NotReported."""
        return self._remembered(("kpi", fiscal_year), kpi.VIEWS, lambda: self.made.kpi(fiscal_year))

    def mind_panel(self, province: str, day: date | None) -> MindPanel:
        """Raises NotReported."""
        return self._remembered(
            ("mind_panel", province, day),
            mind_panel.VIEWS,
            lambda: self.made.mind_panel(province, day),
        )

    def certification_effects(self) -> tuple[CertificationEffect, ...]:
        """By level."""
        return self.made.certification_effects()

    def emissions(
        self, province: str | None, vintage: int | None, base: int | None
    ) -> EmissionsReport:
        """Raises NotReported."""
        return self._remembered(
            ("emissions", province, vintage, base),
            emissions.VIEWS,
            lambda: self.made.emissions(province, vintage, base),
        )

    def search(self, text: str) -> SearchAnswer:
        """Asked anew each time: hardly anything is typed twice."""
        return self.made.search(text)

    def method_checks(self) -> MethodChecks:
        """Which remember themselves."""
        return self.made.method_checks()

    def emission_factors(self) -> Sequence[EmissionFactor]:
        """What carbon is reckoned with."""
        return self.made.emission_factors()

    def simulated(self) -> bool:
        """Whether the database holds the simulated world."""
        return self.versions().simulated

    def version(self, views: Sequence[str]) -> str:
        """Changes whenever what the published `views` show does."""
        return self.versions().tag(tuple(views))

    def _remembered(self, what: Hashable, views: Sequence[str], make: Callable[[], R]) -> R:
        versions = self.versions()
        key = (what, f"{self.now():%Y-%m-%dT%H}")
        known: R | None = self._memo.get(key, versions)
        if known is None:
            known = make()
            shown = tuple(name for name in views if name in versions.versions)
            self._memo.put(key, shown, versions.tag(shown), known)
        return known
