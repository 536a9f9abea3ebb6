"""Asks a server as fast as it answers, by wrk, and says what was measured."""

import json
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

_SCRIPT = Path(__file__).with_name("urls.lua")
_PATIENCE_S = 30


class LoadFailed(RuntimeError):
    """A server refused, or did not answer; the message says how often."""


@dataclass(frozen=True)
class Reading:
    """What one side did: `bytes` of an answer with its headers; milliseconds until it was whole."""

    per_s: float
    p50_ms: float
    p99_ms: float
    bytes: float


def ask(base: str, paths: Path, connections: int, seconds: int, first: int = 0) -> Reading:
    """The addresses in the file `paths`, from the `first` on, over and over. Raises LoadFailed."""
    done = subprocess.run(
        [
            "wrk",
            f"--threads={min(connections, 2)}",
            f"--connections={connections}",
            f"--duration={seconds}s",
            f"--timeout={_PATIENCE_S}s",
            f"--script={_SCRIPT}",
            base,
            "--",
            str(paths),
            str(first),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return told(done.stdout)


def told(output: str) -> Reading:
    """What the last line of wrk's output says. Raises LoadFailed unless every answer was good."""
    found = json.loads(output.splitlines()[-1])
    if found["failed"] or not found["requests"]:
        raise LoadFailed(f"{found['failed']} of {found['requests']} requests failed")
    return Reading(
        per_s=found["requests"] / found["seconds"],
        p50_ms=found["p50_ms"],
        p99_ms=found["p99_ms"],
        bytes=found["bytes"] / found["requests"],
    )


def median(readings: Sequence[Reading]) -> Reading:
    """Of each number its median: they need not come from the same reading."""
    middle = {
        name: statistics.median(getattr(reading, name) for reading in readings)
        for name in ("per_s", "p50_ms", "p99_ms", "bytes")
    }
    return replace(readings[0], **middle)
