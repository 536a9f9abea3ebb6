"""/metrics: figures of the whole service, and nothing that somebody wrote."""

import json
import os
import re
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests
import yaml
from fastapi.testclient import TestClient
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database.connections import READER, Pool
from geo_api.database.logins import login_url
from geo_api.database.replicas import Standing
from geo_api.http.caching.store import StoreUsage
from geo_api.http.metrics import WorkerMetrics
from geo_api.settings import Settings
from tests.geo_api.alerts.rows import subscribe
from tests.geo_api.database.servers import wait_until
from tests.geo_api.features.test_freshness import run
from tests.geo_api.http.test_errors import Gone
from tests.geo_api.test_cli import free_port, up
from tests.makers import factory

WATCHING = Path(__file__).resolve().parents[3] / "setup" / "monitoring"
ITEMS = "/ogc/collections/factories/items"
ITEMS_ROUTE = "/ogc/collections/{collection}/items"
COUNT = "http_request_duration_seconds_count"

Figures = dict[tuple[str, frozenset[tuple[str, str]]], float]


def read(text: str) -> Figures:
    """The figures by name and labels."""
    return {
        (one.name, frozenset(one.labels.items())): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def figure(found: Figures, name: str, **labels: str) -> float | None:
    return found.get((name, frozenset(labels.items())))


@pytest.fixture
def watched(fresh_url: str, settings: Settings) -> Iterator[TestClient]:
    """A browser at this machine of a service over the database of `fresh`."""
    pool = Pool(login_url(fresh_url, READER), 2)
    with TestClient(create_app(pool, settings), client=("127.0.0.1", 5000)) as client:
        yield client
    pool.close()


def test_requests_are_counted_by_route_method_and_class_of_status(
    fresh: Connection, watched: TestClient
) -> None:
    factory(fresh)
    fresh.commit()
    tags = [watched.get(ITEMS).headers["ETag"] for _ in range(3)]
    watched.get(ITEMS, headers={"If-None-Match": tags[0]})
    watched.head(ITEMS)
    watched.get(f"{ITEMS}?bbox=1")
    watched.get("/report/the-code-of-a-complainant")
    watched.get("/what-a-complainant-says")
    watched.get("/static/tokens.css")
    watched.request("BREW", "/health")

    answer = watched.get("/metrics")

    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert answer.headers["cache-control"] == "no-store"
    found = read(answer.text)
    counted = {
        tuple(dict(labels)[name] for name in ("route", "method", "status")): value
        for (name, labels), value in found.items()
        if name == COUNT
    }
    assert counted == {
        (ITEMS_ROUTE, "GET", "2xx"): 3,
        (ITEMS_ROUTE, "GET", "3xx"): 1,
        (ITEMS_ROUTE, "HEAD", "2xx"): 1,
        (ITEMS_ROUTE, "GET", "4xx"): 1,
        ("/report/{code}", "GET", "4xx"): 1,
        ("none", "GET", "4xx"): 1,
        ("/static", "GET", "2xx"): 1,
        ("/health", "other", "4xx"): 1,
    }
    assert "complainant" not in answer.text
    assert figure(found, "http_requests_in_progress") == 1  # this one
    assert figure(found, "fahsai_database_pool_size", role="reader") == 2
    assert (figure(found, "fahsai_cache_requests_total", result="hit") or 0) > 0
    assert (figure(found, "fahsai_cache_memory_bytes") or 0) > 0


def test_waiting_for_a_connection_is_told(fresh_url: str) -> None:
    pool = Pool(login_url(fresh_url, READER), 1)
    with pool._connections.lease():
        in_use = pool.usage()
        with pytest.MonkeyPatch.context() as patched, pytest.raises(RuntimeError):
            patched.setattr("geo_api.database.connections._WAIT_S", 0.01)
            pool.fetch("SELECT 1")
    after = pool.usage()
    pool.close()

    assert (in_use.size, in_use.in_use, in_use.waits) == (1, 1, 0)
    assert (after.in_use, after.waits) == (0, 1)
    assert after.waited_s >= 0.01


def test_the_age_of_the_data_is_that_of_status(fresh: Connection, watched: TestClient) -> None:
    run(fresh, "diw", at=datetime(2026, 1, 5, tzinfo=UTC))
    run(fresh, "diw", "failed", at=datetime(2026, 1, 6, tzinfo=UTC))
    factory(fresh)
    fresh.commit()

    found = read(watched.get("/metrics").text)
    status = watched.get("/status").json()

    told = figure(found, "fahsai_source_last_success_timestamp_seconds", source="diw")
    assert told == 1767571200 and status["sources"]["diw"]["succeeded"] == "2026-01-05T00:00:00Z"
    assert figure(found, "fahsai_source_last_run_failed", source="diw") == 1
    assert figure(found, "fahsai_quarantine_rows", source="diw") == 0
    assert figure(found, "fahsai_layer_newest_timestamp_seconds", layer="factories") == told
    assert status["layers"]["factories"]["stale"] is True
    assert figure(found, "fahsai_layer_stale", layer="factories") == 1
    assert figure(found, "fahsai_database_up") == 1
    assert (figure(found, "fahsai_database_size_bytes") or 0) > 1_000_000


def test_without_its_database_the_service_is_still_watched(settings: Settings) -> None:
    with TestClient(create_app(Gone(), settings), client=("::1", 5000)) as client:
        found = read(client.get("/metrics").text)

    assert figure(found, "fahsai_database_up") == 0
    assert figure(found, "fahsai_database_size_bytes") is None
    assert figure(found, "http_requests_in_progress") == 1


@pytest.mark.parametrize(
    ("peer", "forwarded", "status"),
    [
        ("192.0.2.9", "", 200),
        ("::ffff:192.0.2.9", "", 200),
        ("198.51.100.1", "", 403),
        ("testclient", "", 403),
        ("10.1.2.3", "192.0.2.9", 200),
        ("10.1.2.3", "198.51.100.1", 403),
        ("10.1.2.3", "192.0.2.9, 198.51.100.1", 403),
        ("198.51.100.1", "192.0.2.9", 403),
    ],
)
def test_only_who_is_named_reads_them(
    settings: Settings, peer: str, forwarded: str, status: int
) -> None:
    """10.0.0.0/8 are trusted proxies, who tell of whom they ask."""
    named = replace(settings, metrics_from=("192.0.2.0/24",), trusted_proxies=("10.0.0.0/8",))
    told = {"X-Forwarded-For": forwarded} if forwarded else {}
    with TestClient(create_app(Gone(), named), client=(peer, 5000)) as client:
        answer = client.get("/metrics", headers=told)

    assert answer.status_code == status
    if status == 403:
        assert answer.headers["content-type"] == "application/problem+json"
        assert "FAHSAI_METRICS_FROM" in answer.json()["detail"]


def test_the_dashboard_and_the_alerts_ask_for_what_there_is(
    fresh: Connection, watched: TestClient, settings: Settings
) -> None:
    for name in ("diw", "pm25_surface"):
        run(fresh, name)
    factory(fresh)
    subscribe(fresh, settings, is_confirmed=False)
    fresh.commit()
    watched.get(ITEMS)
    there = {name for name, _ in read(watched.get("/metrics").text)}
    standing = Standing("replica 1", "ready", 0.2, serves=True, left=1, joined=2)
    replicated = WorkerMetrics({}, lambda: StoreUsage(0, 0, 0), lambda: [standing])
    replicated.publish()
    there |= {name for name, _ in read(generate_latest(replicated.registry).decode())}

    dashboard = json.loads((WATCHING / "dashboard.json").read_text(encoding="utf-8"))
    alerts = yaml.safe_load((WATCHING / "alerts.yml").read_text(encoding="utf-8"))
    scraping = yaml.safe_load((WATCHING / "prometheus.yml").read_text(encoding="utf-8"))
    rules = [rule for group in alerts["groups"] for rule in group["rules"]]
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    asked += [rule["expr"] for rule in rules]
    named = {name for one in asked for name in re.findall(r"\b(?:fahsai|http)_\w+", one)}
    assert named - there == set()
    # When a counter began to count, only a process alone tells.
    shown = {name for name in there if name.startswith("fahsai") and "_created" not in name}
    assert shown - named == set(), "the dashboard shows all that is told"
    assert all({"alert", "expr", "labels", "annotations"} <= set(rule) for rule in rules)
    assert scraping["rule_files"] == ["alerts.yml"]


def test_figures_are_of_all_workers_and_outlive_each(migrated_home: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    left = migrated_home / "metrics" / "counter_1.db"
    left.parent.mkdir()
    left.write_bytes(b"what another start has left")

    def answered() -> float:
        found = read(requests.get(f"{address}/metrics", timeout=60).text)
        return figure(found, COUNT, route="/health/live", method="GET", status="2xx") or 0

    def workers() -> set[int]:
        return {int(path.stem.rpartition("_")[2]) for path in left.parent.glob("gauge_*.db")}

    with up(migrated_home, port, FAHSAI_WORKERS="2", FAHSAI_LOG="json"):
        assert not left.exists()
        wait_until(lambda: len(workers()) == 2)
        for _ in range(40):  # each by a connection of its own, which any worker may take
            assert requests.get(f"{address}/health/live", timeout=60).ok
        wait_until(lambda: answered() == 40)
        killed = min(workers())
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: killed not in workers() and len(workers()) == 2)
        assert requests.get(f"{address}/health/live", timeout=60).ok

        wait_until(lambda: answered() == 41)
