"""Complaints put down to factories by the wind, in a small world made here."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from pyproj import Geod

from layers.methods import ellipsoid, wind
from layers.methods.attribution import Answers, Complaints, Factories, answers, attribute
from layers.methods.attribution.pairs import REACH_M, pairs
from layers.methods.attribution.pooling import fold_of, intensities
from layers.methods.attribution.scores import score

Array = NDArray[Any]
FIRST = np.datetime64("2026-01-05T00:00:00")
DAYS = 120
OF_LON, OF_LAT = ellipsoid.metres_per_degree(np.array(13.7))


def lonlat(east_m: Array, north_m: Array) -> tuple[Array, Array]:
    return 100.5 + np.asarray(east_m) / OF_LON, 13.7 + np.asarray(north_m) / OF_LAT


def weather(seed: int = 1) -> wind.Stations:
    """One station whose wind wanders round the compass, 2 m/s."""
    rng = np.random.default_rng(seed)
    hours = FIRST.astype("datetime64[h]") + 1 + np.arange(DAYS * 24)
    from_deg = np.mod(np.cumsum(rng.normal(0, 25, len(hours))), 360)
    lon, lat = lonlat(np.array([0.0]), np.array([0.0]))
    return wind.Stations(lon, lat, hours, np.full((1, len(hours)), 2.0), from_deg[None])


FACTORY_EAST = np.random.default_rng(9).uniform(-3_000, 3_000, (2, 40))


def factories() -> Factories:
    return Factories(*lonlat(*FACTORY_EAST), np.full(40, "00100", dtype=object))


def world(stations: wind.Stations, count: int = 3_000, seed: int = 2) -> tuple[Complaints, Array]:
    """Complaints of which two thirds are downwind of one of three factories, and their causes."""
    rng = np.random.default_rng(seed)
    seconds = np.sort(rng.integers(6 * 3600, (DAYS - 1) * 86_400, count))
    at = FIRST + seconds.astype("timedelta64[s]")
    cause = np.where(rng.random(count) < 2 / 3, rng.choice([3, 11, 30], count), -1)
    from_deg = stations.from_deg[0, seconds // 3600]
    toward = np.radians(from_deg + 180 + rng.normal(0, 15, count))
    away = rng.uniform(300, 1_500, count)
    east = FACTORY_EAST[0, cause] + away * np.sin(toward)
    north = FACTORY_EAST[1, cause] + away * np.cos(toward)
    other = rng.uniform(-4_000, 4_000, (2, count))
    lon, lat = lonlat(np.where(cause < 0, other[0], east), np.where(cause < 0, other[1], north))
    return Complaints(lon, lat, at, np.full(count, "odour", dtype=object)), cause


@pytest.fixture(scope="module")
def answered() -> tuple[Answers, Array]:
    stations = weather()
    complaints, cause = world(stations)
    return attribute(complaints, factories(), stations), cause


def one(complaints: Complaints, **changed: object) -> Answers:
    return attribute(replace(complaints, **changed), factories(), weather())  # type: ignore[arg-type]


def test_the_wind_finds_the_factory_and_other_complaints_help(
    answered: tuple[Answers, Array],
) -> None:
    found, cause = answered
    before, single, pooled = (score(found, name, cause) for name in ("before", "single", "pooled"))

    assert single.first > before.first + 0.1
    assert pooled.first > single.first + 0.2
    assert pooled.sure_right > 0.8
    assert pooled.calibration < 0.03
    assert abs(pooled.none - pooled.true_none) < 0.2


def test_shares_and_none_of_these_add_up_to_one(answered: tuple[Answers, Array]) -> None:
    found, _ = answered

    for share, none in ((found.single, found.none_single), (found.pooled, found.none_pooled)):
        total = np.bincount(found.complaint, share, len(none)) + none
        assert total[found.reason == None] == pytest.approx(1)  # noqa: E711


def test_turned_winds_point_to_nobody() -> None:
    stations = weather()
    complaints, cause = world(stations)
    turned = replace(stations, from_deg=np.mod(stations.from_deg + 180, 360))

    found = attribute(complaints, factories(), turned)

    single = score(found, "single", cause)
    assert single.none > 0.9
    assert single.largest < 0.5
    assert score(found, "pooled", cause).none > 0.8


def test_no_complaint_of_a_day_has_a_part_in_that_days_pooled_answer() -> None:
    stations = weather()
    complaints, _ = world(stations, 600)
    fold = fold_of(answers._day(complaints.at))
    weighed = answers._weighed(
        complaints.take(np.argsort(answers._is_first_half(complaints.at), kind="stable")),
        factories(),
        stations,
    )
    before, _ = intensities(weighed, 40)
    of_row = fold_of(weighed.day)[weighed.complaint]

    changed = np.where(of_row == 2, weighed.top * np.float32(3), weighed.top)
    after, _ = intensities(replace(weighed, top=changed), 40)

    assert (fold == 2).any()
    assert after[of_row == 2] == pytest.approx(before[of_row == 2])
    assert after[of_row == 3] != pytest.approx(before[of_row == 3])


def test_calm_always_abstains() -> None:
    stations = weather()
    complaints, _ = world(stations, 200)
    still = replace(stations, speed_m_s=np.full_like(stations.speed_m_s, 0.4))

    assert set(attribute(complaints, factories(), still).reason) == {"calm"}


def test_what_the_wind_does_not_carry_is_not_answered() -> None:
    complaints, _ = world(weather(), 200)
    categories = np.array(["noise", "wastewater"] * 100, dtype=object)

    assert set(one(complaints, category=categories).reason) == {"category"}


def test_old_and_far_wind_abstain() -> None:
    stations = weather()
    complaints, _ = world(stations, 200)
    speed = np.where(np.arange(DAYS * 24) < 5, stations.speed_m_s, np.nan)
    far = replace(stations, lat=stations.lat + 0.5)

    assert set(attribute(complaints, factories(), replace(stations, speed_m_s=speed)).reason) <= {
        "old_wind",
        None,
    }
    assert set(attribute(complaints, factories(), far).reason) == {"far_station"}


def test_a_clerks_noon_is_no_time() -> None:
    complaints, _ = world(weather(), 300)
    at = complaints.at.copy()
    at[:30] = at[:30].astype("datetime64[D]") + np.timedelta64(5, "h")

    found = one(complaints, at=at)

    assert set(found.reason[:30]) == {"time"}
    assert "time" not in set(found.reason[30:])


def test_a_place_that_stands_for_a_town_is_no_place() -> None:
    complaints, _ = world(weather(), 300)
    lon, lat = complaints.lon.copy(), complaints.lat.copy()
    lon[:30], lat[:30] = 100.5, 13.7

    found = one(complaints, lon=lon, lat=lat)

    assert set(found.reason[:30]) == {"place"}
    assert "place" not in set(found.reason[30:])


def test_a_home_that_complains_often_is_a_place() -> None:
    at_home = np.array([100.5] * 19 + [100.51]), np.full(20, 13.7)

    assert not answers.is_shared_place(*at_home).any()
    assert answers.is_shared_place(np.full(20, 100.5), np.full(20, 13.7)).all()


def test_where_no_factory_is_near_the_answer_says_so() -> None:
    complaints, _ = world(weather(), 50)
    away = one(complaints, lon=complaints.lon + 0.1)

    assert set(away.reason) == {"no_factory"}


def test_without_complaints_factories_or_stations_nothing_breaks() -> None:
    complaints, _ = world(weather(), 50)
    none = np.empty(0)
    nowhere = Factories(none, none, np.empty(0, dtype=object))

    assert len(one(complaints.take(np.empty(0, dtype=int))).reason) == 0
    assert set(attribute(complaints, nowhere, weather()).reason) == {"no_factory"}


def test_many_answers_do_not_depend_on_the_order_of_complaints(
    answered: tuple[Answers, Array],
) -> None:
    stations = weather()
    complaints, _ = world(stations, 400)
    order = np.random.default_rng(3).permutation(400)

    straight = attribute(complaints, factories(), stations)
    shuffled = attribute(complaints.take(order), factories(), stations)

    assert shuffled.none_single == pytest.approx(straight.none_single[order], abs=1e-3)


def test_one_complaint_more_moves_the_answers_of_other_days(
    answered: tuple[Answers, Array],
) -> None:
    """Why no part of a pass can be left out (`answers.py`)."""
    stations = weather()
    complaints, _ = world(stations)
    all_but_last = complaints.take(np.arange(len(complaints) - 1))

    before = attribute(all_but_last, factories(), stations)

    whole = answered[0]
    days = complaints.at[:-1].astype("datetime64[D]")
    moved = before.none_pooled != whole.none_pooled[:-1]
    moved &= np.isfinite(before.none_pooled)
    assert len(set(days[moved].tolist())) > 0.9 * len(set(days.tolist()))


def test_pairs_are_those_within_reach_by_the_geodesic() -> None:
    complaints, _ = world(weather(), count=60)
    known = factories()

    found = pairs(complaints, known)

    lon, lat = (np.repeat(one, len(known.lon)) for one in (complaints.lon, complaints.lat))
    to_lon, to_lat = (np.tile(one, len(complaints)) for one in (known.lon, known.lat))
    azimuth, _, metres = Geod(ellps="WGS84").inv(lon, lat, to_lon, to_lat)
    near = np.flatnonzero(metres <= REACH_M)
    assert (found.complaint * len(known.lon) + found.factory).tolist() == near.tolist()
    assert found.distance_m == pytest.approx(metres[near], abs=0.02)
    off = (found.bearing_deg - azimuth[near] + 180) % 360 - 180
    assert np.abs(off[metres[near] > 100]).max() < 0.05
