"""Whether two answers are of the same rows is found out before they are timed."""

import json
from typing import Any

import pytest

from bench.checks import Differs, same_feature, same_features


def feature(id: str = "a", lon: float = 100.5, /, **properties: Any) -> dict[str, Any]:
    """A GeoJSON feature at 14° N."""
    place = {"type": "Point", "coordinates": [lon, 14]}
    return {"type": "Feature", "id": id, "geometry": place, "properties": properties}


def page(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_the_same_rows_in_another_order_are_the_same() -> None:
    ours = page(feature("a", frp_mw=1.5), feature("b", frp_mw=2))
    theirs = page(feature("b", frp_mw=2, id="b", flag=None), feature("a", frp_mw=1.5, id="a"))

    assert same_features(ours, theirs) == "the same 2 features"


def test_a_row_less_is_a_difference() -> None:
    with pytest.raises(Differs, match="1 features against 2; ours lack"):
        same_features(page(feature("a")), page(feature("a"), feature("b")))


def test_a_property_less_is_a_difference() -> None:
    with pytest.raises(Differs, match="frp_mw of a is None against 3"):
        same_features(page(feature("a")), page(feature("a", frp_mw=3)))


def test_another_place_is_a_difference() -> None:
    ours, theirs = (json.dumps(feature("a", lon)).encode() for lon in (100.5, 100.50001))

    with pytest.raises(Differs, match="a lies at"):
        same_feature(ours, theirs)


def test_one_time_may_be_written_in_two_ways() -> None:
    ours = json.dumps(feature(observed_at="2026-01-05T06:10:00Z")).encode()
    theirs = json.dumps(feature(observed_at="2026-01-05T06:10:00+00:00")).encode()

    assert same_feature(ours, theirs) == "the same feature"
