"""Computes the checks of the methods on this server: once for a program and its libraries.

In a process of its own, which loads the libraries of science and ends with that: the service stays
small, and a check that fails or hangs harms no request.
What came out is kept in a file for the other workers, as long as the program is the same.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import Lock
from typing import Any

import layers
from layers.model import Text
from layers.reports.method_checks import MethodCheck, MethodChecks

_COMMAND = ("layers.methods.checks",)
_ROOT = Path(layers.__file__).parents[1]
_PATIENCE_S = 120
_LIBRARIES = ("esda", "exactextract", "libpysal", "numpy", "pyproj", "scikit-learn", "scipy")
# All that the process needs of ours; no secret.
_ENVIRONMENT = ("HOME", "LANG", "LD_LIBRARY_PATH", "PATH", "PROJ_DATA", "VIRTUAL_ENV")


@dataclass(frozen=True)
class LiveChecks:
    """`folder` is that of the files, of all workers of a home; `program` changes with the code, and
    `now` gives the present in UTC."""

    folder: Path
    program: bytes
    now: Callable[[], datetime]
    command: tuple[str, ...] = _COMMAND
    _lock: Lock = field(init=False, default_factory=Lock)
    _known: list[MethodChecks] = field(init=False, default_factory=list)

    def __call__(self) -> MethodChecks:
        """Who asks first waits some seconds; a failure is tried anew by the next who asks."""
        with self._lock:
            if not self._known:
                checks = self._kept() or self._computed()
                if checks.failure:
                    return checks
                self._known.append(checks)
        return self._known[0]

    def _version(self) -> str:
        libraries = " ".join(f"{name}={_version_of(name)}" for name in _LIBRARIES)
        return blake2b(self.program + libraries.encode(), digest_size=6).hexdigest()

    def _file(self) -> Path:
        return self.folder / f"method_checks-{self._version()}.json"

    def _kept(self) -> MethodChecks | None:
        with suppress(OSError, ValueError, KeyError):
            kept = json.loads(self._file().read_text(encoding="utf-8"))
            at = datetime.fromisoformat(kept["computed_at"])
            return MethodChecks(tuple(map(_check, kept["checks"])), at, self._version())
        return None

    def _computed(self) -> MethodChecks:
        try:
            told = _run(self.command)
            checks = tuple(map(_check, told))
        except (OSError, ValueError, KeyError, subprocess.TimeoutExpired) as problem:
            return MethodChecks((), self.now(), self._version(), type(problem).__name__)
        computed = MethodChecks(checks, self.now(), self._version())
        self._keep(told, computed.computed_at)
        return computed

    def _keep(self, told: list[dict[str, Any]], at: datetime) -> None:
        """A folder that cannot be written to costs the others their time, and nothing else."""
        kept = {"computed_at": at.astimezone(UTC).isoformat(), "checks": told}
        made = self._file().with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            made.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
            made.replace(self._file())


def _run(command: tuple[str, ...]) -> list[dict[str, Any]]:
    """Raises OSError, ValueError and TimeoutExpired. That a check failed is no failure."""
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=_ROOT,
        env=environment | {"PYTHONPATH": str(_ROOT), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        check=False,
        timeout=_PATIENCE_S,
        process_group=0,
    )
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


def _check(told: dict[str, Any]) -> MethodCheck:
    named = {name: value for name, value in told.items() if name not in ("th", "en")}
    return MethodCheck(**named, what=Text(told["th"], told["en"]))


@cache
def _version_of(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "-"
