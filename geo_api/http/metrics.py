"""What Prometheus is told of the whole service, whichever worker answers.

Each worker counts for itself, in files of a folder that all share (prometheus_client's multiprocess
mode); who is asked adds them up. What the database knows is asked of it when somebody asks us.
"""

import asyncio
import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo_api.database.connections import PoolUsage
from geo_api.database.replicas import PRIMARY, Standing
from geo_api.http.caching.store import StoreUsage

# prometheus_client's own, read when it is imported: it must be set before workers are started.
_SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
# From a replayed tile to a statement that is cut off.
_BUCKETS_S = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_PUBLISHED_WITHIN_S = 1.0
_ROUTE = "fahsai.route"


def share_metrics(folder: Path) -> None:
    """Has the workers that this process starts count in `folder`, which is emptied."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ[_SHARED_FOLDER] = str(folder)


def shared_folder() -> str | None:
    """Where workers count together; None where one process is all there is."""
    return os.environ.get(_SHARED_FOLDER)


class WorkerMetrics:
    """What this worker counts. What rooms count as plain numbers, which costs their callers
    nothing, is copied to where others see it within a second."""

    def __init__(
        self,
        pools: Mapping[str, Callable[[], PoolUsage]],
        store: Callable[[], StoreUsage],
        replicas: Callable[[], Sequence[Standing]] = tuple,
    ) -> None:
        self.registry = registry = CollectorRegistry()
        self._working = 0
        self._pools = pools
        self._store = store
        self._replicas = replicas
        self._publishing = False
        self._told: dict[Counter, float] = {}
        self._durations: dict[tuple[str, str, str], Histogram] = {}
        self._duration = Histogram(
            "http_request_duration_seconds",
            "From a request to the beginning of its answer, by route as declared, method and class"
            " of the status; `gone` where the client hung up before.",
            ("route", "method", "status"),
            registry=registry,
            buckets=_BUCKETS_S,
        )

        def gauge(name: str, meaning: str, *labels: str) -> Gauge:
            return Gauge(name, meaning, labels, registry=registry, multiprocess_mode="livesum")

        self._in_progress = gauge(
            "http_requests_in_progress", "Requests that are worked on or answered now."
        )
        self._pool_size = gauge(
            "fahsai_database_pool_size", "Most connections to the database, by role.", "role"
        )
        self._pool_in_use = gauge(
            "fahsai_database_pool_in_use", "Connections that somebody works with now.", "role"
        )
        self._waits = Counter(
            "fahsai_database_pool_waits",
            "How often a connection had to be waited for.",
            ("role",),
            registry=registry,
        )
        self._waited = Counter(
            "fahsai_database_pool_wait_seconds",
            "How long connections were waited for.",
            ("role",),
            registry=registry,
        )
        self._cache_bytes = gauge(
            "fahsai_cache_memory_bytes", "Bodies of answers held in the memory of workers."
        )
        self._cache_requests = Counter(
            "fahsai_cache_requests",
            "Bodies of answers that were asked for: held already (hit), or not (miss).",
            ("result",),
            registry=registry,
        )

        self._reads_from = gauge(
            "fahsai_reads_from_workers", "Workers that read from a server now.", "server"
        )
        self._lag = Gauge(
            "fahsai_replica_lag_seconds",
            "How far a replica is behind the primary, as the worker finds that it is worst for.",
            ("replica",),
            registry=registry,
            multiprocess_mode="livemax",
        )
        self._left = Counter(
            "fahsai_replica_left",
            "How often a worker left a replica that was lost, hung or lagged.",
            ("replica",),
            registry=registry,
        )

    def begin(self) -> None:
        """A request has come."""
        self._working += 1
        self._publish_soon()

    def end(self, route: str, method: str, status: str, seconds: float) -> None:
        """It was answered."""
        self._working -= 1
        labels = (route, method, status)
        duration = self._durations.get(labels)
        if duration is None:
            duration = self._durations[labels] = self._duration.labels(*labels)
        duration.observe(seconds)
        self._publish_soon()

    def publish(self) -> None:
        """Copies what the rooms have counted."""
        self._in_progress.set(self._working)
        for role, usage_of in self._pools.items():
            usage = usage_of()
            self._pool_size.labels(role).set(usage.size)
            self._pool_in_use.labels(role).set(usage.in_use)
            self._advance(self._waits.labels(role), usage.waits)
            self._advance(self._waited.labels(role), usage.waited_s)
        held = self._store()
        self._cache_bytes.set(held.memory_bytes)
        self._advance(self._cache_requests.labels("hit"), held.hits)
        self._advance(self._cache_requests.labels("miss"), held.misses)

        self._publish_replicas()

    def _publish_replicas(self) -> None:
        standings = self._replicas()
        serving = {one.name: one.serves for one in standings}
        for server, serves in {PRIMARY: not any(serving.values()), **serving}.items():
            self._reads_from.labels(server).set(serves)
        for one in standings:
            self._lag.labels(one.name).set(float("nan") if one.lag_s is None else one.lag_s)
            self._advance(self._left.labels(one.name), one.left)

    def _publish_soon(self) -> None:
        if not self._publishing:
            self._publishing = True
            asyncio.get_running_loop().call_later(_PUBLISHED_WITHIN_S, self._published)

    def _published(self) -> None:
        self._publishing = False
        self.publish()

    def _advance(self, counter: Counter, total: float) -> None:
        counter.inc(total - self._told.get(counter, 0))
        self._told[counter] = total


def worker_registry(metrics: WorkerMetrics) -> CollectorRegistry:
    """What all workers have counted, or this one where it is the only one."""
    folder = shared_folder()
    if folder is None:
        return metrics.registry
    registry = CollectorRegistry()
    MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
    return registry


class Measured:
    """Counts requests and how long each waits for its answer to begin: how long the client then
    takes to read it is not ours."""

    def __init__(self, app: ASGIApp, metrics: WorkerMetrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, waited, status = time.perf_counter(), 0.0, ""

        async def noting(message: Message) -> None:
            nonlocal waited, status
            if not status and message["type"] == "http.response.start":
                waited = time.perf_counter() - began
                status = f"{message['status'] // 100}xx"
            await send(message)

        self._metrics.begin()
        try:
            await self._app(scope, receive, noting)
        except Exception:
            # What nobody foresaw is answered around us.
            status = status or "5xx"
            raise
        finally:
            method = scope["method"] if scope["method"] in _METHODS else "other"
            took = waited or time.perf_counter() - began
            route = scope["state"].get(_ROUTE, "none")
            self._metrics.end(route, method, status or "gone", took)


class RouteNames:
    """Tells those around which route answered, as it is declared: no address that somebody asked
    for, which may be a secret or a word of theirs. Must be within all the others."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        finally:
            note_route(scope, route_of(scope))


def note_route(scope: Scope, route: str) -> None:
    """The route by which this request is counted."""
    scope.setdefault("state", {})[_ROUTE] = route


def route_of(scope: Scope) -> str:
    """The route of a request that was handed to it, as declared; `none` where there is none."""
    route = scope.get("route")
    if route is None and "app_root_path" in scope:
        # What is mounted is no route: its path is what Starlette has added to the root.
        return str(scope["root_path"]).removeprefix(scope["app_root_path"])
    return str(getattr(route, "path", "none"))
