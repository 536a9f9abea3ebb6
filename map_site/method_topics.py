"""The methods of the page /methods, each with its formula and its checks as they came out here."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from layers.catalog import catalog
from layers.methods import (
    burn,
    clusters,
    cpf,
    fire_contribution,
    fires_met,
    persistent_heat,
    plume,
    season_counts,
    spatial_stats,
    trajectory,
    wind,
)
from layers.reports import MethodChecks
from layers.reports.method_checks import MethodCheck
from map_site import numbers
from map_site.words import in_language, words


@dataclass(frozen=True)
class Topic:
    """A section at `#name`: its paragraphs are the words `name_1`, `name_2` and so on of the topic
    of words `room`, filled with `values`, and its formulas; it is about `layers`, and shows the
    `checks` of these methods."""

    name: str
    values: dict[str, Any]
    layers: tuple[str, ...] = ()
    room: str = "methods"
    formulas: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A check as the page shows it."""

    what: str
    given: str
    expected: str
    got: str
    passed: bool
    source: str


# Of methods that no topic names.
OTHERS = "other_checks"


def method_topics() -> list[Topic]:
    """The methods of the join, in the order in which they rest upon each other."""
    return [
        Topic("geodesics", {}, room="method", checks=("geodesics",)),
        Topic("indices", {}, room="method", checks=("aqi",)),
        Topic(
            "wind_between",
            {
                "alone": _km(wind.ALONE_WITHIN_M),
                "reach": _km(wind.REACH_M),
                "calm": f"{wind.CALM_M_S:g}",
                "age": wind.MAX_AGE_H,
            },
            ("wind",),
            room="method",
            formulas=("u = −s sin φ, v = −s cos φ", "φ = (180° + atan2(u, v)) mod 360°"),
            checks=("wind",),
        ),
        Topic(
            "trajectory",
            {
                "reach": _km(trajectory.REACH_M),
                "fastest": f"{trajectory.FASTEST:g}",
                "members": fires_met.MEMBERS,
            },
            room="method",
            formulas=("x(t − Δt) = x(t) − V(x(t) − V Δt/2, t) Δt", "wᵢ = dᵢ⁻²"),
            checks=("trajectory",),
        ),
        Topic(
            "fires_on_the_way",
            {
                "back": fires_met.BACK_H,
                "within": _km(fires_met.WITHIN_M),
                "hours": fires_met.WITHIN_H,
                "days": len(fires_met.BOTH_SIDES),
                "nearest": min(fires_met.SHIFTS),
                "farthest": max(fires_met.SHIFTS),
                "alpha": f"{fires_met.ALPHA:g}",
                "least": fire_contribution.LEAST_TOLD_H,
            },
            ("fire_contribution",),
            room="method",
            formulas=("p = (1 + k) / (1 + n), k: placebo ≥ actual, n: placebos",),
            checks=("fires_met",),
        ),
        Topic(
            "fire_events",
            {
                "metres": f"{clusters.FIRE_WITHIN_M:g}",
                "days": f"{clusters.FIRE_WITHIN_S / 86_400:g}",
            },
            _published("fire_events"),
            room="method",
            checks=("clusters", "footprints"),
        ),
        Topic(
            "standing_heat",
            {
                "days": persistent_heat.LEAST_DAYS,
                "months": persistent_heat.LEAST_MONTHS,
                "season": persistent_heat.SEASON_MONTHS,
                "works": _km(persistent_heat.WORKS_WITHIN_M),
            },
            _published("industrial_heat"),
            room="method",
            checks=("persistent_heat",),
        ),
        Topic(
            "mill_shares",
            {},
            _published("mill_burning"),
            room="method",
            formulas=("wᵢ = exp(−dᵢ / d₀) / Σⱼ exp(−dⱼ / d₀)",),
            checks=("mill_zones",),
        ),
        Topic(
            "seasons_compared",
            {"gap": season_counts.MOST_GAP_DAYS},
            _published("season_comparison"),
            room="method",
            checks=("season_counts",),
        ),
        Topic(
            "burned_land",
            {"days": burn.MOST_DAYS_APART, "from_fall": f"{burn.BURNED_FROM / 1000:g}"},
            _published("burned_area"),
            room="method",
            formulas=("NBR = (NIR − SWIR) / (NIR + SWIR)", "dNBR = NBR₀ − NBR₁"),
            checks=("burn",),
        ),
        Topic(
            "areas_of_rasters",
            {},
            room="method",
            formulas=("x̄ = Σ w x / Σ w",),
            checks=("kriging", "zonal", "exposure"),
        ),
        Topic(
            "directions_of_high_hours",
            {
                "percentile": f"{cpf.PERCENTILE:g}",
                "sectors": cpf.SECTORS,
                "calm": f"{cpf.CALM_M_S:g}",
            },
            room="method",
            formulas=("CPF(θ) = m(θ) / n(θ)",),
            checks=("cpf",),
        ),
        Topic(
            "who_may_cause",
            {
                "calm": f"{wind.CALM_M_S:g}",
                "age": wind.MAX_AGE_H,
                "reach": _km(wind.REACH_M),
            },
            room="method",
            formulas=("P(factory | complaint) + … + P(none of these | complaint) = 1",),
            checks=("attribution",),
        ),
        Topic(
            "where_it_comes_from",
            {},
            room="method",
            formulas=("λ(t) = base(r, hour) · (1 + a · exp(−d / d₀) · K(t))",),
            checks=("source_area",),
        ),
        Topic(
            "plume",
            {"nearest": _km(plume.NEAREST_M), "farthest": _km(plume.FARTHEST_M)},
            room="method",
            formulas=(
                "C = Q / (2π u σy σz) · exp(−y²/2σy²) · [exp(−(z−H)²/2σz²) + exp(−(z+H)²/2σz²)]",
            ),
            checks=("plume",),
        ),
        Topic(
            "spatial_stats",
            {"least": spatial_stats.LEAST_PLACES},
            room="method",
            formulas=(
                "I = (n / Σw) · Σᵢⱼ wᵢⱼ zᵢ zⱼ / Σᵢ zᵢ²",
                "Gi* = (Σⱼ wᵢⱼ xⱼ − x̄ Σⱼ wᵢⱼ) / (s √[(n Σⱼ wᵢⱼ² − (Σⱼ wᵢⱼ)²) / (n − 1)])",
                "p₍ᵢ₎ ≤ i q / m",
            ),
            checks=("spatial_stats",),
        ),
    ]


