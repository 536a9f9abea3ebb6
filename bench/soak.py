"""Memory under mixed use for a while: python -m bench.soak [MINUTES] [--home FOLDER] [--json FILE].

Serves a small demo world, asks it for everything by chance, and says how much the largest worker
holds. Exits with 1 where that still grows at the end, or is more than is promised.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from threading import Event, Thread
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from bench.export_memory import worker_memory
from geo_api import cli

THREADS = 8
# Resident, in 10⁶ bytes, of one worker: the program 250, half of it files that workers share,
# bodies 64, answers remembered 30, reports 30, blocks of rasters 64, and what its threads hold at
# work.
MOST_MB = 480
# By which the median of the last quarter may exceed that of the one before.
FLAT = 1.05
_SAMPLE_S = 2
_START_S = 900  # the demo is made first


@dataclass
class Seen:
    """Megabytes of the largest worker, in order, and how often each status was answered."""

    megabytes: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def quarters(self) -> list[float]:
        """The median of each quarter of the time."""
        size = max(1, len(self.megabytes) // 4)
        parts = (self.megabytes[at * size : (at + 1) * size] for at in range(4))
        return [round(statistics.median(part or [0.0]), 1) for part in parts]

    @property
    def bounded(self) -> bool:
        """Whether it keeps what is promised."""
        *_, third, last = self.quarters
        return last <= MOST_MB and last <= FLAT * third


def main() -> int:
    """See the module."""
    asked = argparse.ArgumentParser(prog="python -m bench.soak")
    asked.add_argument("minutes", type=float, nargs="?", default=30)
    asked.add_argument("--home", type=Path, help="a home that has data; a new one unless given")
    asked.add_argument("--json", type=Path, help="where the figures go, too")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="fahsai-soak-") as made:
        Path(made).chmod(0o755)  # PostgreSQL runs as another user
        seen = soak(given.home or Path(made), given.minutes)
    told = {
        "minutes": given.minutes,
        "quarters_mb": seen.quarters,
        "most_mb": max(seen.megabytes),
        "requests": sum(seen.statuses.values()),
        "statuses": dict(sorted(seen.statuses.items())),
        "bounded": seen.bounded,
    }
    text = json.dumps(told, indent=2)
    sys.stdout.write(f"{text}\n")
    if given.json:
        given.json.write_text(text)
    return int(not seen.bounded or any(map(is_fault, seen.statuses)))


def soak(home: Path, minutes: float) -> Seen:
    """What was seen while THREADS clients asked."""
    seen, ending = Seen(), Event()
    with served(home) as (address, pid):
        clients = [
            Thread(target=ask_on, args=(address, random.Random(seed), seen, ending))
            for seed in range(THREADS)
        ]
        for client in clients:
            client.start()
        deadline = time.monotonic() + minutes * 60
        while time.monotonic() < deadline:
            time.sleep(_SAMPLE_S)
            seen.megabytes.append(max(worker_memory(pid), default=0))
        ending.set()
        for client in clients:
            client.join()
    return seen


@contextmanager
def served(home: Path) -> Iterator[tuple[str, int]]:
    """The address of `fahsai up`, and its process."""
    port = random.randint(20_000, 40_000)
    process = subprocess.Popen(
        [sys.executable, "-m", cli.__name__, "up", "--no-jobs", "--port", str(port)],
        env=os.environ | {"FAHSAI_HOME": str(home)},
    )
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + _START_S
        while _status(f"{address}/health") != 200:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the service did not start")
            time.sleep(0.5)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(60)


def ask_on(address: str, chance: random.Random, seen: Seen, ending: Event) -> None:
    """One client, that asks for one thing after the other."""
    while not ending.is_set():
        seen.statuses[_status(address + path(chance))] += 1


def path(chance: random.Random) -> str:
    """Something of everything, hardly ever the same twice."""
    lon, lat = chance.uniform(97, 106), chance.uniform(6, 20)
    zoom = chance.randint(5, 14)
    x, y = (int((lon + 180) / 360 * 2**zoom), int(2**zoom * chance.uniform(0.43, 0.49)))
    layer = chance.choice(("hotspots", "factories", "complaint_months", "air_stations"))
    day = f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    filter = quote(f"CASEI(name) LIKE CASEI('%{chance.randint(0, 999)}%')")
    return chance.choice(
        (
            *[f"/tiles/{layer}/{zoom}/{x}/{y}.mvt?datetime={day}T00:00:00Z/.."] * 6,
            f"/tiles/pm25_surface/{zoom}/{x}/{y}.png",
            f"/ogc/collections/{layer}/items?limit={chance.randint(1, 2000)}",
            f"/ogc/collections/{layer}/items?f=html&limit={chance.randint(1, 100)}",
            f"/ogc/collections/factories/items?filter={filter}",
            f"/ogc/collections/{layer}/items?bbox={lon},{lat},{lon + 1},{lat + 1}&f=csv",
            f"/api/near?lon={lon:.4f}&lat={lat:.4f}&radius_m={chance.randint(1000, 50_000)}",
            f"/?day={day}",
            f"/provinces/{chance.randint(10, 96)}?day={day}",
            f"/api/search?q={chance.randint(0, 99_999)}",
            f"/maps/burning?day={day}",
            "/status",
            "/catalog",
        )
    )


def is_fault(status: int) -> bool:
    """Whether it is an answer that nobody should get: a broken one, or a fault of ours."""
    return status == 0 or (status >= 500 and status != 503)


def _status(url: str) -> int:
    """0 where nobody answers."""
    try:
        with urlopen(Request(url, headers={"Accept-Encoding": "gzip"}), timeout=60) as answer:
            answer.read()
            return int(answer.status)
    except HTTPError as problem:
        problem.close()
        return problem.code
    except (OSError, HTTPException):
        return 0


if __name__ == "__main__":
    sys.exit(main())
