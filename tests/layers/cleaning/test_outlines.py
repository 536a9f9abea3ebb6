"""Outlines: what is invalid is repaired and named, what encloses nothing is refused."""

import math

import pytest
import shapely

from layers.cleaning.outlines import NotAnOutline, ewkb, sound_outline

SQUARE = [[100, 13], [101, 13], [101, 14], [100, 14], [100, 13]]
BOW_TIE = [[100, 13], [101, 14], [101, 13], [100, 14], [100, 13]]


def test_a_sound_polygon_becomes_a_multipolygon_and_has_no_fault() -> None:
    outline, fault = sound_outline({"type": "Polygon", "coordinates": [SQUARE]})

    assert (outline.geom_type, outline.area, fault) == ("MultiPolygon", 1, "")


def test_a_bow_tie_becomes_its_two_halves_and_the_fault_names_the_crossing() -> None:
    outline, fault = sound_outline({"type": "Polygon", "coordinates": [BOW_TIE]})

    assert outline.is_valid
    assert (len(outline.geoms), outline.area) == (2, 0.5)
    assert fault == "Self-intersection[100.5 13.5]"


def test_a_spike_that_a_repair_leaves_as_a_line_is_dropped() -> None:
    spiked = [*SQUARE[:2], [102, 13], *SQUARE[1:]]

    outline, fault = sound_outline({"type": "Polygon", "coordinates": [spiked]})

    assert outline.area == 1
    assert fault


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {"type": "Point", "coordinates": [100, 13]},
        {"type": "LineString", "coordinates": [[100, 13], [101, 13]]},
        {"type": "Polygon", "coordinates": [[[100, 13], [101, 13], [100, 13], [100, 13]]]},
        {"type": "Polygon", "coordinates": [[[100, 13]]]},
        {"type": "Nothing"},
    ],
)
def test_what_encloses_no_area_is_refused(geometry: dict[str, object] | None) -> None:
    with pytest.raises(NotAnOutline):
        sound_outline(geometry)


def test_ewkb_carries_its_reference_system() -> None:
    read = shapely.from_wkb(ewkb(shapely.box(100, 13, 101, 14), 4326))

    assert shapely.get_srid(read) == 4326


def test_coordinates_that_are_no_numbers_are_no_outline() -> None:
    ring = [[100.0, 13.0], [math.inf, 13.0], [101.0, 14.0], [100.0, 13.0]]

    with pytest.raises(NotAnOutline, match="not a GeoJSON geometry"):
        sound_outline({"type": "Polygon", "coordinates": [ring]})
