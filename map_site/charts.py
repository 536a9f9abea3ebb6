"""Charts with axes as SVG made on the server: readable before any script runs, and printed sharp.

Zero is the baseline, at most four lines lie behind, and words stand at the ends of lines instead of
in a legend. Colours come from charts.css by class, since a page has no style of its own within.
"""

import math
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup, escape

from layers.reports.measures import Series
from map_site import numbers

_LEFT, _RIGHT, _TOP, _FOOT = 34, 12, 10, 24
# Of words at 12.5 px: a letter's width at most, a line's height, and where they may stand by a dot.
_LETTER, _LINE = 7, 15
_STEPS = (-8, -24, 18, 34, -40)
# Beside the last step: of the leaders, and from one foot of words to the next.
_LEADER, _APART = 12, 22
_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Line:
    """A line of a chart, of the class `line-KIND`, with the words at its end."""

    values: Sequence[float | None]
    kind: str
    label: str = ""


def line_chart(
    lines: Sequence[Line],
    start: date,
    language: str,
    *,
    limit: tuple[float, str] | None = None,
    per_day: int = 1,
    width: int = 460,
    height: int = 190,
    letter: int = _LETTER,
) -> Markup:
    """Values `per_day` from `start` on, the longest line giving the width; `limit` is a dotted line
    with its words. `letter` is as wide as one of the words beside the chart may be shown."""
    days = max((len(line.values) for line in lines), default=0)
    known = [value for line in lines for value in line.values if value is not None]
    top, gap = _scale(max([*known, *([limit[0]] if limit else [])], default=0))
    last = max(days - 1, 1)
    frame = _Frame(width, height, top, last, _beside(lines, last, letter))
    drawn = [_grid(frame, gap), _dates(frame, start, days, per_day, language)]
    said: list[_Box] = []
    if limit:
        y = frame.y(limit[0])
        drawn.append(f'<path class="limit" d="M{_LEFT} {y}H{frame.right}"/>')
        drawn.append(_text(frame.right, y - 5, limit[1], "limit-words", "end"))
        said.append(_box(frame.right, y - 5, limit[1], "end"))
    drawn += _lines(lines, frame, said)
    return _svg(width, height, drawn)


def step_chart(
    lines: Sequence[Line], steps: Sequence[str], *, width: int = 460, height: int = 190
) -> Markup:
    """Values at so many steps, equally far from each other, whose words stand below."""
    known = [value for line in lines for value in line.values if value is not None]
    top, gap = _scale(max(known, default=0))
    last = max(len(steps) - 1, 1)
    frame = _Frame(width, height, top, last, _beside(lines, last))
    drawn = [_grid(frame, gap)]
    for number, words in enumerate(steps):
        anchor = "end" if 0 < number == len(steps) - 1 else "middle" if number else "start"
        drawn.append(_text(frame.x(number), height - 6, words, "axis", anchor))
    drawn += _lines(lines, frame, [])
    return _svg(width, height, drawn)


