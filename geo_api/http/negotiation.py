"""What a caller takes: formats by `f` or Accept, languages, content codings (RFC 9110, 12.5); and
what it has already (13.1)."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from geo_api.exports.formats import Format
from layers.query import BadQuery

LANGUAGES = ("th", "en")


# Browsers send some two hundred; what is kept of a header is many times its length.
_MOST_CHARACTERS = 1_000


def quality_values(header: str) -> Mapping[str, float]:
    """What a header as Accept names, in lower case and without other parameters, with its weight
    from 0 to 1 (RFC 9110, section 12.4.2); 0 for a weight that is no number. Of a long header the
    beginning counts."""
    return _quality_values(header[:_MOST_CHARACTERS])


@lru_cache(maxsize=1024)
def _quality_values(header: str) -> Mapping[str, float]:
    weights: dict[str, float] = {}
    for choice in header.lower().split(","):
        name, *parameters = (part.strip() for part in choice.split(";"))
        if name:
            weight = next((text[2:] for text in parameters if text.startswith("q=")), "1")
            weights[name] = max(weights.get(name, 0.0), _weight(weight))
    return weights


def negotiate_format(f: str | None, accept: str, offered: Sequence[Format]) -> Format:
    """One of the formats `offered`, the first where nothing better is asked for.

    Raises BadQuery for an `f` that is none of them. What `accept` alone asks for and is not offered
    is answered with the first: RFC 9110, section 12.5.1, leaves that to the server, and a client
    that sends a wrong header still gets data.
    """
    if f is None:
        return _accepted_format(accept[:_MOST_CHARACTERS], tuple(offered))
    for format in offered:
        if f in (format.name, format.alias):
            return format
    names = ", ".join(format.name for format in offered)
    raise BadQuery("f", f"no format {f!r} here; there are: {names}")


def negotiate_language(lang: str | None, accept_language: str) -> str:
    """`th` or `en`: as `lang` says, or the better liked of the two; Thai where equal. Raises
    BadQuery for another `lang`."""
    if lang is None:
        return _accepted_language(accept_language)
    if lang not in LANGUAGES:
        raise BadQuery("lang", f"lang must be th or en, got {lang!r}")
    return lang


def negotiate_coding(accept_encoding: str, offered: Sequence[str]) -> str:
    """The first of the content codings `offered` that the caller names; empty for none."""
    if not accept_encoding or accept_encoding == "identity":
        return ""
    weights = quality_values(accept_encoding)
    return next((coding for coding in offered if weights.get(coding)), "")


def if_none_match(header: str, etag: str) -> bool:
    """Whether the value of an If-None-Match names the tag (section 13.1.2); compared weakly."""
    return bool(header) and (
        header.strip() == "*"
        or etag in (tag.strip().removeprefix("W/") for tag in header.split(","))
    )


@lru_cache(maxsize=256)
def _accepted_format(accept: str, offered: tuple[Format, ...]) -> Format:
    """The most wanted; of equally wanted ones the first."""
    ranges = quality_values(accept)
    weights = [_weight_of_type(format.bare_type, ranges) for format in offered]
    return offered[weights.index(max(weights))]


def _weight_of_type(media_type: str, ranges: Mapping[str, float]) -> float:
    """That of the most specific range that the type is in."""
    family = media_type.partition("/")[0]
    for media_range in (media_type, f"{family}/*", "*/*"):
        if media_range in ranges:
            return ranges[media_range]
    return 0.0


def _accepted_language(accept_language: str) -> str:
    likes = dict.fromkeys((*LANGUAGES, "*"), 0.0)
    for tag, weight in quality_values(accept_language).items():
        language = tag.split("-")[0]
        if language in likes:
            likes[language] = max(likes[language], weight)
    return "en" if likes["en"] > max(likes["th"], likes["*"]) else "th"


def _weight(text: str) -> float:
    try:
        weight = float(text or 1)
    except ValueError:
        return 0.0
    return min(weight, 1.0) if weight > 0 else 0.0  # no number is not above zero either
