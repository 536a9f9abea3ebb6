"""What a layer shows otherwise than at a former time, as a frame."""

from collections.abc import Mapping
from typing import Any

import geopandas

from layers.client.frames import frame
from layers.client.service import Service
from layers.query import MAX_LIMIT

_FIRST = ("change", "fields", "before")


def changes(service: Service, url: str, params: Mapping[str, str]) -> geopandas.GeoDataFrame:
    """All pages of it, of the versions that the first one names; raises as Service."""
    answer = service.get(url, {**params, "limit": str(MAX_LIMIT)})
    found = answer["changes"]
    head = {name: told for name, told in answer.items() if name not in ("changes", "links")}
    while following := [one["href"] for one in answer["links"] if one["rel"] == "next"]:
        answer = service.get(following[0], {})
        found += answer["changes"]
    rows = frame([_row(one) for one in found], _FIRST)
    rows.attrs = {"url": url, **head, "numberReturned": len(rows)}
    return rows


def _row(change: Mapping[str, Any]) -> Mapping[str, Any]:
    """The feature as it was last, with what happened to it."""
    feature = change.get("after") or change["before"]
    fields = change.get("fields", ())
    told = {
        "change": change["change"],
        "fields": tuple(fields),
        "before": {name: _value(change["before"], name) for name in fields},
    }
    return {**feature, "properties": told | feature["properties"]}


def _value(feature: Mapping[str, Any], name: str) -> Any:
    return feature["geometry"] if name == "geometry" else feature["properties"].get(name)