def bar_chart(
    values: Sequence[float | None],
    labels: Sequence[str],
    kinds: Sequence[str],
    *,
    width: int = 460,
    height: int = 170,
    every: int = 1,
    breaks: Collection[int] = (),
) -> Markup:
    """A bar per value, hatched where it is not known, with every so-manieth label below it, and ≠
    before those of `breaks`, which cannot be compared with what stands before them."""
    top, gap = _scale(max((value for value in values if value is not None), default=0))
    frame = _Frame(width, height, top, max(len(values), 1))
    step = frame.inner / max(len(values), 1)
    wide = max(step - 2, 1) if step < 40 else step * 0.55
    drawn = [_grid(frame, gap)]
    for number, value in enumerate(values):
        x = _LEFT + number * step + (step - wide) / 2
        if value is None:
            drawn.append(_rect("unknown", x, frame.y(top), wide, frame.base - frame.y(top)))
        elif value:
            drawn.append(_rect(kinds[number], x, frame.y(value), wide, frame.base - frame.y(value)))
        if number in breaks:
            edge = round(_LEFT + number * step, 1)
            drawn.append(f'<path class="break" d="M{edge} {_TOP}V{frame.base}"/>')
            drawn.append(_text(edge, _TOP + 10, "≠", "break-sign", "middle"))
        if number % every == 0 and labels[number]:
            drawn.append(_text(x + wide / 2, height - 6, labels[number], "axis", "middle"))
    return _svg(width, height, drawn)


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
        drawn.append(_text(x, y + 5, short, "axis", "middle"))
    return _svg(size, size, drawn, "chart rose")


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
        drawn.append(_text(x + 4, y - 2, words, "axis", "start"))
    for bearing, name in zip((0, 90, 180, 270), numbers.DIRECTIONS[::2], strict=True):
        # Above and below the outer ring; at its sides within it, for there is no room outside.
        anchor = {90: "end", 270: "start"}.get(bearing, "middle")
        x, y = _polar(middle, bearing, reach + (14 if anchor == "middle" else -6))
        drawn.append(_text(x, y + 4, name[language], "axis", anchor))
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
    return _svg(size, size, drawn, "compass")


def labels(series: Series, label: Callable[[date], str]) -> list[str]:
    """A label per value of a daily or monthly series."""
    if series.step == "month":
        return [label(_later(series.start, number)) for number in range(len(series.values))]
    return [label(series.start + timedelta(days=n)) for n in range(len(series.values))]


@dataclass(frozen=True)
class _Frame:
    width: int
    height: int
    top: float
    steps: int
    beside: float = _RIGHT

    @property
    def right(self) -> float:
        return self.width - self.beside

    @property
    def inner(self) -> float:
        return self.right - _LEFT

    @property
    def base(self) -> float:
        return self.height - _FOOT

    def x(self, number: float) -> float:
        return round(_LEFT + number / self.steps * self.inner, 1)

    def y(self, value: float) -> float:
        return round(self.base - value / self.top * (self.base - _TOP), 1)


def _scale(highest: float) -> tuple[float, float]:
    """The top of the axis and the gap of its lines, of which there are at most four."""
    if highest <= 0:
        return 1.0, 1.0
    power: float = 10.0 ** math.floor(math.log10(highest / 4))
    gap = next(nice * power for nice in _NICE if nice * power * 4 >= highest)
    gap = max(gap, 1.0) if highest >= 1 else gap
    return math.ceil(highest / gap) * gap, gap


def _grid(frame: _Frame, gap: float) -> str:
    drawn = []
    for number in range(round(frame.top / gap) + 1):
        y = frame.y(number * gap)
        kind = "grid" if number else "base"
        drawn.append(f'<path class="{kind}" d="M{_LEFT} {y}H{frame.right}"/>')
        drawn.append(_text(_LEFT - 6, y + 4, numbers.decimal(number * gap), "axis", "end"))
    return "".join(drawn)


def _dates(frame: _Frame, start: date, values: int, per_day: int, language: str) -> str:
    """The first days of months, or of a few weeks every fourth day."""
    drawn, days = [], values // per_day
    if days > 31:
        month = start.replace(day=1)
        while (number := (month - start).days) < days:
            if number >= 0:
                drawn.append((number, numbers.short_month(month, language)))
            month = _later(month, 1)
    else:
        drawn = [
            (number, numbers.day_of_month(start + timedelta(days=number), language))
            for number in range(0, days, 4)
        ]
    return "".join(
        _text(frame.x(number * per_day), frame.height - 6, words, "axis", "start")
        for number, words in drawn
    )


def _later(month: date, months: int) -> date:
    number = month.year * 12 + month.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _path(values: Sequence[float | None], frame: _Frame) -> str:
    path, pen = [], "M"
    for number, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        path.append(f"{pen}{frame.x(number):g} {frame.y(value):g}")
        pen = "L"
    return "".join(path)


# Left, right and foot of words, in the chart's units.
_Box = tuple[float, float, float]


