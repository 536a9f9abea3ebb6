"""The metrics as Prometheus reads them, made once for all who ask within a few seconds."""

import asyncio
import platform
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property, partial
from importlib.metadata import version
from ipaddress import ip_address, ip_network

import anyio
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector
from psycopg2 import Error

from geo_api.database.connections import DatabaseUnavailable, Reads
from geo_api.database.statement_scope import context_of_all
from geo_api.features.figures import Figures, figures
from geo_api.http.caching.code_fingerprint import code_fingerprint
from geo_api.http.metrics import WorkerMetrics, worker_registry
from layers.analyses import analyses
from layers.model import Layer

MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4
_KEPT_S = 3.0
# Prometheus itself gives up after ten.
_DATABASE_S = 3.0


class NotAWatcher(PermissionError):
    """Whoever asks for the metrics is not at an address from which they may be read."""


def require_watcher(host: str, networks: Iterable[str]) -> None:
    """Raises NotAWatcher unless `host` is in one of the networks."""
    try:
        address = ip_address(host)
    except ValueError:
        address = None
    mapped = getattr(address, "ipv4_mapped", None) or address
    if mapped is None or not any(mapped in ip_network(one) for one in networks):
        raise NotAWatcher(
            f"the metrics are for the addresses in FAHSAI_METRICS_FROM, and {host or 'yours'} is"
            " not among them"
        )


class Exposition:
    """What the workers count, and what the database knows if it answers in time. It has threads of
    its own, for whoever watches must be answered also when all others are taken."""

    def __init__(
        self,
        metrics: WorkerMetrics,
        reads: Reads,
        layers: Mapping[str, Layer],
        now: Callable[[], datetime],
    ) -> None:
        self._metrics = metrics
        self._figures = partial(_figures, reads, layers.values(), now)
        self._asking: asyncio.Task[Figures | None] | None = None
        self._making: asyncio.Task[bytes] | None = None
        self._made_at = -_KEPT_S

    async def text(self) -> bytes:
        """The metrics, a few seconds old at most."""
        making = self._making
        if making is None or (making.done() and time.monotonic() - self._made_at > _KEPT_S):
            making = self._making = asyncio.create_task(self._make(), context=context_of_all())
        return await asyncio.shield(making)

    async def _make(self) -> bytes:
        self._metrics.publish()
        found = await self._found()
        text = await anyio.to_thread.run_sync(self._text, found, limiter=self._own)
        self._made_at = time.monotonic()
        return text

    async def _found(self) -> Figures | None:
        """None where the database takes too long; it is not asked again before it has answered."""
        asking = self._asking
        if asking is None or asking.done():
            asking = self._asking = asyncio.create_task(self._ask())
        await asyncio.wait({asking}, timeout=_DATABASE_S)
        return asking.result() if asking.done() else None

    async def _ask(self) -> Figures | None:
        return await anyio.to_thread.run_sync(self._figures, limiter=self._own)

    def _text(self, found: Figures | None) -> bytes:
        return generate_latest(_Both(worker_registry(self._metrics), list(families(found))))

    @cached_property
    def _own(self) -> anyio.CapacityLimiter:
        return anyio.CapacityLimiter(2)  # one asks, one writes


def _figures(reads: Reads, layers: Iterable[Layer], now: Callable[[], datetime]) -> Figures | None:
    try:
        return figures(reads, layers, now())
    except (DatabaseUnavailable, Error):
        return None


class _Both(Collector):
    def __init__(self, workers: Collector, others: list[Metric]) -> None:
        self._workers = workers
        self._others = others

    def collect(self) -> Iterator[Metric]:
        yield from self._workers.collect()
        yield from self._others


def families(found: Figures | None) -> Iterator[Metric]:
    """What the service is, and what the database knows, where it answered. When something was, is
    told, as Prometheus wants it, not how long ago."""
    code = code_fingerprint().hex()[:12]
    told = {"version": version("fahsai"), "code": code, "python": platform.python_version()}
    yield InfoMetricFamily("fahsai_build", "Which program answers.", told)
    answered = "Whether the database gave the figures below in time."
    yield GaugeMetricFamily("fahsai_database_up", answered, found is not None)
    if found is None:
        return
    size = found.database_bytes
    yield GaugeMetricFamily("fahsai_database_size_bytes", "Tables and indexes, as on disk.", size)
    former = "Of it, rows of published tables as they were, with their indexes."
    yield GaugeMetricFamily("fahsai_history_size_bytes", former, found.history_bytes)
    yield InfoMetricFamily(
        "fahsai_data_version", "Changes with any data.", {"version": found.version}
    )
    changed = "When data last changed."
    if found.changed_at:
        at = found.changed_at.timestamp()
        yield GaugeMetricFamily("fahsai_data_changed_timestamp_seconds", changed, at)
    yield from _of_runs(found)
    yield from _of_layers(found)
    yield from _of_alerts(found)


def _of_alerts(found: Figures) -> Iterator[Metric]:
    told = "Messages of alerts, by what became of them."
    messages = GaugeMetricFamily("fahsai_alert_messages", told, labels=["way", "state"])
    told = "Since when the oldest message that waits is due."
    oldest = GaugeMetricFamily("fahsai_alert_oldest_due_timestamp_seconds", told, labels=["way"])
    for one in found.alerts:
        for state in ("waiting", "sent", "given_up"):
            messages.add_metric([one.way, state], getattr(one, state))
        if one.oldest_due_at:
            oldest.add_metric([one.way], one.oldest_due_at.timestamp())
    yield messages
    yield oldest


def _of_runs(found: Figures) -> Iterator[Metric]:
    for kind, runs in (
        ("source", [run for run in found.runs if run.name not in analyses()]),
        ("analysis", [run for run in found.runs if run.name in analyses()]),
    ):
        yield _family(
            f"fahsai_{kind}_last_success_timestamp_seconds",
            "When a run of it last succeeded; missing where none did.",
            kind,
            {run.name: run.succeeded_at.timestamp() for run in runs if run.succeeded_at},
        )
        failed = "1 where the last run failed."
        by_name = {run.name: run.failed for run in runs}
        yield _family(f"fahsai_{kind}_last_run_failed", failed, kind, by_name)
    waiting = {run.name: run.quarantined for run in found.runs if run.name not in analyses()}
    yield _family("fahsai_quarantine_rows", "Rows that wait to be mended.", "source", waiting)


def _of_layers(found: Figures) -> Iterator[Metric]:
    fresh = {name: one for name, one in found.world.freshness.items() if one.loaded}
    newest = {name: one.newest or one.last_run for name, one in fresh.items()}
    yield _family(
        "fahsai_layer_newest_timestamp_seconds",
        "The newest observation of a layer, or when it was last read or computed.",
        "layer",
        {name: time.timestamp() for name, time in newest.items() if time},
    )
    stale = "1 where the layer's data are older than the layer says they may be."
    yield _family("fahsai_layer_stale", stale, "layer", {n: one.stale for n, one in fresh.items()})


def _family(name: str, meaning: str, label: str, values: Mapping[str, float]) -> Metric:
    made = GaugeMetricFamily(name, meaning, labels=[label])
    for of, value in values.items():
        made.add_metric([of], value)
    return made
