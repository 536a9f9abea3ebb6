"""In which format an answer is wanted: by the parameter `f`, or else by the header Accept."""

from collections.abc import Sequence
from functools import lru_cache

from geo_api.exports.formats import Format
from geo_api.http.parameters import Parameter, parameter
from layers.query import BadQuery


def f_parameter(offered: Sequence[Format]) -> Parameter:
    """`f` for the formats of a route, the first being what is given unasked."""
    told = ", ".join(f"`{format.name}` {format.title}" for format in offered)
    names = [name for format in offered for name in (format.name, format.alias) if name]
    return parameter(
        "f", f"The format wanted, whatever Accept says: {told}.", {"type": "string", "enum": names}
    )


def negotiate(f: str | None, accept: str, offered: Sequence[Format]) -> Format:
    """One of the formats `offered`, the first where nothing better is asked for.

    Raises BadQuery for an `f` that is none of them. What `accept` alone asks for and is not offered
    is answered with the first: RFC 9110, section 12.5.1, leaves that to the server, and a client
    that sends a wrong header still gets data.
    """
    if f is None:
        return _accepted(accept, tuple(offered))
    for format in offered:
        if f in (format.name, format.alias):
            return format
    names = ", ".join(format.name for format in offered)
    raise BadQuery("f", f"no format {f!r} here; there are: {names}")


@lru_cache(maxsize=256)
def _accepted(accept: str, offered: tuple[Format, ...]) -> Format:
    """The most wanted; of equally wanted ones the first."""
    ranges = [_media_range(text) for text in accept.split(",") if text.strip()]
    weights = [_weight(format.bare_type, ranges) for format in offered]
    return offered[weights.index(max(weights))]


def _media_range(text: str) -> tuple[str, float]:
    """A type as in `text/*` with its weight; other parameters, such as a profile, do not count."""
    media_type, *parameters = (part.strip().lower() for part in text.split(";"))
    weight = next((value[2:] for value in parameters if value.startswith("q=")), "1")
    try:
        return media_type, min(max(float(weight), 0.0), 1.0)
    except ValueError:
        return media_type, 0.0


def _weight(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """That of the most specific range that the type is in."""
    family = media_type.partition("/")[0]
    for wanted in (media_type, f"{family}/*", "*/*"):
        weights = [weight for range, weight in ranges if range == wanted]
        if weights:
            return max(weights)
    return 0.0