def with_others(topics: Sequence[Topic], checks: MethodChecks | None) -> list[Topic]:
    """The topics, and one more where a method has checks that none of them shows."""
    shown = {name for topic in topics for name in topic.checks}
    others = dict.fromkeys(one.method for one in checks.checks) if checks else {}
    missing = tuple(name for name in others if name not in shown)
    return [*topics, *([Topic(OTHERS, {}, room="method", checks=missing)] if missing else [])]


def rows_of(topic: Topic, checks: MethodChecks | None, language: str) -> list[Row]:
    """The checks of a topic's methods."""
    known = checks.checks if checks else ()
    return [_row(one, language) for name in topic.checks for one in known if one.method == name]


def summary(checks: MethodChecks | None, language: str) -> str | None:
    """How many passed, when and by which program; None where nobody computes them."""
    if checks is None:
        return None
    told = words()["method"]
    if checks.failure:
        return told["checks_failed"][language].format(reason=checks.failure)
    return told["checks_passed"][language].format(
        passed=checks.passed,
        all=len(checks.checks),
        at=numbers.moment(checks.computed_at, language),
        program=checks.program,
    )


def _row(check: MethodCheck, language: str) -> Row:
    near = f" ± {check.tolerance:g}" if check.tolerance else ""
    unit = f" {check.unit}" if check.unit else ""
    return Row(
        check.what[language],
        check.given,
        f"{_text(check.expected, language)}{near}{unit}",
        check.error or _text(check.got, language),
        check.passed,
        check.source,
    )


def _text(value: object, language: str) -> str:
    told = in_language("method", language)
    if isinstance(value, list | tuple):
        return ", ".join(_text(one, language) for one in value)
    if isinstance(value, bool):
        return told["holds"] if value else told["holds_not"]
    if isinstance(value, float) and not math.isnan(value):
        return f"{value:.8g}".replace("-", "−")
    return numbers.DASH if value is None or isinstance(value, float) else str(value)


def _published(*names: str) -> tuple[str, ...]:
    """Those that there are: a layer of a plugin may be left out."""
    return tuple(name for name in names if name in catalog())


def _km(metres: float) -> str:
    return f"{metres / 1000:g}"
