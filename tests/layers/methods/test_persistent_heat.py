"""Heat that is a works: what recurs all through the year beside one, and what does not."""

from datetime import date

import numpy as np
import pytest
from scipy import ndimage

from layers.methods.persistent_heat import (
    CELLS_A_DEGREE,
    Cells,
    Floats,
    Integers,
    cells_of,
    joined,
    judged,
    recurrence,
)

EPOCH = date(1970, 1, 1).toordinal()
NEAR, FAR = np.array([300.0]), np.array([np.inf])


def days(*texts: str) -> Integers:
    counted = [date.fromisoformat(text).toordinal() - EPOCH for text in texts]
    return np.array(counted, dtype=np.int64)


def every(step: int, count: int, start: str = "2024-01-01") -> Integers:
    found: Integers = days(start)[0] + step * np.arange(count)
    return found


def at(day: Integers, x: int = 0, y: int = 0) -> Cells:
    return recurrence(np.full(len(day), x), np.full(len(day), y), day)


def label(cells: Cells, works: Floats = NEAR, told: int = 0) -> tuple[str, str]:
    labels, reasons = judged(cells, works, np.full(len(cells.x), told))
    return str(labels[0]), str(reasons[0])


def test_what_is_hot_in_every_month_beside_a_works_is_industrial() -> None:
    kiln = at(every(20, 24))

    assert kiln.days[0] == 24 and kiln.months[0] == 12
    assert label(kiln) == ("industrial_static", "persistent")


def test_without_a_works_near_it_is_uncertain() -> None:
    assert label(at(every(20, 24)), FAR) == ("uncertain", "no_works")
    assert label(at(every(20, 24)), np.array([1000.1])) == ("uncertain", "no_works")
    assert label(at(every(20, 24)), np.array([1000.0]))[0] == "industrial_static"


def test_a_season_that_comes_back_is_none_however_many_days_it_has() -> None:
    # Every third day from December to March, in three seasons.
    seasons = np.concatenate([every(3, 40, f"{year}-12-01") for year in (2022, 2023, 2024)])
    fields = at(seasons)

    assert fields.days[0] == 120 and fields.months[0] == 4
    assert fields.out_of_season[0] == 0
    assert label(fields, FAR) == ("vegetation", "")
    assert label(fields) == ("uncertain", "seasonal")


def test_a_few_days_out_of_season_make_no_works() -> None:
    seasons = np.concatenate([every(5, 24, f"{year}-12-01") for year in (2022, 2023)])
    stray = days("2023-06-10", "2023-08-10", "2024-07-01", "2024-10-10")
    fields = at(np.concatenate([seasons, stray]))

    assert fields.months[0] >= 6
    assert label(fields) == ("uncertain", "seasonal")


def test_a_record_of_less_than_a_year_tells_nothing() -> None:
    assert label(at(every(14, 26))) == ("uncertain", "short_record")
    assert label(at(every(14, 28)))[0] == "industrial_static"


def test_eleven_days_are_too_few() -> None:
    assert label(at(every(40, 11))) == ("vegetation", "")
    assert label(at(every(40, 12)))[0] == "industrial_static"


def test_a_day_counts_once_however_often_and_by_whom_it_was_seen() -> None:
    kiln = at(np.repeat(every(40, 11), 5))

    assert kiln.days[0] == kiln.own_days[0] == 11


def test_a_fire_beside_a_works_is_in_its_block_but_not_on_its_spot() -> None:
    hot = every(20, 24)
    x = np.concatenate([np.zeros(24), [1]]).astype(np.int64)
    found = recurrence(x, np.zeros(25, np.int64), np.concatenate([hot, days("2024-02-02")]))
    labels, reasons = judged(found, np.full(2, 300.0), np.zeros(2, np.int64))

    assert list(found.x) == [0, 1] and list(found.own_days) == [24, 1]
    assert list(found.days) == [25, 25]
    assert list(labels) == ["industrial_static", "uncertain"]
    assert list(reasons) == ["persistent", "beside"]


