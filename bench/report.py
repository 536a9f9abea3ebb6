"""Writes what was measured for people: tables in RESULTS.md, bars and curves in results.png."""

import math
from collections.abc import Sequence
from pathlib import Path

from bench.load import Reading
from bench.results import CONNECTIONS, TUNED, Place, Row

_PEERS = ("tipg", TUNED, "titiler")
_FLOORS = ("postgis", "one process", "fixed", "page 1")
_NAMES = {"postgis": "PostGIS alone", "fixed": "a fixed body"}
# Above this others were at work on the machine as the run began.
_QUIET = 0.5


def write(path: Path, where: Place, rows: Sequence[Row]) -> None:
    """The report; `results.png` is expected beside it."""
    lines = [
        "# Speed beside peers and floors",
        "",
        "Written by `make bench`; the numbers are in `results.json` too.",
        "",
        *_place(where),
        "",
        "![Ratios against targets, and cost against size](results.png)",
        "",
        *_summary(rows),
        "",
        f"Requests per second at {CONNECTIONS} connections, with the median and the 99th percentile"
        " of the time an answer takes. A ratio is ours divided by what it is held against. Ours"
        " makes every answer anew, with neither its cache nor shared work, but where the same is"
        " asked again. tipg runs as its documentation has it; tuned, PostgreSQL makes no parallel"
        " plans for it, as for us. PostGIS alone is pgbench with 8 clients running the statements"
        " that our service sends, prepared where it prepares them; its time is a mean.",
        "",
        "## At other numbers of connections",
        "",
        *_by_connections(rows),
        "",
        "## What was checked and noted",
        "",
        *_notes(rows),
        "",
        *(text for row in rows if row.table for text in (f"## {row.title}", "", row.table, "")),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")


def _place(where: Place) -> list[str]:
    versions = ", ".join(f"{name} {number}" for name, number in where.versions.items())
    noise = "" if where.load < _QUIET else " — **the machine was not quiet; mind the ratios**"
    return [
        f"- Commit {where.commit}, {where.at}",
        f"- {where.machine}; load average at the start {where.load:.2f}{noise}",
        f"- {versions}",
        f"- {where.plan}; 2 workers on either side, the same PostGIS and the same cores",
    ]


def _summary(rows: Sequence[Row]) -> list[str]:
    head = "| workload | ours | p50 / p99 | an answer | peer | floor | ratio | target | |"
    return [head, "|---|---|---|---|---|---|---|---|---|", *map(_line, rows)]


def _line(row: Row) -> str:
    if row.failed:
        return f"| {row.title} | failed: {row.failed} | | | | | | | ✗ |"
    own = _at(row, "ours")
    cells = [
        row.title,
        _rate(own) or next(iter(row.told), ""),
        f"{own.p50_ms:.1f} / {own.p99_ms:.1f} ms" if own else "",
        _size(own.bytes) if own else "",
        *(_others(row, names) for names in (_PEERS, _FLOORS)),
        "<br>".join(f"{r.value:.2f} × {_NAMES.get(r.against, r.against)}" for r in row.ratios),
        "<br>".join(f"≥ {ratio.target:g}" for ratio in row.ratios),
        "<br>".join("✓" if ratio.met else "✗" for ratio in row.ratios),
    ]
    return f"| {' | '.join(cells)} |"


def _at(row: Row, side: str) -> Reading | None:
    """At 8 connections, or at the only number there is."""
    readings = row.readings.get(side, {})
    return readings.get(CONNECTIONS) or next(iter(readings.values()), None)


def _others(row: Row, sides: Sequence[str]) -> str:
    found = [(side, reading) for side in sides if (reading := _at(row, side))]
    return "<br>".join(
        f"{_NAMES.get(side, side)} {_rate(reading)}, {reading.p50_ms:.1f} ms"
        for side, reading in found
    )


def _by_connections(rows: Sequence[Row]) -> list[str]:
    counts = sorted({count for row in rows for runs in row.readings.values() for count in runs})
    lines = [
        f"| workload | side | {' | '.join(f'{count}' for count in counts)} |",
        f"|---|---|{'---|' * len(counts)}",
    ]
    for row in rows:
        for side, runs in row.readings.items():
            if len(runs) > 1:
                told = (_reading(runs.get(count)) for count in counts)
                lines.append(f"| {row.title} | {_NAMES.get(side, side)} | {' | '.join(told)} |")
    return lines


def _reading(reading: Reading | None) -> str:
    return f"{_rate(reading)}, {reading.p50_ms:.1f} ms" if reading else ""


def _notes(rows: Sequence[Row]) -> list[str]:
    return [f"- {row.title}: {'; '.join(dict.fromkeys(row.told))}" for row in rows if row.told]


def _rate(reading: Reading | None) -> str:
    if reading is None:
        return ""
    return f"{reading.per_s:,.0f} /s" if reading.per_s >= 10 else f"{reading.per_s:.1f} /s"


def _size(count: float) -> str:
    return "" if math.isnan(count) else f"{count / 1000:,.1f} kB"