def _box(x: float, y: float, words: str, anchor: str) -> _Box:
    wide = _letters(words) * _LETTER
    return (x - wide, x, y) if anchor == "end" else (x, x + wide, y)


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and abs(one[2] - other[2]) < _LINE


def _last(line: Line) -> tuple[int, float] | None:
    """The last value that is known, and its number."""
    known = [(number, value) for number, value in enumerate(line.values) if value is not None]
    return known[-1] if known else None


def _beside(lines: Sequence[Line], last: int, letter: int = _LETTER) -> float:
    """How much room the words beside the chart need: of lines that end with its `last` step."""
    ending = (one.label for one in lines if (end := _last(one)) and end[0] == last)
    letters = max(map(_letters, ending), default=0)
    return _LEADER + 4 + letters * letter if letters else _RIGHT


def _letters(words: str) -> int:
    """Those that take room: marks of Thai stand above and below others."""
    return sum(unicodedata.category(one) != "Mn" for one in words)


def _lines(lines: Sequence[Line], frame: _Frame, said: list[_Box]) -> list[str]:
    """Each with its dot; the words of those that end at the frame stand beside it, led to by a
    short line, those of others by their dots."""
    drawn, beside = [], []
    for line in lines:
        drawn.append(f'<path class="line line-{line.kind}" d="{_path(line.values, frame)}"/>')
        if (end := _last(line)) is None:
            continue
        x, y = frame.x(end[0]), frame.y(end[1])
        drawn.append(f'<circle class="end end-{line.kind}" cx="{x}" cy="{y}" r="3.5"/>')
        if line.label and end[0] == frame.steps:
            beside.append((y, line))
        elif line.label:
            drawn.append(_words_by_dot(line, x, y, frame, said))
    beside.sort(key=lambda one: one[0])
    middles = _spread([y for y, _ in beside], frame)
    for (y, line), middle in zip(beside, middles, strict=True):
        left = frame.right + _LEADER
        leader = f'd="M{frame.right:.1f} {y}L{left:.1f} {middle:.1f}"'
        drawn.append(f'<path class="leader leader-{line.kind}" {leader}/>')
        drawn.append(_text(left + 3, middle + 4, line.label, f"end-words-{line.kind}", "start"))
    return drawn


def _spread(wanted: Sequence[float], frame: _Frame) -> list[float]:
    """As near to where they should be, from the top down, as words have room within the frame."""
    found: list[float] = []
    for y in wanted:
        found.append(max(y, found[-1] + _APART) if found else y)
    lowest = frame.base
    for number in reversed(range(len(found))):
        found[number] = min(found[number], lowest)
        lowest = found[number] - _APART
    return found


def _words_by_dot(line: Line, x: float, y: float, frame: _Frame, said: list[_Box]) -> str:
    """A line's words where none of those `said` stands: they join them."""
    left, anchor = (x - 6, "end") if x > frame.width * 0.7 else (x + 8, "start")
    tries = (
        _box(left, y + step, line.label, anchor) for step in _STEPS if _TOP <= y + step < frame.base
    )
    box = next((one for one in tries if not any(_overlap(one, other) for other in said)), None)
    box = box or _box(left, y + _STEPS[0], line.label, anchor)
    said.append(box)
    return _text(left, box[2], line.label, f"end-words-{line.kind}", anchor)


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


def _rect(kind: str, x: float, y: float, wide: float, tall: float) -> str:
    return (
        f'<rect class="chart-bar chart-bar-{kind}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}"'
        f' height="{max(tall, 1):.1f}"/>'
    )


def _text(x: float, y: float, words: str, kind: str, anchor: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text class="{kind}" {place}>{escape(words)}</text>'


def _svg(width: int, height: int, drawn: Sequence[str], kind: str = "chart") -> Markup:
    # Words have been escaped, kinds and numbers are ours.
    return Markup(
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" role="presentation" aria-hidden="true"'
        f' focusable="false">{"".join(drawn)}</svg>'
    )
