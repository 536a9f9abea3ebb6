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


# A value, and what it is.
Limit = tuple[float, str]


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
    limit: Limit | None = None,
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
        drawn.append(_limit(frame, limit))
        said.append(_box(frame.right, frame.y(limit[0]) - 5, limit[1], "end"))
    drawn += _lines(lines, frame, said)
    return svg(width, height, drawn)


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
        drawn.append(text_at(frame.x(number), height - 6, words, "axis", anchor))
    drawn += _lines(lines, frame, [])
    return svg(width, height, drawn)


def bar_chart(
    values: Sequence[float | None],
    labels: Sequence[str],
    kinds: Sequence[str],
    *,
    width: int = 460,
    height: int = 170,
    every: int = 1,
    breaks: Collection[int] = (),
    limit: Limit | None = None,
) -> Markup:
    """A bar per value, hatched where it is not known, with every so-manieth label below it, and ≠
    before those of `breaks`, which cannot be compared with what stands before them; `limit` as in
    `line_chart`."""
    known = [value for value in values if value is not None]
    top, gap = _scale(max([*known, *([limit[0]] if limit else [])], default=0))
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
            drawn.append(text_at(edge, _TOP + 10, "≠", "break-sign", "middle"))
        if number % every == 0 and labels[number]:
            drawn.append(text_at(x + wide / 2, height - 6, labels[number], "axis", "middle"))
    if limit:
        drawn.append(_limit(frame, limit))
    return svg(width, height, drawn)


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
        drawn.append(text_at(_LEFT - 6, y + 4, numbers.decimal(number * gap), "axis", "end"))
    return "".join(drawn)


def _limit(frame: _Frame, limit: Limit) -> str:
    y = frame.y(limit[0])
    line = f'<path class="limit" d="M{_LEFT} {y}H{frame.right}"/>'
    return line + text_at(frame.right, y - 5, limit[1], "limit-words", "end")


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
        text_at(frame.x(number * per_day), frame.height - 6, words, "axis", "start")
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
        drawn.append(text_at(left + 3, middle + 4, line.label, f"end-words-{line.kind}", "start"))
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
    return text_at(left, box[2], line.label, f"end-words-{line.kind}", anchor)


def _rect(kind: str, x: float, y: float, wide: float, tall: float) -> str:
    return (
        f'<rect class="chart-bar chart-bar-{kind}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}"'
        f' height="{max(tall, 1):.1f}"/>'
    )


def text_at(x: float, y: float, words: str, kind: str, anchor: str) -> str:
    """Words, of a class, whose anchor (start, middle, end) stands at the place."""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text class="{kind}" {place}>{escape(words)}</text>'


def svg(width: int, height: int, drawn: Sequence[str], kind: str = "chart") -> Markup:
    """The picture of what is drawn; its words must be escaped."""
    # Words have been escaped, kinds and numbers are ours.
    return Markup(
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" role="presentation" aria-hidden="true"'
        f' focusable="false">{"".join(drawn)}</svg>'
    )
