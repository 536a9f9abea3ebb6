"""Coordinates as registers hold them: in degrees, swapped, in UTM metres, or none at all."""

import pytest

from layers.cleaning.coordinates import Place, find_place, read_pair


def test_degrees_in_thailand_are_taken_as_they_are() -> None:
    assert find_place(13.6, 100.3, "74") == Place(100.3, 13.6)


def test_swapped_degrees_are_put_back() -> None:
    assert find_place(100.3, 13.6, "74") == Place(100.3, 13.6, "swapped")


@pytest.mark.parametrize("cells", [(1_520_765, 663_314), (663_314, 1_520_765)])
def test_utm_metres_become_degrees_in_either_order(cells: tuple[float, float]) -> None:
    place = find_place(*cells, "10")

    assert place is not None and place.repair == "utm"
    assert (place.lat, place.lon) == pytest.approx((13.7516, 100.5105), abs=5e-5)


def test_the_province_tells_the_zone_of_an_easting_that_fits_both() -> None:
    lampang = find_place(2_034_352, 547_213, "52")
    sakon_nakhon = find_place(1_900_000, 400_000, "47")

    assert lampang is not None and lampang.lon == pytest.approx(99.45, abs=0.01)
    assert sakon_nakhon is not None and sakon_nakhon.lon == pytest.approx(104.05, abs=0.01)


@pytest.mark.parametrize("province", [None, "10"])
def test_an_easting_that_fits_both_zones_is_not_guessed_at(province: str | None) -> None:
    assert find_place(1_900_000, 400_000, province) is None


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(0, 0), (1, 1), (None, 100.3), (13.6, None), (51.5, -0.1), (float("nan"), 100.3)],
)
def test_what_is_no_place_in_thailand_is_none(lat: float | None, lon: float | None) -> None:
    assert find_place(lat, lon, "10") is None


@pytest.mark.parametrize(
    ("written", "repair"),
    [
        ("100.5,13.75", None),
        ("['100.5', '13.75']", None),
        ("[100.5, 13.75]", None),
        ("100.5 13.75", None),
        ("13.75, 100.5", "swapped"),
        ("100,5; 13,75", "comma"),
        ("100,5 13,75", "comma"),
        ("100°30'E, 13°45'N", "dms"),
        ("13°45'00\"N 100°30'00\"E", "dms"),
        ("N13°45' E100°30'", "dms"),
    ],
)
def test_a_pair_in_one_cell_is_read_however_it_is_written(written: str, repair: str) -> None:
    place = read_pair(written)

    assert place is not None
    assert [place.lon, place.lat] == pytest.approx([100.5, 13.75])
    assert place.repair == repair


@pytest.mark.parametrize("written", ["", "100.5", "0,0", "a,b", "1,2,3", "[,]", "2.35,48.85"])
def test_what_is_no_pair_in_thailand_is_no_place(written: str) -> None:
    assert read_pair(written) is None


@pytest.mark.parametrize(
    "written",
    ["POINT(100.5 13.7)", '{"lat": 13.7, "lng": 100.5}', "https://maps.example/?q=13.7,100.5"],
)
def test_two_numbers_in_other_words_are_a_pair(written: str) -> None:
    place = read_pair(written)

    assert place is not None and (place.lon, place.lat) == (100.5, 13.7)


@pytest.mark.parametrize("written", ["13.7 S, 100.5 W", "13.7S 100.5E", "13.7, 100.5, 30 m"])
def test_what_is_southern_or_no_pair_is_none_in_thailand(written: str) -> None:
    assert read_pair(written) is None
