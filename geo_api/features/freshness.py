"""How fresh each source and layer is, and what was quarantined: for /status and `fahsai status`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from geo_api.database.connections import Reads
from geo_api.database.prepared_statements import Often
from geo_api.features import sql as features_sql
from layers.catalog import catalog
from layers.model import Layer, Text
from layers.sources import sources

DEMO = "demo"
_TOP_REASONS = 5


@dataclass(frozen=True)
class Freshness:
    """`newest` is the newest observation of a timed layer, `last_run` when a source of the layer
    was last read well; both UTC. A layer that was `loaded` and has nothing new is `stale`."""

    newest: datetime | None
    last_run: datetime | None
    loaded: bool
    stale: bool
    stale_after: timedelta

    def as_json(self) -> dict[str, Any]:
        """Times as ISO 8601 in UTC."""
        return {
            "loaded": self.loaded,
            "newest": _iso(self.newest),
            "last_run": _iso(self.last_run),
            "stale": self.stale,
            "stale_after_h": self.stale_after.total_seconds() / 3600,
        }


@dataclass(frozen=True)
class World:
    """The freshness of layers by name, and whether the database holds simulated rows."""

    freshness: dict[str, Freshness]
    simulated: bool


def world(reads: Reads, layers: Iterable[Layer], now: datetime) -> World:
    """What is known of `layers` at the time `now` (UTC); later observations do not count."""
    rows = reads.fetch(features_sql.RUNS)
    runs = {source: succeeded for source, succeeded, *_ in rows if succeeded}
    return World(_freshness(reads, list(layers), now, runs), DEMO in runs)


def status(reads: Reads, now: datetime) -> dict[str, Any]:
    """All of it as JSON holds it: sources by name, those never run too, and layers by name."""
    runs = {name: rest for name, *rest in reads.fetch(features_sql.RUNS_AND_QUARANTINE)}
    reasons = _reasons(reads)
    succeeded = {name: rest[0] for name, rest in runs.items() if rest[0]}
    layers = catalog()
    fresh = _freshness(reads, list(layers.values()), now, succeeded)
    never = [None, None, None, None, 0]
    return {
        "at": _iso(now),
        "simulated": DEMO in succeeded,
        "sources": {
            name: _source(name, runs.get(name, never), reasons.get(name, []))
            for name in sorted({*sources(), *runs})
        },
        "layers": {
            name: {"title": _both(layers[name].title)} | of_layer.as_json()
            for name, of_layer in fresh.items()
        },
    }


def as_text(status: dict[str, Any]) -> str:
    """The same for a terminal."""
    lines = ["Simulated data: yes" if status["simulated"] else "Simulated data: no", "", "Sources"]
    for name, source in status["sources"].items():
        run = f"{source['last_status']} {source['last_run']}" if source["last_run"] else "never run"
        lines.append(f"  {name:<20} {run}, {source['quarantined']:,} rows quarantined")
        lines += [f"    {top['rows']:,} × {top['reason']}" for top in source["reasons"]]
    lines += ["", "Layers"]
    for name, layer in status["layers"].items():
        since = layer["newest"] or layer["last_run"] or "no data"
        word = "never loaded" if not layer["loaded"] else "stale" if layer["stale"] else "fresh"
        lines.append(f"  {name:<20} {word}, newest {since}")
    return "\n".join(lines)


def _freshness(
    reads: Reads, layers: list[Layer], now: datetime, runs: dict[str, datetime]
) -> dict[str, Freshness]:
    timed = [layer for layer in layers if layer.timed and not layer.raster]
    newest = dict(reads.fetch(Often(features_sql.newest(timed)), {"at": now})) if timed else {}
    found = {}
    for layer in layers:
        # The simulated world fills every layer.
        last_run = max((runs[s] for s in (*layer.sources, DEMO) if s in runs), default=None)
        observed = newest.get(layer.name)
        loaded = bool(observed or last_run)
        latest = observed if layer in timed else last_run
        stale = loaded and (latest is None or now - latest > layer.stale_after)
        found[layer.name] = Freshness(observed, last_run, loaded, stale, layer.stale_after)
    return found


def _reasons(reads: Reads) -> dict[str, list[dict[str, Any]]]:
    """The commonest reasons for quarantine, by source."""
    found: dict[str, list[dict[str, Any]]] = {}
    for source, reason, rows in reads.fetch(features_sql.QUARANTINE_REASONS):
        found.setdefault(source, []).append({"reason": reason, "rows": rows})
    return {source: list(islice(rows, _TOP_REASONS)) for source, rows in found.items()}


def _source(name: str, run: list[Any], reasons: list[dict[str, Any]]) -> dict[str, Any]:
    succeeded_at, last_status, last_run_at, message, quarantined = run
    declared = sources().get(name)
    return {
        "title": _both(declared.title) if declared else None,
        "licence": declared.licence if declared else None,
        "last_status": last_status,
        "last_run": _iso(last_run_at),
        "last_message": message,
        "succeeded": _iso(succeeded_at),
        "quarantined": quarantined,
        "reasons": reasons,
    }


def _both(text: Text) -> dict[str, str]:
    return {"th": text.th, "en": text.en}


def _iso(time: datetime | None) -> str | None:
    return time.isoformat(timespec="seconds").replace("+00:00", "Z") if time else None
