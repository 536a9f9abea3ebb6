"""Charts with axes as SVG made on the server: readable before any script runs, and printed sharp.

Zero is the baseline, at most four lines lie behind, and words stand at the ends of lines instead of
in a legend. Colours come from charts.css by class, since a page has no style of its own within.
"""

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from markupsafe import Markup

from layers.reports.measures import Series
from map_site import numbers
from map_site.chart_words import (
    LEADER,
    LEFT,
    LETTER,
    RIGHT,
    TOP,
    Frame,
    Segment,
    Words,
    box_of,
    room,
    text_at,
    words_beside,
    words_by_dot,
)

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
    letter: int = LETTER,
) -> Markup:
    """Values `per_day` from `start` on, the longest line giving the width; `limit` is a dotted line
    with its words. `letter` is as wide as one of the words beside the chart may be shown."""
    days = max((len(line.values) for line in lines), default=0)
    known = [value for line in lines for value in line.values if value is not None]
    top, gap = _scale(max([*known, *([limit[0]] if limit else [])], default=0))
    last = max(days - 1, 1)
    frame = Frame(width, height, top, last, _beside(lines, last, width, letter, limit))
    drawn = [_grid(frame, gap), _dates(frame, start, days, per_day, language)]
    return svg(width, height, [*drawn, *_lines(lines, frame, limit)])


def step_chart(
    lines: Sequence[Line], steps: Sequence[str], *, width: int = 460, height: int = 190
) -> Markup:
    """Values at so many steps, equally far from each other, whose words stand below."""
    known = [value for line in lines for value in line.values if value is not None]
    top, gap = _scale(max(known, default=0))
    last = max(len(steps) - 1, 1)
    frame = Frame(width, height, top, last, _beside(lines, last, width))
    drawn = [_grid(frame, gap)]
    for number, words in enumerate(steps):
        anchor = "end" if 0 < number == len(steps) - 1 else "middle" if number else "start"
        drawn.append(text_at(frame.x(number), height - 6, words, "axis", anchor))
    return svg(width, height, [*drawn, *_lines(lines, frame)])


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
    steps = max(len(values), 1)
    frame = Frame(width, height, top, steps, room(limit[1]) if limit else RIGHT)
    step = frame.inner / max(len(values), 1)
    wide = max(step - 2, 1) if step < 40 else step * 0.55
    drawn = [_grid(frame, gap)]
    for number, value in enumerate(values):
        x = LEFT + number * step + (step - wide) / 2
        if value is None:
            drawn.append(_rect("unknown", x, frame.y(top), wide, frame.base - frame.y(top)))
        elif value:
            drawn.append(_rect(kinds[number], x, frame.y(value), wide, frame.base - frame.y(value)))
        if number in breaks:
            edge = round(LEFT + number * step, 1)
            drawn.append(f'<path class="break" d="M{edge} {TOP}V{frame.base}"/>')
            drawn.append(text_at(edge, TOP + 10, "≠", "break-sign", "middle"))
        if number % every == 0 and labels[number]:
            drawn.append(text_at(x + wide / 2, height - 6, labels[number], "axis", "middle"))
    return svg(width, height, [*drawn, *_limit(frame, limit)])


def labels(series: Series, label: Callable[[date], str]) -> list[str]:
    """A label per value of a daily or monthly series."""
    if series.step == "month":
        return [label(_later(series.start, number)) for number in range(len(series.values))]
    return [label(series.start + timedelta(days=n)) for n in range(len(series.values))]


def _scale(highest: float) -> tuple[float, float]:
    """The top of the axis and the gap of its lines, of which there are at most four."""
    if highest <= 0:
        return 1.0, 1.0
    power: float = 10.0 ** math.floor(math.log10(highest / 4))
    gap = next(nice * power for nice in _NICE if nice * power * 4 >= highest)
    gap = max(gap, 1.0) if highest >= 1 else gap
    return math.ceil(highest / gap) * gap, gap


def _grid(frame: Frame, gap: float) -> str:
    drawn = []
    for number in range(round(frame.top / gap) + 1):
        y = frame.y(number * gap)
        kind = "grid" if number else "base"
        drawn.append(f'<path class="{kind}" d="M{LEFT} {y}H{frame.right}"/>')
        drawn.append(text_at(LEFT - 6, y + 4, numbers.decimal(number * gap), "axis", "end"))
    return "".join(drawn)


def _limit(frame: Frame, limit: Limit | None) -> list[str]:
    """Its words stand beside the frame, where nothing is drawn."""
    if not limit:
        return []
    return [_limit_line(frame, limit), *words_beside([_limit_words(frame, limit)], frame)]


