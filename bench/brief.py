"""How long the numbers of a morning take to compute, at fifty times the demo.

    python -m bench.brief [--url postgresql://…] [--days 60]

Without a URL in the world that `make bench` keeps. Each day of the season is asked for once, none
from a cache of ours; the statements' share is told apart.
"""

import argparse
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench.world import home_of, world
from geo_api.database.connections import READER, Pool, Statement, Values
from geo_api.database.logins import login_url
from geo_api.reports.brief import brief
from layers.catalog import catalog

MUST_MS = 150
LAST_DAY = date(2026, 3, 31)
NOON = datetime(2026, 3, 31, 5, tzinfo=UTC)


@dataclass
class TimedReads:
    """A pool that notes how long its statements took."""

    pool: Pool
    url: str = ""
    seconds: float = 0
    statements: int = 0
    slowest: dict[str, float] = field(default_factory=dict)

    def fetch(self, statement: Statement, values: Values | None = None) -> list[tuple[Any, ...]]:
        """As the pool does."""
        began = time.perf_counter()
        rows = self.pool.fetch(statement, values)
        taken = time.perf_counter() - began
        self.seconds += taken
        self.statements += 1
        words = " ".join(str(statement).split())[:70]
        self.slowest[words] = max(taken, self.slowest.get(words, 0))
        return rows

    def ping(self) -> None:
        """Nobody asks whether it lives."""

    def listen(self) -> None:
        """Nobody listens here."""


def main() -> None:
    """Prints the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--url")
    asked.add_argument("--days", type=int, default=60)
    given = asked.parse_args()
    with _database(given.url) as url:
        _report(url, given.days)


@contextmanager
def _database(url: str | None) -> Iterator[str]:
    if url:
        yield url
        return
    with world(home_of("world"), print) as made:
        yield made.url


def _report(url: str, days: int) -> None:
    reads = TimedReads(Pool(login_url(url, READER), 1))
    brief(reads, catalog(), LAST_DAY, NOON)  # the connection, and what the server reads from disk
    reads.seconds, reads.statements = 0, 0
    reads.slowest.clear()
    taken = []
    for back in range(days):
        began = time.perf_counter()
        brief(reads, catalog(), LAST_DAY - timedelta(days=back), NOON)
        taken.append(1000 * (time.perf_counter() - began))
    [(hotspots,)] = reads.pool.fetch("SELECT sum(count) FROM published.hotspot_day_counts")
    taken.sort()
    print(f"{hotspots:,} hotspots, {days} days: must be {MUST_MS} ms")  # noqa: T201
    print(  # noqa: T201
        f"median {statistics.median(taken):.0f} ms, p95 {taken[int(0.95 * len(taken))]:.0f} ms,"
        f" highest {taken[-1]:.0f} ms; of which {1000 * reads.seconds / days:.0f} ms in"
        f" {reads.statements // days} statements"
    )
    for words, seconds in sorted(reads.slowest.items(), key=lambda one: -one[1])[:8]:
        print(f"{1000 * seconds:8.1f} ms at most  {words}")  # noqa: T201


if __name__ == "__main__":
    main()
