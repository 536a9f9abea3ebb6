"""Text of one language within a page of another, marked so that it is spoken as its own."""

import re

from markupsafe import Markup, escape

# Thai words with what stands between them, as spaces, digits and points do.
_THAI = re.compile("[\u0e00-\u0e7f]+(?:[\\s\\d.,&/·-]+[\u0e00-\u0e7f]+)*")
_WORD = re.compile("[A-Za-z]{2}")


def in_its_language(text: object, language: str) -> Markup:
    """Somebody's own words as HTML, on a page in `language`: on an English page what is Thai in
    them is marked as Thai, on a Thai page all of them as English where no letter is Thai."""
    said = str(text)
    if language == "en":
        parts, end = [], 0
        for found in _THAI.finditer(said):
            parts += [escape(said[end : found.start()]), _marked("th", found[0])]
            end = found.end()
        return Markup("").join([*parts, escape(said[end:])])
    if _WORD.search(said) and not _THAI.search(said):
        return _marked("en", said)
    return escape(said)


def _marked(language: str, text: str) -> Markup:
    return Markup('<span lang="{}">{}</span>').format(language, text)
