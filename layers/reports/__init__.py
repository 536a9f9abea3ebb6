"""What the pages say in numbers: the answers of the service, and what it is asked.

The service computes a report (`geo_api/reports`), the pages render it (`map_site`); both know only
what is declared here. Times are UTC, days begin at 08:00 in Thailand.
"""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from layers.reports.brief import Brief
from layers.reports.certification_effect import CertificationEffect
from layers.reports.complaints import ComplaintsReport
from layers.reports.emission_factors import EmissionFactor
from layers.reports.emissions import EmissionsReport
from layers.reports.factory import FactoryReport
from layers.reports.found import SearchAnswer
from layers.reports.kpi import KpiYear
from layers.reports.lists import Listing
from layers.reports.method_checks import MethodChecks
from layers.reports.mind_panel import MindPanel
from layers.reports.place import PlaceReport
from layers.reports.scorecard import Scorecard

__all__ = (
    "Brief",
    "CertificationEffect",
    "ComplaintsReport",
    "EmissionFactor",
    "EmissionsReport",
    "FactoryReport",
    "KpiYear",
    "Listing",
    "MethodChecks",
    "MindPanel",
    "PlaceReport",
    "Reports",
    "Scorecard",
    "SearchAnswer",
)


class Reports(Protocol):
    """Whom the pages ask. `day` None is the newest; each raises NotReported for what is not
    there."""

    def brief(self, day: date | None) -> Brief: ...

    def complaints(self, table: str, start: date | None) -> ComplaintsReport:
        """One of the tables that are released, of the period that holds the day `start`, by default
        the newest."""

    def place(self, kind: str, code: str, day: date | None) -> PlaceReport:
        """`kind` is "province", "district" or "eco_town"."""

    def factory(self, id: str, day: date | None) -> FactoryReport: ...

    def listing(self, kind: str, words: str, sort: str, page: int, language: str = "th") -> Listing:
        """Of "province", "district", "eco_town" or "factory": those whose names have `words`."""

    def scorecard(self, town: str, framework: str | None, year: int | None) -> Scorecard:
        """Of an eco-industrial town or an estate, by an edition of the frameworks."""

    def kpi(self, fiscal_year: int | None) -> KpiYear:
        """The indicators of a fiscal year, of the newest where None."""

    def mind_panel(self, province: str, day: date | None) -> MindPanel:
        """Four panels of figures, which no score sums up."""

    def certification_effects(self) -> tuple[CertificationEffect, ...]:
        """What certification did to complaints, by level; none where it was not computed."""

    def emissions(
        self, province: str | None, vintage: int | None, base: int | None
    ) -> EmissionsReport:
        """Carbon of a province by its code, of the country as "country", or of all; of the newest
        vintage where None; changes since the year `base`, the first with a figure where None."""

    def search(self, text: str) -> SearchAnswer:
        """Places, estates and factories by what was typed."""

    def method_checks(self) -> MethodChecks:
        """What the methods give on this server beside what they must."""

    def emission_factors(self) -> Sequence[EmissionFactor]:
        """What carbon is reckoned with."""

    def simulated(self) -> bool:
        """Whether the database holds simulated data."""

    def version(self, views: Sequence[str]) -> str:
        """Changes whenever what the published views show does."""
