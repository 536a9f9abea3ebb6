"""What routes are handed: what reads and writes the database, the layers, settings and clock."""

import hmac
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, partial
from importlib.metadata import version
from typing import Annotated

from fastapi import Depends, Request

from geo_api.accounts.contacts import read_contact
from geo_api.accounts.sealing import Sealer
from geo_api.alerts.subscribing import DatabaseAlerts
from geo_api.complaints.casework import DatabaseCasework
from geo_api.complaints.intake import DatabaseIntake
from geo_api.complaints.performance import DatabasePerformance
from geo_api.complaints.photos import PhotoStore
from geo_api.complaints.source_area import DatabaseSourceArea
from geo_api.database.connections import (
    DatabaseUnavailable,
    Pool,
    PrivateWrites,
    Reads,
    WritePool,
    Writes,
)
from geo_api.database.data_versions import DataVersions, DataVersionWatch, fetch_data_versions
from geo_api.database.replicas import ReplicatedReads
from geo_api.exports.file_store import FileStore
from geo_api.features.cursors import cursor_secret
from geo_api.http.caching.code_fingerprint import code_fingerprint
from geo_api.http.caching.memo import VersionedMemo
from geo_api.http.caching.remembered_reports import RememberedReports
from geo_api.http.caching.replay import ReplayMemo
from geo_api.http.caching.store import BodyStore
from geo_api.http.documents.pages import Pages
from geo_api.http.exposition import Exposition
from geo_api.http.health_check import HealthCheck
from geo_api.http.metrics import WorkerMetrics
from geo_api.http.rate_limit import RateLimit
from geo_api.http.stored_downloads import StoredDownloads
from geo_api.http.streaming import DownloadProcesses
from geo_api.inspections.inspections import DatabaseInspections
from geo_api.inspections.work_list import DatabaseWorkLists
from geo_api.jobs.standings import DatabaseJobs
from geo_api.rasters.registry import Raster
from geo_api.reports.database_reports import DatabaseReports
from geo_api.reports.method_checks import LiveChecks
from geo_api.settings import Settings
from geo_api.sharing.citations.citations import DatabaseCitations
from layers.alerts.desk import Alerts
from layers.casework.desk import Desk
from layers.casework.intake import Intake
from layers.casework.staff import Staff
from layers.model import Layer, LayerNotFound
from layers.query import BadQuery

# Of two kilobytes each.
_REPLAYED = 10_000
_POOLS = (
    Pool,
    WritePool,
    ReplicatedReads,
)  # what a test hands in instead has nothing to be told of
_CITED_IN_A_MINUTE = 30  # by one caller, in each worker
_HANDED_IN_A_MINUTE = 1_000  # of one account, in each worker


