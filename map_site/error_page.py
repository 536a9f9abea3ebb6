"""What a browser is told where an address cannot be answered: what failed, and what to do."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from map_site.mount import mounted
from map_site.rendering import address, spoken

_ASKED_WRONGLY, _NOT_FOUND, _UNAVAILABLE, _FIRST_OF_OURS = 400, 404, 503, 500


def error_view(problem: Mapping[str, Any], language: str, asked: str) -> dict[str, Any]:
    """Of a problem document (RFC 9457) and the address that was asked for: which words, which
    province there is not, whether to ask again, and where to go on."""
    status = problem["status"]
    kind = {_NOT_FOUND: "not_found", _UNAVAILABLE: "unavailable"}.get(status)
    unknown = parse_qs(urlsplit(asked).query).get("province", [""])[-1]
    is_province = problem.get("parameter") == "province" and status == _ASKED_WRONGLY
    return {
        "problem": problem,
        "province": unknown if is_province else None,
        "country": mounted(_without("province", asked)),
        "provinces": address("/provinces", language),
        "kind": kind or ("ours" if status >= _FIRST_OF_OURS else "asked"),
        "again": mounted(asked) if status == _UNAVAILABLE else None,
        "ways": _ways(urlsplit(asked).path, language),
    }


def _without(name: str, asked: str) -> str:
    parts = urlsplit(asked)
    rest = [one for one in parse_qsl(parts.query, keep_blank_values=True) if one[0] != name]
    return parts._replace(query=urlencode(rest, safe=",:/")).geturl()


def _ways(path: str, language: str) -> list[tuple[str, str]]:
    """Names of words, and the addresses that are near to what was asked for."""
    parts = path.strip("/").split("/")
    ways = []
    if parts[:2] == ["ogc", "collections"] and len(parts) > 3:
        ways.append(("layer", spoken("/" + "/".join(parts[:3]), language)))
    if parts[0] in ("ogc", "tiles", "catalog", "api"):
        ways.append(("layers", spoken("/ogc/collections", language)))
        ways.append(("manual", spoken("/openapi.html", language)))
    return [*ways, ("home", address("/", language)), ("status", spoken("/status", language))]
