"""Keeps from the CQL2 parser what would crash it or keep it busy.

The parser (cql2 0.6) takes twice as long for each parenthesis it must give up, and overruns its
stack, and so ends the process, where thousands of operators nest.
"""

import re

from geo_api.features.cql2.ast import wrong
from geo_api.features.cql2.positions import place

MAX_CHARS = 20_000
_MAX_OPERATORS = 1000
_MAX_OPEN = 100
# Characters to read, doubled for each parenthesis: a third of a second at worst.
_MAX_EFFORT = 2**19

_QUOTED = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*\"""")
# Coordinates alone, of which the parser makes light work.
_COORDINATES = re.compile(r"\b[A-Z]+\s*(?:Z\s*)?\([\s\d.,eE()+-]*\)", re.IGNORECASE)
_OPERATOR = re.compile(r"[<>=!]+|[-+*/%^]|\b(?:not|div|like|is|between|in)\b", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"([^\W\d][\w.:]*)\s*$")
_NO_FUNCTIONS = frozenset({"and", "or", "not", "div", "like", "in", "between"})


def check(text: str) -> None:
    """Raises BadQuery where a filter is too long, holds what no text may hold, or nests too deep;
    for CQL2 text and JSON."""
    if len(text) > MAX_CHARS:
        raise wrong(place(text, MAX_CHARS), f"at most {MAX_CHARS} characters, got {len(text)}")
    for mark in ("\0", "\\u0000"):
        if mark in text:
            raise wrong(place(text, text.index(mark)), "a NUL character; leave it out")


def check_nesting(text: str) -> None:
    """The same for what only CQL2 text can do."""
    bare = _COORDINATES.sub(_blank_shape, _QUOTED.sub(_blank, text))
    operators = list(_OPERATOR.finditer(bare))
    if len(operators) > _MAX_OPERATORS:
        there = place(text, operators[_MAX_OPERATORS].start())
        raise wrong(there, f"at most {_MAX_OPERATORS} operators; IN (…) takes many values at once")
    depth, deepest = _deepest(bare)
    if depth > _MAX_OPEN or len(text) << depth > _MAX_EFFORT:
        raise wrong(
            place(text, deepest),
            f"{depth} parentheses within one another are too many in a filter of {len(text)}"
            " characters; AND and OR need none among their like",
        )


def _deepest(bare: str) -> tuple[int, int]:
    """How many parentheses are open at once that are not a function's, and where; or all of them,
    where those are more than ever make sense."""
    opened: list[bool] = []
    depth = most = where = 0
    for match in re.finditer(r"[()]", bare):
        if match.group() == "(":
            # Enough for the longest word of ours.
            word = _WORD_BEFORE.search(bare, max(0, match.start() - 40), match.start())
            plain = word is None or word.group(1).lower() in _NO_FUNCTIONS
            opened.append(plain)
            depth += plain
        elif opened:
            depth -= opened.pop()
        if len(opened) > _MAX_OPEN:
            return len(opened), match.start()
        if depth > most:
            most, where = depth, match.start()
    return most, where


def _blank_shape(match: re.Match[str]) -> str:
    """Without the shape alone: the parenthesis of a function around it may be in the match, too."""
    depth = 0
    for index, mark in enumerate(match.group()):
        depth += (mark == "(") - (mark == ")")
        if mark == ")" and not depth:
            return " " * (index + 1) + match.group()[index + 1 :]
    return _blank(match)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