def test_pixels_that_fall_on_both_sides_of_a_border_of_cells_are_of_one_place() -> None:
    hot = every(20, 24)
    found = recurrence(np.tile([-1, 0], 12), np.zeros(24, np.int64), hot)

    assert list(found.own_days) == [12, 12] and list(found.days) == [24, 24]
    assert recurrence(np.tile([-2, 0], 12), np.zeros(24, np.int64), hot).days[0] == 12


def test_what_nasa_calls_static_is_so_beside_a_works_and_else_uncertain() -> None:
    fields = at(days("2024-02-01"))

    assert label(fields, told=3) == ("industrial_static", "told_static")
    assert label(fields, FAR, told=3) == ("uncertain", "no_works")
    assert label(fields, told=2) == ("vegetation", "")


def test_december_and_january_are_of_one_season() -> None:
    fields = at(days("2023-11-20", "2023-12-20", "2024-01-20", "2024-02-20", "2024-07-01"))

    assert fields.out_of_season[0] == pytest.approx(1 / 5)
    assert list(fields.first) == list(days("2023-11-20"))
    assert list(fields.last) == list(days("2024-07-01"))


@pytest.mark.parametrize("seed", range(5))
def test_it_counts_as_a_slow_count_does_in_any_order(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.integers(-3, 3, (2, 400))
    day = days("2023-05-01")[0] + rng.integers(0, 800, 400)
    order = rng.permutation(400)

    found = recurrence(x[order], y[order], day[order])

    for i, (cx, cy) in enumerate(zip(found.x, found.y, strict=True)):
        rows = list(zip(x, y, day, strict=True))
        of_block = {d for a, b, d in rows if max(abs(a - cx), abs(b - cy)) < 2}
        own = {d for a, b, d in rows if (a, b) == (cx, cy)}
        months = [date.fromordinal(int(d) + EPOCH).month for d in of_block]
        season = max(sum((m - start) % 12 < 4 for m in months) for start in range(12))
        assert found.own_days[i] == len(own)
        assert found.days[i] == len(of_block)
        assert found.months[i] == len(set(months))
        assert found.out_of_season[i] == pytest.approx(1 - season / len(months))
        assert (found.first[i], found.last[i]) == (min(of_block), max(of_block))


def test_cells_are_floors_of_degrees_and_nothing_has_none() -> None:
    x, y = cells_of(np.array([100.25, -0.001]), np.array([13.5, -0.001]))

    assert (x[0], y[0]) == (100.25 * CELLS_A_DEGREE, 13.5 * CELLS_A_DEGREE)
    assert (x[1], y[1]) == (-1, -1)
    assert len(at(np.empty(0, np.int64)).x) == 0


def test_cells_that_touch_are_one_place_where_they_are_of_one_label() -> None:
    x, y = np.array([5, 0, 1, 3, 2, 1]), np.array([5, 0, 1, 1, 0, 2])
    label = np.array(["a", "a", "a", "a", "a", "b"])

    place = joined(x, y, label)

    assert place[1] == place[2] == place[3] == place[4]
    assert len({place[0], place[1], place[5]}) == 3
    assert len(joined(x[:0], y[:0], label[:0])) == 0


@pytest.mark.parametrize("seed", range(5))
def test_places_are_the_connected_components_of_an_image(seed: int) -> None:
    random = np.random.default_rng(seed)
    image = random.integers(0, 3, (25, 25))  # 0 is no cell, 1 and 2 are labels
    x, y = np.nonzero(image)
    corners = np.ones((3, 3), dtype=int)
    of_one, of_two = (ndimage.label(image == value, corners)[0] for value in (1, 2))

    place = joined(x + 25_000, y + 3_000, np.where(image[x, y] == 1, "static", "uncertain"))

    expected = np.where(image == 1, of_one, -of_two)[x, y]
    assert len(set(place.tolist())) == len(set(expected.tolist()))
    assert len(set(zip(place.tolist(), expected.tolist(), strict=True))) == len(set(place.tolist()))