def _limit_line(frame: Frame, limit: Limit) -> str:
    return f'<path class="limit" d="M{LEFT} {frame.y(limit[0])}H{frame.right}"/>'


def _limit_words(frame: Frame, limit: Limit) -> Words:
    return Words(frame.right, frame.y(limit[0]), limit[1], "limit")


def _dates(frame: Frame, start: date, values: int, per_day: int, language: str) -> str:
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


def _path(values: Sequence[float | None], frame: Frame) -> str:
    path, pen = [], "M"
    for number, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        path.append(f"{pen}{frame.x(number):g} {frame.y(value):g}")
        pen = "L"
    return "".join(path)


def _last(line: Line) -> tuple[int, float] | None:
    """The last value that is known, and its number."""
    known = [(number, value) for number, value in enumerate(line.values) if value is not None]
    return known[-1] if known else None


def _furthest(lines: Sequence[Line]) -> int:
    """The number of the last value that any of them knows."""
    return max((end[0] for line in lines if (end := _last(line))), default=0)


def _beside(
    lines: Sequence[Line],
    last: int,
    width: int,
    letter: int = LETTER,
    limit: Limit | None = None,
) -> float:
    """How much room the words beside the chart need: those of its limit, and those of the lines
    that end furthest; where that is before its `last` step, the chart itself has a part of it."""
    of_limit = room(limit[1], letter) if limit else RIGHT
    furthest = _furthest(lines)
    ending = [line.label for line in lines if (end := _last(line)) and end[0] == furthest]
    need = max((room(one, letter) for one in ending if one), default=0)
    if not need or not _is_late(furthest, last):
        return of_limit
    if furthest == last:
        return max(of_limit, need)
    inner = (width - LEFT - need - (of_limit if limit else 0)) * last / furthest
    return max(of_limit, width - LEFT - inner)


def _is_late(number: int, last: int) -> bool:
    """Whether what follows is short enough for words to stand in it."""
    return 2 * number >= last


def _lines(lines: Sequence[Line], frame: Frame, limit: Limit | None = None) -> list[str]:
    """Each with its dot; the words of those that end furthest stand beyond all lines, led to by a
    short line, as those of the `limit` do; those of others by their dots, where no line is."""
    drawn = [_limit_line(frame, limit)] if limit else []
    furthest = _furthest(lines)
    beside: list[Words] = []
    by_dots: list[Words] = []
    for line in lines:
        drawn.append(f'<path class="line line-{line.kind}" d="{_path(line.values, frame)}"/>')
        if (end := _last(line)) is None:
            continue
        x, y = frame.x(end[0]), frame.y(end[1])
        drawn.append(f'<circle class="end end-{line.kind}" cx="{x}" cy="{y}" r="3.5"/>')
        is_beside = end[0] == furthest and _is_late(furthest, frame.steps)
        if line.label:
            (beside if is_beside else by_dots).append(Words(x, y, line.label, line.kind))
    outside = [_limit_words(frame, limit)] if limit else []
    if furthest == frame.steps:
        outside, beside = [*outside, *beside], []
    drawn += [*words_beside(outside, frame), *words_beside(beside, frame)]
    said = [box_of(one.x + LEADER, one.y, one.text, "start") for one in beside]
    segments = [*_segments(lines, frame), *([_limit_segment(frame, limit)] if limit else [])]
    return [*drawn, *(words_by_dot(one, frame, segments, said) for one in by_dots)]


def _segments(lines: Sequence[Line], frame: Frame) -> Iterator[Segment]:
    for line in lines:
        for number, (one, other) in enumerate(pairwise(line.values)):
            if one is not None and other is not None:
                yield frame.x(number), frame.y(one), frame.x(number + 1), frame.y(other)


def _limit_segment(frame: Frame, limit: Limit) -> Segment:
    return LEFT, frame.y(limit[0]), frame.right, frame.y(limit[0])


def _rect(kind: str, x: float, y: float, wide: float, tall: float) -> str:
    return (
        f'<rect class="chart-bar chart-bar-{kind}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}"'
        f' height="{max(tall, 1):.1f}"/>'
    )


def svg(width: int, height: int, drawn: Sequence[str], kind: str = "chart") -> Markup:
    """The picture of what is drawn; its words must be escaped."""
    # Words have been escaped, kinds and numbers are ours.
    return Markup(
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" role="presentation" aria-hidden="true"'
        f' focusable="false">{"".join(drawn)}</svg>'
    )
