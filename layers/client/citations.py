"""Citations of frames: made locally when a frame is read, kept by the service when somebody asks,
and opened to the same frame years later."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import geopandas
import pandas as pd

from layers.citation import State, address_to_cite
from layers.client.frames import arrow_frame, frame
from layers.client.service import Service

_HELD = (State.HOLDS, State.UNPROVED)
_NEAR_FIRST = ("layer", "distance_m", "bearing_deg", "upwind")


class NotAsCited(ValueError):
    """The rows are not those that were cited; the message says what is known of why."""

    def __init__(self, state: str, why: str) -> None:
        super().__init__(f"{state}: {why}")
        self.state = state


def cite_of(
    base_url: str, path: str, params: Mapping[str, str], told: Mapping[str, Any]
) -> dict[str, Any]:
    """What `attrs` have under `cite` of an answer that has `told` of when it is, made without
    asking the service: where the answer can be cited, and the version of the data. What was read
    without `as_of` and does not tell its version is cited as of when somebody asks."""
    asked = urlencode({k: v for k, v in params.items() if k != "as_of"}, safe=",:/")
    own = f"{path}?{asked}" if asked else path
    as_of = told.get("asOf")
    mark = "&" if asked else "?"
    return {
        "path": f"{own}{mark}as_of={as_of}" if as_of else own,
        "address": address_to_cite(base_url, own, as_of) if as_of else None,
        "dataVersion": told.get("dataVersion"),
        "time": as_of,
        "sha256": None,
    }


def cite(service: Service, base_url: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The citation that the service keeps of what `cite_of` made. Raises Refused, and NoAnswer."""
    if "code" in given:
        return dict(given)
    url = f"{base_url}/api/citations"
    found: dict[str, Any] = service.post(url, {"path": given["path"]})
    version = given["dataVersion"]
    if version is not None and found["dataVersion"] != version:
        # A commit got its time just before the rows were read, and was seen just after.
        own, _, _ = str(given["path"]).rpartition("as_of=")
        found = service.post(url, {"path": f"{own}as_of={version}"})
    return dict(given) | found | {"sha256": found["parts"][0]["sha256"]}


def cited(
    service: Service, base_url: str, citation: str, part: int, verify: bool
) -> pd.DataFrame | geopandas.GeoDataFrame:
    """See Client.cited."""
    code = citation.rstrip("/").rsplit("/", 1)[-1]
    told = service.get(f"{base_url}/api/citations/{code}", {})
    if not told["parts"]:
        raise NotAsCited(State.UNPROVED, "no row stands behind this page whose history is kept")
    if not 0 <= part < len(told["parts"]):
        raise ValueError(f"part must be from 0 to {len(told['parts']) - 1}, got {part!r}")
    # The service tells whole addresses, each behind the path, if any, under which it is published.
    root = str(told["address"]).removesuffix(f"/cite/{told['code']}")
    check, href = told["checks"][part], urlsplit(told["parts"][part]["href"].removeprefix(root))
    state = check["state"] if told["isOwn"] else State.ALTERED
    if state == State.GONE or (verify and state not in _HELD):
        raise NotAsCited(state, _why(told, check))
    url, params = f"{base_url}{href.path}", dict(parse_qsl(href.query))
    summed = told["parts"][part]["sha256"]
    if href.path.endswith("/items"):
        if verify and summed and _summed(service, url, params) != summed:
            raise NotAsCited(State.ALTERED, f"the rows that {url} gave have another SHA-256")
        found = service.read(url, params | {"f": "arrow"}, arrow_frame)
    else:
        answer = service.get(url, params)
        rows = answer.get("groups")
        found = frame(answer["features"], _NEAR_FIRST) if rows is None else pd.DataFrame(rows)
    found.attrs |= {"url": url, "cite": told | {"sha256": summed}}
    return found


def _summed(service: Service, url: str, params: Mapping[str, str]) -> str:
    """Of the rows as they come now, by our own reckoning: the service's word is not enough."""
    lines = service.content(url, dict(params) | {"f": "geojsonseq"}).split(b"\n")
    return sha256(b"".join(line + b"\n" for line in sorted(lines[:-1]))).hexdigest()


def _why(told: Mapping[str, Any], check: Mapping[str, Any]) -> str:
    if not told["isOwn"]:
        return "the citation itself was altered"
    if check["why"]:
        return str(check["why"])
    erased = [
        f"{one['rows']} rows on {one['erasedAt']}, {one['reason']}" for one in check["erasures"]
    ]
    if erased:
        return f"some rows were erased: {'; '.join(erased)}"
    return "the rows have another SHA-256, and no erasure explains it"
