"""Where in the text of a filter each part of it stands: line and column, both from 1."""

import re

# A text, a quoted name, a word or a number; signs need no place of their own.
_LEXEME = re.compile(
    r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|[^\W\d][\w.:]*|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"""
)


class TextPlaces:
    """The places of names, functions and values, asked for in the order in which they stand."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lexemes = [(_plain(m.group()), m.start()) for m in _LEXEME.finditer(text)]
        self._known = {lexeme for lexeme, _ in self._lexemes}
        self._next = 0

    def __call__(self, lexeme: str | float | None, _path: str) -> str:
        """The place of the next such lexeme; that of the last one found, where there is none."""
        wanted = lexeme.lower() if isinstance(lexeme, str) else lexeme
        if wanted in self._known:
            for index in range(self._next, len(self._lexemes)):
                if self._lexemes[index][0] == wanted:
                    self._next = index + 1
                    break
        return place(self._text, self._lexemes[self._next - 1][1] if self._next else 0)


def json_place(_lexeme: str | float | None, path: str) -> str:
    """The place in a filter that is JSON: a JSON pointer (RFC 6901)."""
    return f"at {path or '/'}"


def place(text: str, offset: int) -> str:
    """Line and column of a character."""
    before = text[:offset]
    return f"line {before.count(chr(10)) + 1}, column {offset - before.rfind(chr(10))}"


def _plain(lexeme: str) -> str | float:
    first = lexeme[0]
    if first in "'\"":
        lexeme = lexeme[1:-1].replace(first * 2, first)
    elif first in ".0123456789":
        return float(lexeme)
    return lexeme.lower()