@dataclass(frozen=True)
class Service:
    """`now` gives the present in UTC, `pages` write for people what the routes give programs."""

    reads: Reads
    writes: Writes
    private: PrivateWrites
    settings: Settings
    layers: Mapping[str, Layer]
    now: Callable[[], datetime]
    pages: Pages
    replay_memo: ReplayMemo = field(init=False, default_factory=partial(VersionedMemo, _REPLAYED))
    total_memo: VersionedMemo[int] = field(init=False, default_factory=partial(VersionedMemo, 1024))
    as_of_memo: VersionedMemo[str] = field(init=False, default_factory=partial(VersionedMemo, 256))
    raster_memo: VersionedMemo[tuple[Layer, Raster]] = field(
        init=False, default_factory=partial(VersionedMemo, 1024)
    )

    @cached_property
    def data_versions(self) -> DataVersionWatch:
        """Which version of the data there is."""
        return DataVersionWatch(self.reads)

    @cached_property
    def health_check(self) -> HealthCheck:
        """Whether the database answers."""
        return HealthCheck(self.reads)

    @cached_property
    def metrics(self) -> WorkerMetrics:
        """What this worker counts."""
        private = self.private
        pools = {
            "reader": self.reads,
            "writer": self.writes,
            "staff": private.staff,
            "accounts": private.accounts,
            "contacts": private.contacts,
        }
        usage = {role: one.usage for role, one in pools.items() if isinstance(one, _POOLS)}
        told = self.replicas.standings if self.replicas else tuple
        return WorkerMetrics(usage, self.body_store.usage, told)

    @property
    def replicas(self) -> ReplicatedReads | None:
        """What chooses among replicas, where there are any."""
        return self.reads if isinstance(self.reads, ReplicatedReads) else None

    @cached_property
    def exposition(self) -> Exposition:
        """What the whole service counts, for whoever watches it."""
        return Exposition(self.metrics, self.reads, self.layers, self.now)

    @cached_property
    def body_store(self) -> BodyStore:
        """Answers made before, of the workers of this home."""
        return BodyStore(self.settings.home / "cache")

    @cached_property
    def download_processes(self) -> DownloadProcesses:
        """The downloads that this worker serves now."""
        return DownloadProcesses(self.settings.home / "downloads")

    @cached_property
    def stored_downloads(self) -> StoredDownloads:
        """Those of which somebody wants parts, and which are being made."""
        return StoredDownloads(self.download_processes)

    @cached_property
    def file_store(self) -> FileStore:
        """Whole downloads made before, of the workers of this home."""
        return FileStore(self.settings.home / "kept-downloads")

    @cached_property
    def reports(self) -> RememberedReports:
        """The numbers that pages say."""
        live_checks = LiveChecks(self.settings.home / "method-checks", code_fingerprint(), self.now)
        made = DatabaseReports(self.reads, self.layers, self.now, live_checks)
        return RememberedReports(made, self._versions, self.now)

    @cached_property
    def intake(self) -> Intake:
        """Whom complaints are handed to."""
        return DatabaseIntake(
            self.writes,
            self.photos,
            self.now,
            self.sealer.seal,
            self.settings.contact_kept,
        )

    @cached_property
    def alerts(self) -> Alerts:
        """Who may be told of what."""
        return DatabaseAlerts(self.reads, self.writes, self.private.staff, self.settings)

    @cached_property
    def open311_limit(self) -> RateLimit:
        """How often one account may hand in what its own people report."""
        return RateLimit(_HANDED_IN_A_MINUTE, timedelta(minutes=1), self.now)

    @cached_property
    def citations(self) -> DatabaseCitations:
        """What was cited of the answers and pages."""
        return DatabaseCitations(
            self.reads,
            self.writes,
            self.layers,
            lambda path: self.pages.rows_behind(path, self.reports),
            lambda: self._versions().simulated_views,
            f"Fahsai {version('fahsai')} ({code_fingerprint().hex()[:12]})",
        )

    @cached_property
    def citations_limit(self) -> RateLimit:
        """How often one caller may make them, or have their rows read again."""
        return RateLimit(_CITED_IN_A_MINUTE, timedelta(minutes=1), self.now)

    def _versions(self) -> DataVersions:
        """For threads: as known, or as the database says."""
        return self.data_versions.current() or fetch_data_versions(self.reads)

    def is_simulated(self, asks: bool) -> bool:
        """Whether the database holds the simulated world, as last known; where nothing is known,
        as the database says to who `asks`, if it answers."""
        known = self.data_versions.last_known
        if known is None and asks:
            with suppress(DatabaseUnavailable):
                known = fetch_data_versions(self.reads)
        return known is not None and known.simulated

    @cached_property
    def cursor_secret(self) -> bytes:
        """What cursors are signed with."""
        return cursor_secret(self.settings)

    @cached_property
    def sealer(self) -> Sealer:
        """What contacts are sealed with."""
        return Sealer(self.settings)

    @cached_property
    def etag_seed(self) -> str:
        """Of the answers: another program, or a secret of other cursors, would give others."""
        program = code_fingerprint() + self.pages.version.encode()
        return hmac.digest(self.cursor_secret, program, "sha256").hex()[:18]

    @cached_property
    def photos(self) -> PhotoStore:
        """Those of reports and of what was done about them."""
        return PhotoStore(self.settings.home / "photos")

    @cached_property
    def desk(self) -> Desk:
        """What the pages of staff ask."""
        return Desk(self.casework, self.performance, self._read_contact)

    def _read_contact(self, staff: Staff, complaint: str) -> dict[str, str]:
        contacts = self.private.contacts
        return asdict(read_contact(contacts, self.sealer, staff.credential, complaint))

    @cached_property
    def inspections(self) -> DatabaseInspections:
        """Visits of complaints and factories."""
        return DatabaseInspections(self.private.staff, self.photos)

    @cached_property
    def work_lists(self) -> DatabaseWorkLists:
        """Where to go in a day."""
        return DatabaseWorkLists(self.private.staff, self.reads, self.layers, self.now)

    @cached_property
    def casework(self) -> DatabaseCasework:
        """Complaints as staff work on them."""
        return DatabaseCasework(self.private, self.reads, self.layers, self.photos, self.now)

    @cached_property
    def source_areas(self) -> DatabaseSourceArea:
        """Where complaints come from."""
        return DatabaseSourceArea(self.private, self.now)

    @cached_property
    def performance(self) -> DatabasePerformance:
        """How that work goes."""
        return DatabasePerformance(self.private, self.now)

    @cached_property
    def jobs(self) -> DatabaseJobs:
        """What runs by itself."""
        return DatabaseJobs(self.private.staff)

    @property
    def collections(self) -> dict[str, Layer]:
        """The layers that have features."""
        return {name: layer for name, layer in self.layers.items() if not layer.raster}

    def collection(self, name: str) -> Layer:
        """Raises LayerNotFound, naming those there are."""
        layer = self.layers.get(name)
        if layer is None or layer.raster:
            raise LayerNotFound(f"no collection {name!r}; there are: {', '.join(self.collections)}")
        return layer


# A coroutine, since FastAPI would take a thread for a plain function.
async def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(_service)]


async def _writes(service: ServiceDep) -> Writes:
    return service.writes


# For routes that write. They are plain functions: a coroutine would wait for the database itself.
WritesDep = Annotated[Writes, Depends(_writes)]


def require_readable_path(request: Request) -> None:
    """Raises BadQuery for a path with a NUL, which no database takes."""
    if "\0" in request.url.path:
        raise BadQuery("address", _NUL)


async def readable_address(request: Request) -> None:
    """Raises BadQuery for an address with a NUL in its path or its query."""
    require_readable_path(request)
    if any("\0" in text for text in request.query_params.values()):
        raise BadQuery("address", _NUL)


_NUL = "the address has a NUL (%00); leave it out"


async def know_data_versions(service: ServiceDep) -> None:
    """For routes in threads, which ask for reports: the versions are then known without asking. A
    page that needs no database is given without one."""
    with suppress(DatabaseUnavailable):
        await service.data_versions.latest()
