"""Reports with photos, so many a second, while maps are read: python -m bench.intake [SECONDS]
[--rate N] [--edge PIXELS] [--home FOLDER] [--json FILE].

Serves a demo world and sends reports at a fixed pace, whether answers come or not: who waits for an
answer before it asks again would not see the queue that it makes. Exits with 1 where a report was
refused, where an answer was a fault, or where what is kept is not what was taken.
"""

import argparse
import json
import math
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from http.client import HTTPException
from io import BytesIO
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

from PIL import Image

from bench import intake_sql as sql
from bench.soak import is_fault, served
from geo_api.database.connections import owner_connection
from geo_api.database.embedded.cluster import database
from geo_api.settings import from_environment

RATE = 50
EDGE = 1280
READERS = 2
_SENDERS = 96
_PATIENCE_S = 60
_PHOTOS = 8
_BOUNDARY = "fahsai-bench-intake"


@dataclass
class Seen:
    """Statuses of what was asked, and milliseconds until each answer was whole: of reports since
    they were due, which is before they could be sent where all senders wait."""

    statuses: Counter[int] = field(default_factory=Counter)
    waited_ms: list[float] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def note(self, status: int, since: float) -> None:
        """One answer, asked for at `since`."""
        with self.lock:
            self.statuses[status] += 1
            self.waited_ms.append((time.monotonic() - since) * 1000)

    def told(self) -> dict[str, Any]:
        """Its figures."""
        shares = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99, "p999_ms": 0.999, "most_ms": 1.0}
        return {
            "answers": dict(sorted(self.statuses.items())),
            **{name: round(percentile(self.waited_ms, share), 1) for name, share in shares.items()},
        }


@dataclass(frozen=True)
class Kept:
    """What there is of reports by form: rows of complaints, rows of photos, and their files."""

    complaints: int
    photos: int
    files: int

    def since(self, before: "Kept") -> "Kept":
        """What came after."""
        return replace(
            self,
            complaints=self.complaints - before.complaints,
            photos=self.photos - before.photos,
            files=self.files - before.files,
        )


def main() -> int:
    """See the module."""
    asked = argparse.ArgumentParser(prog="python -m bench.intake")
    asked.add_argument("seconds", type=float, nargs="?", default=60)
    asked.add_argument("--rate", type=float, default=RATE, help="reports a second")
    asked.add_argument("--edge", type=int, default=EDGE, help="pixels of a photo's longer edge")
    asked.add_argument("--home", type=Path, help="a home that has data; a new one unless given")
    asked.add_argument("--json", type=Path, help="where the figures go, too")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="fahsai-intake-") as made:
        Path(made).chmod(0o755)  # PostgreSQL runs as another user
        told = measured(given.home or Path(made), given.seconds, given.rate, given.edge)
    text = json.dumps(told, indent=2)
    sys.stdout.write(f"{text}\n")
    if given.json:
        given.json.write_text(text)
    return int(not told["whole"])


def measured(home: Path, seconds: float, rate: float, edge: int) -> dict[str, Any]:
    """What was sent, answered and kept."""
    pictures = [picture(edge, seed) for seed in range(_PHOTOS)]
    reports, maps, ending = Seen(), Seen(), Event()
    with served(home) as (address, _):
        before, load = kept(home), os.getloadavg()
        readers = [
            Thread(target=read_on, args=(address, random.Random(seed), maps, ending))
            for seed in range(READERS)
        ]
        for reader in readers:
            reader.start()
        took_s = send_all(address, pictures, reports, round(seconds * rate), rate)
        ending.set()
        for reader in readers:
            reader.join()
        found = kept(home).since(before)
    sent, taken = sum(reports.statuses.values()), reports.statuses[201]
    return {
        "seconds": seconds,
        "reports_per_s": rate,
        "photo_bytes": round(sum(map(len, pictures)) / len(pictures)),
        "load_before": [round(one, 1) for one in load],
        "load_after": [round(one, 1) for one in os.getloadavg()],
        "reports": {
            "sent": sent,
            "taken": taken,
            "taken_per_s": round(taken / took_s, 1),
            **reports.told(),
        },
        "maps": {"answered": sum(maps.statuses.values()), **maps.told()},
        "kept": {"complaints": found.complaints, "photos": found.photos, "files": found.files},
        "whole": sent == taken == found.complaints == found.photos == found.files
        and not any(map(is_fault, maps.statuses)),
    }


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest rank; 0 of nothing."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)] if ranked else 0.0


