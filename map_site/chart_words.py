"""Where the words of a chart stand: beside its lines' ends or by them, and crossed by none."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import escape

LEFT, RIGHT, TOP, FOOT = 34, 12, 10, 24
# Of words at 12.5 px: a letter's width at most, a line's height, how far some letters reach below
# their foot, and where words may stand by a dot.
LETTER, _LINE, _BELOW = 7, 15, 4
_STEPS = (-8, -24, 18, 34, -40, 50, -56, 66, -72, 82)
# Beside the last step: of the leaders, and from one foot of words to the next.
LEADER, _APART = 12, 22


@dataclass(frozen=True)
class Frame:
    width: int
    height: int
    top: float
    steps: int
    beside: float = RIGHT

    @property
    def right(self) -> float:
        return self.width - self.beside

    @property
    def inner(self) -> float:
        return self.right - LEFT

    @property
    def base(self) -> float:
        return self.height - FOOT

    def x(self, number: float) -> float:
        return round(LEFT + number / self.steps * self.inner, 1)

    def y(self, value: float) -> float:
        return round(self.base - value / self.top * (self.base - TOP), 1)


@dataclass(frozen=True)
class Words:
    """Those of a line, or of a limit, and where it ends."""

    x: float
    y: float
    text: str
    kind: str


# Left, right and foot of words, in the chart's units.
Box = tuple[float, float, float]


def box_of(x: float, y: float, words: str, anchor: str) -> Box:
    wide = _letters(words) * LETTER
    return (x - wide, x, y) if anchor == "end" else (x, x + wide, y)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and abs(one[2] - other[2]) < _LINE


# A straight line from one place to another, the left one first.
Segment = tuple[float, float, float, float]


def words_beside(words: Sequence[Words], frame: Frame) -> Iterator[str]:
    """Of ends at one place, below each other right of it."""
    ordered = sorted(words, key=lambda one: one.y)
    for one, middle in zip(ordered, _spread([one.y for one in ordered], frame), strict=True):
        left = one.x + LEADER
        leader = f'd="M{one.x:.1f} {one.y}L{left:.1f} {middle:.1f}"'
        yield f'<path class="leader leader-{one.kind}" {leader}/>'
        kind = "limit-words" if one.kind == "limit" else f"end-words-{one.kind}"
        yield text_at(left + 3, middle + 4, one.text, kind, "start")


def words_by_dot(words: Words, frame: Frame, segments: Sequence[Segment], said: list[Box]) -> str:
    """Where none of those `said` stands, which they join, and if there is such a place no line."""
    sides = [(words.x - 6, "end"), (words.x + 8, "start")]
    if words.x <= frame.width * 0.7:
        sides.reverse()
    boxes = [
        (box_of(x, words.y + step, words.text, anchor), x, anchor)
        for x, anchor in sides
        for step in _STEPS
        if TOP <= words.y + step < frame.base
    ]
    inside = [one for one in boxes if one[0][0] >= LEFT and one[0][1] <= frame.right]
    free = [one for one in inside or boxes if not any(_overlap(one[0], other) for other in said)]
    clear = (one for one in free if not any(_crosses(line, one[0]) for line in segments))
    box, x, anchor = next(clear, (free or boxes)[0])
    said.append(box)
    return text_at(x, box[2], words.text, f"end-words-{words.kind}", anchor)


def room(words: str, letter: int = LETTER) -> float:
    return LEADER + 8 + _letters(words) * letter


def text_at(x: float, y: float, words: str, kind: str, anchor: str) -> str:
    """Words, of a class, whose anchor (start, middle, end) stands at the place."""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text class="{kind}" {place}>{escape(words)}</text>'


def _spread(wanted: Sequence[float], frame: Frame) -> list[float]:
    """As near to where they should be, from the top down, as words have room within the frame."""
    found: list[float] = []
    for y in wanted:
        found.append(max(y, found[-1] + _APART) if found else y)
    lowest = frame.base
    for number in reversed(range(len(found))):
        found[number] = min(found[number], lowest)
        lowest = found[number] - _APART
    return found


def _crosses(line: Segment, box: Box) -> bool:
    """Whether a line lies in words, of which some letters reach below their foot."""
    (x1, y1, x2, y2), (left, right, foot) = line, box
    if x2 < left or x1 > right:
        return False
    slope = (y2 - y1) / (x2 - x1)
    ends = [y1 + slope * (x - x1) for x in (max(x1, left), min(x2, right))]
    return min(ends) < foot + _BELOW and max(ends) > foot - _LINE + _BELOW


def _letters(words: str) -> int:
    """Those that take room: marks of Thai stand above and below others."""
    return sum(unicodedata.category(one) != "Mn" for one in words)
