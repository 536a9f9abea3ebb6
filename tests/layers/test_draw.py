"""Layers drawn with Folium: declared words and styles in, a map that asks nothing of others out."""

import json
import re
from datetime import timedelta
from typing import Any

import folium
import geopandas
import numpy as np
import pytest
from shapely.geometry import Point

from layers.draw import country_map, draw
from layers.model import Field, Layer, Style, Text

MARKETS = Layer(
    name="markets",
    title=Text("ตลาด", "Markets"),
    description=Text("ตลาดทดสอบ", "Markets for testing"),
    licence="CC0-1.0",
    attribution="A & B <i>",
    fields=(
        Field("kind", Text("ชนิด", "Kind"), values={"wet": Text("ตลาดสด", "Wet market")}),
        Field("stalls", Text("แผง", "Stalls"), unit="แผง"),
    ),
    style=Style(color="#123456", by="kind", colors={"wet": "#abcdef"}, label="name_th"),
    sources=(),
    stale_after=timedelta(days=1),
)


def test_words_come_in_the_language_asked_for() -> None:
    thai, english = (draw(MARKETS, "/items", language).declaration for language in ("th", "en"))

    assert (thai["title"], english["title"]) == ("ตลาด", "Markets")
    assert thai["fields"][0]["values"] == {"wet": "ตลาดสด"}
    assert english["fields"][0]["values"] == {"wet": "Wet market"}


def test_a_label_of_two_names_follows_the_language() -> None:
    labels = [draw(MARKETS, "/items", lang).declaration["style"]["label"] for lang in ("th", "en")]

    assert labels == ["name_th", "name_en"]


def test_an_attribution_is_escaped_for_leaflet() -> None:
    declared = draw(MARKETS, "/items").declaration

    assert declared["attribution"] == "A &amp; B &lt;i&gt;"


def test_a_frame_of_any_crs_is_carried_in_wgs84_with_its_times() -> None:
    frame = geopandas.GeoDataFrame(
        {"kind": ["wet"], "observed_at": geopandas.pd.to_datetime(["2026-01-14T06:30:00Z"])},
        geometry=[Point(663314, 1520765)],
        crs=32647,
    )

    (feature,) = draw(MARKETS, frame).data["data"]["features"]

    lon, lat = feature["geometry"]["coordinates"]
    assert (round(lon, 4), round(lat, 4)) == (100.5105, 13.7516)
    assert feature["properties"]["observed_at"] == "2026-01-14T06:30:00+00:00"


def test_a_frame_may_hold_lists_of_texts_and_numbers_of_numpy() -> None:
    rows = {"tags": [np.array(["wet", "day"])], "stalls": [np.int64(7)]}
    frame = geopandas.GeoDataFrame(rows, geometry=[Point(100, 13)], crs=4326)

    [feature] = draw(MARKETS, frame).data["data"]["features"]

    assert feature["properties"] == {"tags": ["wet", "day"], "stalls": 7}


def test_a_frame_without_a_crs_is_refused() -> None:
    frame = geopandas.GeoDataFrame({"kind": ["wet"]}, geometry=[Point(100, 13)])

    with pytest.raises(ValueError, match="set_crs"):
        draw(MARKETS, frame)


def test_no_value_can_end_the_script_it_travels_in() -> None:
    world = country_map("/static")
    draw(MARKETS, collection(kind="</script><img src=x onerror=alert(1)>")).add_to(world)

    html = world.get_root().render()

    assert "onerror" in html
    assert "<img" not in html
    assert html.count("</script>") == html.count("<script")


def test_a_map_for_a_notebook_names_no_file_and_no_other_server() -> None:
    world = country_map()
    draw(MARKETS, collection(kind="wet")).add_to(world)
    folium.LayerControl(collapsed=False).add_to(world)

    html = world.get_root().render()

    assert "<script src" not in html
    assert "<link" not in html
    assert "url(images/" not in html


def test_a_map_for_the_site_links_to_the_files_it_serves() -> None:
    html = country_map("/static").get_root().render()

    links = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert links
    assert all(link.startswith("/static/") for link in links)


def test_a_layer_may_start_switched_off() -> None:
    world = country_map("/static")
    layer = draw(MARKETS, "/items", show=False).add_to(world)

    html = world.get_root().render()

    assert f"{layer.get_name()}.addTo" not in html


def collection(**properties: Any) -> dict[str, Any]:
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [100.5, 13.7]},
        "properties": properties,
    }
    return {"type": "FeatureCollection", "features": [feature]}


def test_what_others_wrote_is_never_read_as_a_template() -> None:
    name = "{{ 7 * 7 }}{{{ 1 }}}{% raw %}{# no #}"
    point = {"type": "Point", "coordinates": [100.5, 13.7]}
    feature = {"type": "Feature", "geometry": point, "properties": {"name": name}}
    world = country_map()

    draw(MARKETS, {"type": "FeatureCollection", "features": [feature]}).add_to(world)

    [written] = re.findall(r'"name":("[^"]*7[^"]*")', world.get_root().render())
    assert json.loads(written) == name


def test_a_map_of_its_own_carries_names_and_waters() -> None:
    html = country_map().get_root().render()

    assert '"places": {' in html and '"waters": {' in html and "GSHHG" in html
