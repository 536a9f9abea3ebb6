"""Small drawings within the words, as SVG made on the server: curves, bars, shares, arrows.

They hold no words: the number beside them says what they show, so that readers of the screen pass
them by. Colours come from parts.css, by class.
"""

from collections.abc import Sequence

from markupsafe import Markup

_Values = Sequence[float | None]


def spark(values: _Values, before: _Values = (), width: int = 150, height: int = 44) -> Markup:
    """A curve of days with a dot at its end, and dashed the same days of last season."""
    top = _highest(values, before)
    lines = []
    if any(value is not None for value in before):
        lines.append(_line(before, top, width, height, "spark-before"))
    lines.append(_line(values, top, width, height, "spark-line"))
    if values and values[-1] is not None:
        x, y = _point(len(values) - 1, values[-1], len(values), top, width, height)
        lines.append(f'<circle class="spark-end" cx="{x}" cy="{y}" r="3"/>')
    lines.append(f'<path class="spark-base" d="M0 {height - 0.5}H{width}"/>')
    return _svg("spark", width, height, "".join(lines))


def bars(values: _Values, width: int = 150, height: int = 44, last: bool = True) -> Markup:
    """A bar per value, the last one marked; a gap where a value is not known."""
    top, step = _highest(values), width / max(len(values), 1)
    drawn = []
    for number, value in enumerate(values):
        if not value:
            continue
        tall = max(round(value / top * (height - 2), 1), 1)
        kind = "bar-last" if last and number == len(values) - 1 else "bar"
        drawn.append(
            f'<rect class="{kind}" x="{number * step:.1f}" y="{height - tall:.1f}"'
            f' width="{max(step - 1, 1):.1f}" height="{tall:.1f}"/>'
        )
    return _svg("bars", width, height, "".join(drawn))


def meter(value: float | None, highest: float | None, width: int = 110) -> Markup:
    """How much of the highest a row has, drawn from the right."""
    share = (value or 0) / highest if highest else 0
    long = round(share * width, 1)
    drawn = f'<rect class="bar-last" x="{width - long}" y="0" width="{long}" height="12"/>'
    return _svg("meter", width, 12, drawn if long else "")


def shares(parts: Sequence[tuple[str, float]], width: int = 80, height: int = 10) -> Markup:
    """Parts of a whole beside each other, each of the class that is named `part-NAME`."""
    whole = sum(amount for _, amount in parts)
    drawn, left = [], 0.0
    for name, amount in parts:
        wide = amount / whole * width if whole else 0
        if wide:
            drawn.append(
                f'<rect class="part part-{name}" x="{left:.1f}" y="0"'
                f' width="{max(wide - 1, 1):.1f}" height="{height}"/>'
            )
            # Over the colour, so that it does without it.
            drawn.append(_texture(name, left, max(wide - 1, 1), height))
        left += wide
    return _svg("shares", width, height, "".join(drawn))


def change_arrow(difference: float) -> Markup:
    """Up or down; nothing for no change. The font lacks these two."""
    if difference == 0:
        return Markup("")
    shape = "M4.5 0 9 8H0z" if difference > 0 else "M4.5 8 0 0h9z"
    return Markup(
        '<svg class="arrow" viewBox="0 0 9 8" aria-hidden="true"><path d="{}"/></svg>'
    ).format(shape)


def wind_arrow(from_deg: float | None, size: int = 28) -> Markup:
    """Points to where smoke goes; nothing where the wind has no direction."""
    if from_deg is None:
        return Markup("")
    return Markup(
        '<svg class="wind-arrow" viewBox="-12 -16 24 32" width="{}" height="{}" aria-hidden="true">'
        '<path transform="rotate({:.0f})" d="M-2.500-14h5V3H10L0 15-10 3h7.500z"/></svg>'
    ).format(size * 0.75, size, (from_deg + 180) % 360 - 180)


def _texture(name: str, left: float, wide: float, height: int) -> str:
    """Cane is hatched and forest ruled, so that a grey print tells them apart."""
    if name == "sugarcane":
        steps = [left + 3 + 5 * n for n in range(int(max(wide - 3, 0) // 5))]
        path = "".join(f"M{x:.1f} {height}l{height * 0.4:.1f} -{height}" for x in steps)
    elif name == "forest":
        path = "".join(
            f"M{left + 4 + 5 * n:.1f} 0v{height}" for n in range(int(max(wide - 4, 0) // 5))
        )
    else:
        return ""
    return f'<path class="part-texture" d="{path}"/>' if path else ""


def _highest(*several: _Values) -> float:
    known = [value for values in several for value in values if value is not None]
    return max(known, default=0) or 1


def _point(
    number: int, value: float, of: int, top: float, width: int, height: int
) -> tuple[float, float]:
    x = 3 + number / max(of - 1, 1) * (width - 6)
    return round(x, 1), round(height - 2 - value / top * (height - 6), 1)


def _line(values: _Values, top: float, width: int, height: int, kind: str) -> str:
    """A line through what is known, broken where nothing is."""
    path, pen = [], "M"
    for number, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        x, y = _point(number, value, len(values), top, width, height)
        path.append(f"{pen}{x:g} {y:g}")
        pen = "L"
    return f'<path class="{kind}" d="{"".join(path)}"/>'


def _svg(kind: str, width: int, height: int, drawn: str) -> Markup:
    # Only numbers and class names of ours have come into it.
    return Markup(
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' aria-hidden="true" focusable="false">{drawn}</svg>'
    )
