"""The status of the data: what is newest of each layer, source and analysis, and what is late."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from layers.catalog import catalog
from layers.model.remedies import remedy_of
from layers.sources import sources
from map_site import numbers
from map_site.freshness import Fresh, fresh, kind_of
from map_site.value_text import instant, time_text
from map_site.words import words

Json = Mapping[str, Any]

_DEMO = "demo"
_HOURS_PER_DAY = 24
# The most urgent first.
_ORDER = ("late", "empty", "never", "due", "periodic")


@dataclass(frozen=True)
class LayerRow:
    """A layer with its age; it is late after `expected`. A `collection` has items."""

    name: str
    title: str
    fresh: Fresh
    last_run: str
    expected: str
    simulated: bool
    collection: bool


@dataclass(frozen=True)
class RunRow:
    """A source or an analysis with its last run; `mark` is the shape of that, `reasons` why rows
    are in quarantine, with how many."""

    name: str
    title: str
    url: str | None
    mark: str
    outcome: str
    last_run: str
    succeeded: str
    message: str
    quarantined: int
    reasons: tuple[tuple[str, int], ...]
    computed_from: tuple[str, ...]


def view(status: Json, language: str) -> dict[str, Any]:
    """What the template of /status says; `status` as the service tells it."""
    rows = [_layer(name, told, status, language) for name, told in status["layers"].items()]
    kinds = [kind_of(told) for told in status["layers"].values()]
    return {
        "at": time_text(status["at"], language),
        "layers": sorted(rows, key=lambda row: _ORDER.index(row.fresh.kind)),
        "counts": [(kind, kinds.count(kind)) for kind in _ORDER if kind in kinds],
        "unshown": [
            (one["what"][language], one["rows"], one["remedy"][language])
            for one in status.get("unshown", ())
        ],
        "sources": [_run(name, run, language) for name, run in status["sources"].items()],
        "analyses": [_run(name, run, language) for name, run in status["analyses"].items()],
    }


def _layer(name: str, told: Json, status: Json, language: str) -> LayerRow:
    layer = catalog().get(name)
    hours = told["stale_after_h"]
    days = hours / _HOURS_PER_DAY
    unit, number = ("hours", hours) if days < 2 else ("days", days)
    return LayerRow(
        name=name,
        title=told["title"][language],
        fresh=fresh(told, language, instant(status["at"])),
        last_run=time_text(told["last_run"], language) if told["last_run"] else "",
        expected=words()["status"][unit][language].format(number=numbers.decimal(number)),
        simulated=bool(told.get("simulated")),
        collection=layer is not None and not layer.raster,
    )


def _run(name: str, run: Json, language: str) -> RunRow:
    told = words()["status"]
    outcome = run["last_status"] or "never_run"
    mark = {"succeeded": "due", "failed": "late"}.get(outcome, "never")
    declared = sources().get(name)
    return RunRow(
        name=name,
        title=_title(name, run.get("title"), language),
        url=declared.url if declared else None,
        mark=mark,
        outcome=told[outcome][language] if outcome in told else str(outcome),
        last_run=time_text(run["last_run"], language) if run["last_run"] else "",
        succeeded=time_text(run["succeeded"], language) if run["succeeded"] else "",
        message=run["last_message"] or "",
        quarantined=run.get("quarantined", 0),
        reasons=tuple(
            (remedy_of(one["reason"]).reason[language], one["rows"])
            for one in run.get("reasons", ())
        ),
        computed_from=tuple(
            f"{one['source']}, {time_text(one['succeeded'], language)}"
            for one in run.get("computed_from", ())
        ),
    )


def _title(name: str, title: Mapping[str, str] | None, language: str) -> str:
    if title:
        return title[language]
    return words()["status"]["demo_world"][language] if name == _DEMO else name
