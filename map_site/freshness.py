"""How old data are, in a word and a shape: on schedule, late, by the month, never loaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from map_site.value_text import instant, time_text
from map_site.words import words

Json = Mapping[str, Any]

# What comes this seldom is of a month or a year, not of a day.
_PERIODIC_H = 24 * 25
_BAR_PX, _ALLOWED_PX, _BAR_HIGH_PX = 132, 99, 12


@dataclass(frozen=True)
class Fresh:
    """`kind` is the class that shapes the mark (due, late, periodic, empty or never), `word` says
    it, and `since` is the newest time, or when it was last read where features have no time."""

    kind: str
    word: str
    since: str
    bar: Markup


def fresh(freshness: Json, language: str, now: datetime | None = None) -> Fresh:
    """Of a collection's or a layer's `freshness` as documents tell it; with `now` there is a bar of
    its age beside the age at which it is late."""
    told = words()["status"]
    kind = kind_of(freshness)
    since = freshness.get("newest") or freshness.get("last_run")
    read = "" if freshness.get("newest") or not since else f"{told['read'][language]} "
    return Fresh(
        kind=kind,
        word=told[kind][language],
        since=f"{read}{time_text(since, language)}" if since else "",
        bar=_bar(freshness, since, now) if now else Markup(""),
    )


def kind_of(freshness: Json) -> str:
    """never, empty, late, periodic or due."""
    if not freshness.get("loaded"):
        return "never"
    if freshness.get("empty"):
        return "empty"
    if freshness.get("stale"):
        return "late"
    return "periodic" if freshness.get("stale_after_h", 0) >= _PERIODIC_H else "due"


def _bar(freshness: Json, since: str | None, now: datetime) -> Markup:
    """The age, with a line where it becomes late: longer ages end at the edge."""
    allowed_h = freshness.get("stale_after_h") or 0
    if not since or not allowed_h:
        return Markup("")
    age_h = max((now - instant(since)).total_seconds() / 3600, 0)
    wide = min(age_h / allowed_h * _ALLOWED_PX, _BAR_PX)
    kind = "late" if freshness.get("stale") else "due"
    return Markup(
        '<svg class="age" viewBox="0 0 {0} {1}" width="{0}" height="{1}" aria-hidden="true"'
        ' focusable="false"><rect class="age-{2}" y="3" width="{3}" height="6"/>'
        '<path class="age-allowed" d="M{4} 0v{1}"/></svg>'
    ).format(_BAR_PX, _BAR_HIGH_PX, kind, f"{max(wide, 1):.1f}", _ALLOWED_PX)
