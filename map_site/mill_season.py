"""A sugar mill's season on its page: what it declared beside the limits, and its zone's fires."""

from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from layers.catalog import catalog
from layers.reports.factory import MillHalf, MillSeason
from map_site import numbers
from map_site.charts import bar_chart
from map_site.rendering import Words


@dataclass(frozen=True)
class MillView:
    """A sentence, the two charts, and a row for each half of a month: its days, the share that was
    declared, how it was declared, and the fires."""

    said: str
    declared: Markup
    fires: Markup
    rows: tuple[tuple[str, str, str, str], ...]


def mill_view(mill: MillSeason | None, language: str) -> MillView | None:
    """None of other works."""
    if mill is None:
        return None
    word = Words(language)
    cap = mill.daily_cap_pct
    limit = None if cap is None else (cap, word("mill.daily_cap", share=numbers.share(cap)))
    labels = [numbers.day_of_month(one.first_day, language) for one in mill.halves]
    kinds = ["this" if _is_whole(one) else "part" for one in mill.halves]
    shares = [one.burnt_pct for one in mill.halves]
    fires = [one.fires for one in mill.halves]
    return MillView(
        said=_said(mill, word, language),
        declared=bar_chart(shares, labels, kinds, every=2, limit=limit),
        fires=bar_chart(fires, labels, kinds, every=2),
        rows=tuple(_row(one, language) for one in reversed(mill.halves)),
    )


def _said(mill: MillSeason, word: Words, language: str) -> str:
    """From the same tonnes as the chart."""
    until = numbers.day(mill.halves[-1].last_day, language)
    season = numbers.season(mill.season, language)
    burnt = mill.burnt_pct
    if burnt is None:
        declared = word("mill.not_declared", season=season, day=until)
    else:
        told = sum(half.burnt_pct is not None for half in mill.halves)
        of = {"told": told, "halves": len(mill.halves)}
        share = numbers.share(burnt)
        declared = word("mill.declared", season=season, day=until, share=share, **of)
    cap = mill.season_cap_pct
    limit = word("mill.no_cap") if cap is None else word("mill.cap", share=numbers.share(cap))
    if mill.daily_cap_pct is None or not mill.days_told:
        return f"{declared} {limit}"
    days = {"above": mill.days_above_cap, "told": mill.days_told}
    return f"{declared} {limit} {word('mill.days_above', **days)}"


def _is_whole(half: MillHalf) -> bool:
    """Whether it goes to its end, which is not yet so while the season goes on."""
    return half.last_day.day == 15 or (half.last_day + timedelta(days=1)).day == 1


def _row(half: MillHalf, language: str) -> tuple[str, str, str, str]:
    first = numbers.day_of_month(half.first_day, language)
    how = next(one for one in catalog()["mill_fortnights"].fields if one.name == "declared")
    return (
        f"{first} – {numbers.day_of_month(half.last_day, language)}",
        numbers.share(half.burnt_pct),
        how.values[half.declared][language],
        numbers.decimal(half.fires),
    )
