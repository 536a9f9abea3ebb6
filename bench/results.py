"""What was measured: rows of readings, their ratios to what ours is held against, and the place."""

import json
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.load import Reading
from bench.servers import ROOT

# As many connections as the targets are for.
CONNECTIONS = 8
# The side that has PostgreSQL set as ours has it; the targets are for tipg as it comes.
TUNED = "tipg, tuned"


@dataclass(frozen=True)
class Ratio:
    """How many times better ours is than `against`; `target` is the least that will do."""

    against: str
    value: float
    target: float

    @property
    def met(self) -> bool:
        """Whether that is enough."""
        return self.value >= self.target


@dataclass(frozen=True)
class Row:
    """One workload: medians by side (`ours`, a peer, a floor) and number of connections; `told`
    and the Markdown `table` say what else there is to know, `failed` why there are no numbers.
    `curves` give milliseconds by the number of hotspots."""

    name: str
    title: str
    readings: Mapping[str, Mapping[int, Reading]] = field(default_factory=dict)
    ratios: Sequence[Ratio] = ()
    told: Sequence[str] = ()
    table: str = ""
    curves: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    failed: str | None = None


@dataclass(frozen=True)
class Place:
    """Where, when and of what the run was; `load` is the machine's load average as it began: above
    a half, others were at work too."""

    commit: str
    at: str
    machine: str
    load: float
    versions: Mapping[str, str]
    plan: str


def place(database: str, plan: str) -> Place:
    """`database` names PostgreSQL and PostGIS with their versions."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return Place(
        commit=_git("describe", "--always", "--dirty", "--abbrev=10"),
        at=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        machine=f"{os.cpu_count()} cores ({_processor()}), {pages / 2**30:.0f} GiB of memory",
        load=os.getloadavg()[0],
        versions={
            "database": database,
            "Python": platform.python_version(),
            **{name: version(name) for name in ("fastapi", "uvicorn", "psycopg2-binary")},
            **{name: _pinned(name, lock) for name, lock in _PEERS.items()},
        },
        plan=plan,
    )


def write_json(path: Path, where: Place, rows: Sequence[Row]) -> None:
    """All of it, for programs."""
    told = {"place": asdict(where), "rows": [asdict(row) for row in rows]}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


_PEERS = {"tipg": "tipg", "titiler-core": "titiler"}


def _pinned(name: str, peer: str) -> str:
    for line in (ROOT / "bench" / "peers" / f"{peer}.lock").read_text().splitlines():
        if line.startswith(f"{name}=="):
            return line.split()[0].removeprefix(f"{name}==")
    raise LookupError(f"{name} is not in the lock of {peer}")


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def _git(*words: str) -> str:
    return subprocess.check_output(["git", *words], cwd=ROOT, text=True).strip()
