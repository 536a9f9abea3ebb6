"""What lies around a place by direction, as SVG made on the server: compass, rose of winds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from map_site import numbers
from map_site.chart_words import text_at
from map_site.charts import svg


def wind_rose(hours: Sequence[int], language: str, size: int = 190) -> Markup:
    """How often the wind came from each of sixteen directions."""
    most = max(hours, default=0) or 1
    middle, reach = size / 2, size / 2 - 26
    drawn = [
        f'<circle class="ring" cx="{middle}" cy="{middle}" r="{reach * part}"/>'
        for part in (0.5, 1)
    ]
    for number, amount in enumerate(hours):
        if amount:
            drawn.append(_sector(middle, number * 22.5, 9.5, reach * amount / most, "petal"))
    for bearing, words in zip((0, 90, 180, 270), numbers.DIRECTIONS[::2], strict=True):
        x, y = _polar(middle, bearing, reach + 13)
        short = words[language] if language == "th" and bearing in (0, 180) else words.en[0].upper()
        if language == "th" and bearing in (90, 270):
            short = "ต.อ." if bearing == 90 else "ต.ต."
        drawn.append(text_at(x, y + 5, short, "axis", "middle"))
    return svg(size, size, drawn, "chart rose")


@dataclass(frozen=True)
class Mark:
    """Something in the compass: of the class `mark-KIND`, as a shape. What is in the middle has no
    bearing."""

    bearing_deg: float | None
    distance_m: float
    kind: str


def compass(
    marks: Sequence[Mark], radius_m: float, wind_from_deg: float | None, language: str
) -> Markup:
    """The place in the middle and what surrounds it, north above; the upwind quarter is tinted."""
    size, middle, reach = 420, 210.0, 185.0
    drawn = [f'<circle class="ground" cx="{middle}" cy="{middle}" r="{reach}"/>']
    if wind_from_deg is not None:
        drawn.append(_sector(middle, wind_from_deg, 45, reach, "upwind"))
    for part in (0.25, 0.5, 1.0):
        drawn.append(f'<circle class="ring" cx="{middle}" cy="{middle}" r="{reach * part}"/>')
        words = numbers.distance(radius_m * part, language)
        # Within the ring, which goes on to the left above its words and to the right below them.
        x, y = _polar(middle, 225, reach * part)
        drawn.append(text_at(x + 4, y - 2, words, "axis", "start"))
    for bearing, name in zip((0, 90, 180, 270), numbers.DIRECTIONS[::2], strict=True):
        # Above and below the outer ring; at its sides within it, for there is no room outside.
        anchor = {90: "end", 270: "start"}.get(bearing, "middle")
        x, y = _polar(middle, bearing, reach + (14 if anchor == "middle" else -6))
        drawn.append(text_at(x, y + 4, name[language], "axis", anchor))
    for mark in marks:
        x, y = _polar(middle, mark.bearing_deg or 0, reach * min(mark.distance_m / radius_m, 1))
        drawn.append(_shape(mark.kind, x, y))
    if wind_from_deg is not None:
        x, y = _polar(middle, wind_from_deg, reach * 0.9)
        # The path points down, to the south, whither wind from the north carries smoke.
        drawn.append(
            f'<path class="wind" transform="translate({x:.1f} {y:.1f}) rotate({wind_from_deg:.0f})"'
            ' d="M-3-14h6v14h7L0 12-10 0h7z"/>'
        )
    drawn.append(f'<circle class="here" cx="{middle}" cy="{middle}" r="7"/>')
    drawn.append(f'<circle class="here-dot" cx="{middle}" cy="{middle}" r="3"/>')
    return svg(size, size, drawn, "compass")


def _polar(middle: float, bearing_deg: float, reach: float) -> tuple[float, float]:
    angle = math.radians(bearing_deg)
    return round(middle + reach * math.sin(angle), 1), round(middle - reach * math.cos(angle), 1)


def _sector(middle: float, bearing: float, half: float, reach: float, kind: str) -> str:
    (x1, y1), (x2, y2) = (_polar(middle, bearing + side, reach) for side in (-half, half))
    arc = f"A{reach:.1f} {reach:.1f} 0 0 1 {x2} {y2}"
    return f'<path class="{kind}" d="M{middle} {middle}L{x1} {y1}{arc}z"/>'


_SHAPES = {
    "sugarcane": "M0-6 6 5H-6z",
    "maize": "M0-6 6 0 0 6-6 0z",
    "forest": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0",
    "other": "M-2-6h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
}
_SQUARE = "M-4.500-4.500h9v9h-9z"


def _shape(kind: str, x: float, y: float) -> str:
    shape = _SHAPES.get(kind, _SQUARE)
    return f'<path class="mark mark-{kind}" transform="translate({x} {y})" d="{shape}"/>'


def mark(kind: str) -> Markup:
    """A mark by itself, for lists and legends."""
    shape = _SHAPES.get(kind, _SQUARE)
    return Markup(
        f'<svg class="mark-icon" viewBox="-8 -8 16 16" width="18" height="18" aria-hidden="true">'
        f'<path class="mark mark-{kind}" d="{shape}"/></svg>'
    )