def picture(edge: int, seed: int) -> bytes:
    """A JPEG that compresses about as a photo does: coarse shapes with some grain."""
    chance = random.Random(seed)
    size = (edge, edge * 3 // 4)
    coarse = Image.frombytes("RGB", (40, 30), chance.randbytes(40 * 30 * 3)).resize(size)
    grain = Image.effect_noise(size, 24).convert("RGB")
    made = BytesIO()
    Image.blend(coarse, grain, 0.25).save(made, "JPEG", quality=85)
    return made.getvalue()


def send_all(address: str, pictures: Sequence[bytes], seen: Seen, count: int, rate: float) -> float:
    """Sends each report when it is due; seconds until the last was answered."""
    numbers, lock, began = iter(range(count)), Lock(), time.monotonic() + 1

    def send_on() -> None:
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            due = began + number / rate
            time.sleep(max(0.0, due - time.monotonic()))
            seen.note(send(address, number, pictures[number % len(pictures)]), due)

    senders = [Thread(target=send_on) for _ in range(_SENDERS)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    return time.monotonic() - began


def send(address: str, number: int, photo: bytes) -> int:
    """The status of a report; each comes by a proxy from a telephone of its own."""
    chance = random.Random(number)
    lat, lon = chance.uniform(13.6, 14.2), chance.uniform(100.3, 100.9)
    fields = {
        "category": chance.choice(("odour", "dust_smoke", "noise", "wastewater")),
        "coordinates": f"{lat:.5f}, {lon:.5f}",
        "when": "now",
        "strength": "3",
        "words": "กลิ่นเหม็นจากโรงงานตอนกลางคืน",
        "client_id": uuid4().hex,
    }
    headers = {
        "Accept": "application/json",
        "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
        "X-Forwarded-For": ".".join(str(part) for part in (10, *number.to_bytes(3, "big"))),
    }
    return _status(Request(f"{address}/report", multipart(fields, photo), headers))


def multipart(fields: dict[str, str], photo: bytes) -> bytes:
    """A form with one file (RFC 7578)."""
    parts = [
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    parts.append(
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="photos"; filename="1.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    return "".join(parts).encode() + photo + f"\r\n--{_BOUNDARY}--\r\n".encode()


def read_on(address: str, chance: random.Random, seen: Seen, ending: Event) -> None:
    """Somebody who moves a map about, without a pause."""
    while not ending.is_set():
        since = time.monotonic()
        request = Request(address + _path(chance), headers={"Accept-Encoding": "gzip"})
        seen.note(_status(request), since)


def _path(chance: random.Random) -> str:
    zoom = chance.randint(6, 12)
    x = int((chance.uniform(98, 105) + 180) / 360 * 2**zoom)
    y = int(2**zoom * chance.uniform(0.43, 0.49))
    layer = chance.choice(("hotspots", "factories", "air_stations"))
    tile = f"/tiles/{layer}/{zoom}/{x}/{y}.mvt"
    return chance.choice((*[tile] * 9, "/maps/burning"))


def kept(home: Path) -> Kept:
    """What there is now."""
    settings = from_environment(os.environ | {"FAHSAI_HOME": str(home)})
    with database(settings, lambda _: None) as url, closing(owner_connection(url)) as connection:
        [(complaints, photos)] = connection.rows(sql.KEPT, None)
    files = sum(1 for _ in (home / "photos").rglob("*.jpg"))
    return Kept(complaints, photos, files)


def _status(request: Request) -> int:
    """0 where nobody answers."""
    try:
        with urlopen(request, timeout=_PATIENCE_S) as answer:
            answer.read()
            return int(answer.status)
    except HTTPError as problem:
        problem.close()
        return problem.code
    except (OSError, HTTPException):
        return 0


if __name__ == "__main__":
    sys.exit(main())
