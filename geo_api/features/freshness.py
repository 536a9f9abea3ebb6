"""How fresh each source, analysis and layer is: for /status and `fahsai status`.

A layer that an analysis writes is as old as the oldest of its newest observation, the analysis's
last pass, and the readings which that computed from.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from geo_api.database.connections import Reads
from geo_api.database.prepared_statements import Often
from geo_api.database.runs import DEMO, with_others
from geo_api.features import freshness_sql as sql
from geo_api.features import unshown
from layers.analyses import analyses
from layers.catalog import catalog
from layers.model import Layer, Text
from layers.sources import sources

Json = dict[str, Any]


@dataclass(frozen=True)
class Freshness:
    """`newest` is the newest observation of a timed layer, `last_run` when a source of the layer
    was last read well, or the analysis that writes it last computed, and `data_as_of` when what
    that computed from was read; all UTC. A layer that was `loaded` and has nothing new is `stale`.
    Until `known_until`, no later than the time asked of, a timed layer has all that there was:
    where it has nothing, there was nothing.
    """

    newest: datetime | None
    last_run: datetime | None
    loaded: bool
    stale: bool
    stale_after: timedelta
    data_as_of: datetime | None = None
    known_until: datetime | None = None

    def as_json(self) -> Json:
        """Times as ISO 8601 in UTC; `data_as_of` of layers alone that an analysis writes."""
        derived = {"data_as_of": _iso(self.data_as_of)} if self.data_as_of else {}
        return {
            "loaded": self.loaded,
            "newest": _iso(self.newest),
            "last_run": _iso(self.last_run),
            "stale": self.stale,
            "stale_after_h": self.stale_after.total_seconds() / 3600,
            **derived,
        }


@dataclass(frozen=True)
class World:
    """The freshness of layers by name, whether the database holds simulated rows, and the layers
    that show any."""

    freshness: dict[str, Freshness]
    simulated: bool
    simulated_layers: frozenset[str]


@dataclass(frozen=True)
class _Input:
    """A Run that the last pass of an analysis computed from."""

    run_id: int
    source: str
    finished_at: datetime

    def as_json(self) -> Json:
        return {"source": self.source, "run": self.run_id, "succeeded": _iso(self.finished_at)}


@dataclass(frozen=True)
class _Runs:
    """When Runs last succeeded and to when they know all, by source or analysis, and the views that
    show the simulated world; of analyses that computed from any, what from, and when the oldest of
    it was read."""

    succeeded: dict[str, datetime]
    simulated_views: frozenset[str]
    known_until: dict[str, datetime] = field(default_factory=dict)
    inputs: dict[str, list[_Input]] = field(default_factory=dict)
    data_as_of: dict[str, datetime] = field(default_factory=dict)


def world(reads: Reads, layers: Iterable[Layer], now: datetime) -> World:
    """What is known of `layers` at the time `now` (UTC); later observations do not count."""
    layers = list(layers)
    runs = _runs(reads)
    if any(_analyses_of(layer) for layer in layers):
        runs = _with_inputs(reads, runs)
    found = _freshness(reads, layers, now, runs)
    return World(found, DEMO in runs.succeeded, runs.simulated_views)


def status(reads: Reads, now: datetime) -> Json:
    """All of it as JSON holds it: sources by name and analyses, those never run too, and layers by
    name."""
    last = {name: rest for name, *rest in reads.fetch(sql.RUNS_AND_QUARANTINE)}
    runs = _with_inputs(reads, _runs(reads))
    reasons = _reasons(reads)
    layers = catalog()
    fresh = _freshness(reads, list(layers.values()), now, runs)
    empty = unshown.empty_layers(reads, (layers[name] for name, of in fresh.items() if of.loaded))
    never = [None, None, None, None, 0]
    return {
        "at": _iso(now),
        "simulated": DEMO in runs.succeeded,
        "sources": {
            name: _source(name, last.get(name, never), reasons.get(name, []))
            for name in sorted({*sources(), *last} - {*analyses()})
        },
        "analyses": {name: _analysis(name, last.get(name, never), runs) for name in analyses()},
        "unshown": unshown.unshown(reads, empty),
        "layers": {
            name: {
                "title": _bilingual(layers[name].title),
                "simulated": _is_simulated(layers[name], runs),
                **of_layer.as_json(),
                "empty": layers[name] in empty,
            }
            for name, of_layer in fresh.items()
        },
    }


def as_text(status: Json) -> str:
    """The same for a terminal."""
    lines = ["Simulated data: yes" if status["simulated"] else "Simulated data: no", "", "Sources"]
    for name, source in status["sources"].items():
        lines.append(f"  {name:<20} {_last(source)}, {source['quarantined']:,} rows quarantined")
        lines += [f"    {source['last_message']}"] * bool(source["last_message"])
        lines += [f"    {top['rows']:,} × {top['reason']}" for top in source["reasons"]]
    lines += ["", "Analyses", *(f"  {line}" for line in analysis_lines(status))]
    lines += ["", "Layers"]
    for name, layer in status["layers"].items():
        since = layer["newest"] or layer["last_run"] or "no data"
        lines.append(f"  {name:<20} {_word(layer)}, newest {since}")
    if status["unshown"]:
        lines += ["", "Stored but not shown"]
        lines += [f"  {line}" for line in unshown.lines(status["unshown"])]
    return "\n".join(lines)


def _word(layer: Json) -> str:
    if not layer["loaded"]:
        return "never loaded"
    return "no rows" if layer["empty"] else "stale" if layer["stale"] else "fresh"


def analysis_lines(status: Json) -> list[str]:
    """A line for each analysis: when it last ran, and when what it computed from was read."""
    lines = []
    for name, analysis in status["analyses"].items():
        inputs = [f"{one['source']} {one['succeeded']}" for one in analysis["computed_from"]]
        computed = f", computed from {', '.join(inputs)}" if inputs else ""
        message = analysis["last_message"] if analysis["last_status"] == "failed" else None
        lines.append(f"{name:<20} {_last(analysis)}{computed}")
        lines += [f"  {message}"] * bool(message)
    return lines


def _last(run: Json) -> str:
    return f"{run['last_status']} {run['last_run']}" if run["last_run"] else "never run"


def _runs(reads: Reads) -> _Runs:
    rows = reads.fetch(sql.RUNS)
    simulated = frozenset(view for *_, views in rows for view in views or ())
    return _Runs(
        {name: time for name, time, *_ in rows if time},
        simulated,
        {name: time for name, _, time, _ in rows if time},
    )


def _with_inputs(reads: Reads, runs: _Runs) -> _Runs:
    for name, rows in groupby(reads.fetch(sql.RUN_INPUTS), lambda row: row[0]):
        for _, as_of, *of_input in rows:
            runs.data_as_of[name] = as_of
            runs.inputs.setdefault(name, []).append(_Input(*of_input))
    return runs


def _freshness(
    reads: Reads, layers: list[Layer], now: datetime, runs: _Runs
) -> dict[str, Freshness]:
    timed = [layer for layer in layers if layer.timed]
    newest = dict(reads.fetch(Often(sql.newest(timed)), {"at": now})) if timed else {}
    return {layer.name: _fresh(layer, newest.get(layer.name), now, runs) for layer in layers}


def _fresh(layer: Layer, newest: datetime | None, now: datetime, runs: _Runs) -> Freshness:
    computed = _analyses_of(layer)
    last_runs = [runs.succeeded.get(name) for name in computed]
    read = [name for name in layer.sources if name not in computed]
    if read or not computed:
        demo = [DEMO] if layer.name in runs.simulated_views else []
        readings = (runs.succeeded[name] for name in (*read, *demo) if name in runs.succeeded)
        last_runs.append(max(readings, default=None))
    last_run = _oldest(last_runs)
    data_as_of = _oldest(runs.data_as_of.get(name) for name in computed)
    loaded = bool(newest or last_run)
    latest = newest if layer.timed else last_run
    oldest = _oldest([latest, last_run, data_as_of]) if computed else latest
    stale = loaded and (latest is None or oldest is None or now - oldest > layer.stale_after)
    known_until = _known_until(layer, newest, now, runs)
    return Freshness(newest, last_run, loaded, stale, layer.stale_after, data_as_of, known_until)


def _known_until(
    layer: Layer, newest: datetime | None, now: datetime, runs: _Runs
) -> datetime | None:
    """A feed that gives nothing new for long may be broken, however well it answers."""
    if newest is None:
        return None
    demo = [DEMO] if layer.name in runs.simulated_views else []
    read = [runs.known_until[name] for name in (*layer.sources, *demo) if name in runs.known_until]
    seen = newest + (layer.stale_after if layer.usual_gap is None else layer.usual_gap)
    return min(max([seen, *read]), newest + layer.stale_after, now)


def _is_simulated(layer: Layer, runs: _Runs) -> bool:
    """Whether the layer shows the demo's rows, or what was computed from them."""
    inputs = (one for name in _analyses_of(layer) for one in runs.inputs.get(name, ()))
    return layer.name in runs.simulated_views or any(one.source == DEMO for one in inputs)


