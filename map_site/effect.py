"""Whether certification lowered complaints, or why that can't be told, as a page."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from layers.reports.certification_effect import CertificationEffect
from map_site import numbers
from map_site.rendering import page_response
from map_site.site import Site, language_of

_WIDTH, _HEIGHT, _LEFT, _TOP, _FOOT = 720, 260, 56, 12, 28


def effect_router(site: Site) -> APIRouter:
    """The page at /green-effect."""
    router = APIRouter()

    @router.get("/green-effect", response_class=HTMLResponse, name="effect")
    def show(request: Request) -> Response:
        found = site.reports.certification_effects()
        view = effect_view(found[0] if found else None, language_of(request))
        return page_response(site.render("effect.html", request, section="green", **view))

    return router


def effect_view(effect: CertificationEffect | None, language: str) -> dict[str, Any]:
    """What the template effect.html asks for."""
    return {
        "effect": effect,
        "plot": event_study(effect) if effect and effect.steps else None,
        "percent": percent,
        "month": lambda day: numbers.month(day, language),
    }


def percent(value: float) -> str:
    """A change with its sign: −30 %."""
    return f"{100 * value:+.0f} %".replace("-", "−")


def event_study(effect: CertificationEffect) -> Markup:
    """A mark with its interval for each step, on the scale of logarithms being undone: percents."""
    steps = effect.steps
    low = min(-0.5, *(step.change.low for step in steps))
    high = min(max(0.5, *(step.change.high for step in steps)), 3)
    wide = (_WIDTH - _LEFT) / len(steps)

    def y(value: float) -> float:
        share = (min(value, high) - low) / (high - low)
        return _TOP + (1 - share) * (_HEIGHT - _TOP - _FOOT)

    drawn = [
        f'<path class="grid" d="M{_LEFT} {y(value):.1f}H{_WIDTH}"/>'
        f'<text class="axis" x="{_LEFT - 6}" y="{y(value) + 4:.1f}" text-anchor="end">'
        f"{percent(value)}</text>"
        for value in (low, 0.0, high)
    ]
    for number, step in enumerate(steps):
        x = _LEFT + (number + 0.5) * wide
        kind = "after" if step.first_month >= 0 else "before"
        drawn.append(
            f'<path class="interval {kind}" d="M{x:.1f} {y(step.change.low):.1f}'
            f'V{y(step.change.high):.1f}"/>'
            f'<circle class="estimate {kind}" cx="{x:.1f}" cy="{y(step.change.value):.1f}" r="4"/>'
            f'<text class="axis" x="{x:.1f}" y="{_HEIGHT - 8}" text-anchor="middle">'
            f"{step.first_month}</text>"
        )
    first = next((n for n, step in enumerate(steps) if step.first_month >= 0), len(steps))
    x = _LEFT + first * wide
    drawn.append(f'<path class="certified" d="M{x:.1f} {_TOP}V{_HEIGHT - _FOOT}"/>')
    return Markup(
        f'<svg class="event-study" viewBox="0 0 {_WIDTH} {_HEIGHT}" aria-hidden="true"'
        f' focusable="false">{"".join(drawn)}</svg>'
    )