def _analyses_of(layer: Layer) -> list[str]:
    """Those that write what the layer shows."""
    return [name for name in layer.sources if name in analyses()]


def _oldest(times: Iterable[datetime | None]) -> datetime | None:
    """Of those that are known."""
    return min(filter(None, times), default=None)


def _reasons(reads: Reads) -> dict[str, list[Json]]:
    """The commonest reasons for quarantine, by source."""
    found: dict[str, list[tuple[str, int]]] = {}
    for source, reason, rows in reads.fetch(sql.QUARANTINE_REASONS):
        found.setdefault(source, []).append((reason, rows))
    return {
        source: [{"reason": reason, "rows": rows} for reason, rows in with_others(reasons)]
        for source, reasons in found.items()
    }


def _source(name: str, run: list[Any], reasons: list[Json]) -> Json:
    declared = sources().get(name)
    return {
        "title": _bilingual(declared.title) if declared else None,
        "licence": declared.licence if declared else None,
        **_last_run(run),
        "quarantined": run[-1],
        "reasons": reasons,
    }


def _analysis(name: str, run: list[Any], runs: _Runs) -> Json:
    return {
        "title": _bilingual(analyses()[name].title),
        **_last_run(run),
        "data_as_of": _iso(runs.data_as_of.get(name)),
        "computed_from": [one.as_json() for one in runs.inputs.get(name, [])],
    }


def _last_run(run: list[Any]) -> Json:
    succeeded_at, last_status, last_run_at, message, _ = run
    return {
        "last_status": last_status,
        "last_run": _iso(last_run_at),
        "last_message": message,
        "succeeded": _iso(succeeded_at),
    }


def _bilingual(text: Text) -> dict[str, str]:
    return {"th": text.th, "en": text.en}


def _iso(time: datetime | None) -> str | None:
    return time.isoformat(timespec="seconds").replace("+00:00", "Z") if time else None
