"""What makes the simulated complaints a test of methods: where factories stand, who of them emits,
and how what is reported differs from what was felt."""

import numpy as np
import pandas as pd
import pytest
import shapely

from geo_api.demo.complaints import CERTIFIED_EFFECT, CERTIFIED_LEVEL
from geo_api.demo.emitters import NEAR_M, SILENT_NEIGHBOURS
from geo_api.demo.ground import M_PER_DEGREE_LAT, M_PER_DEGREE_LON, Array
from geo_api.demo.kinds import AIRBORNE
from geo_api.demo.world import World

METRES = np.array([M_PER_DEGREE_LON, M_PER_DEGREE_LAT])
THAI = "Asia/Bangkok"


@pytest.fixture(scope="module")
def complaints(world: World) -> pd.DataFrame:
    """Each with the truth about it, and of its source the true place; times aware."""
    frame = world.tables["complaint"].merge(world.truth["complaint_cause"], on="ticket_id")
    emitters = world.truth["emitter"].rename(columns={"lon": "source_lon", "lat": "source_lat"})
    frame = frame.merge(emitters.drop(columns="factory_id"), on="source_id", how="left")
    for name in ("reported_at", "felt_at", "emitted_at"):
        frame[name] = pd.to_datetime(frame[name])
    return frame


def metres(frame: pd.DataFrame, lon: str = "lon", lat: str = "lat") -> Array:
    return np.asarray(frame[[lon, lat]].to_numpy(dtype=float) * METRES)


def within(some: Array, others: Array, radius_m: float) -> Array:
    """Pairs of row numbers, (2, pairs)."""
    tree = shapely.STRtree(np.asarray(shapely.points(others)))
    found = tree.query(shapely.points(some), predicate="dwithin", distance=radius_m)
    return np.asarray(found)


def travelled(frame: pd.DataFrame) -> Array:
    """From source to where it was felt, (rows, 2) metres."""
    return metres(frame, "felt_lon", "felt_lat") - metres(frame, "source_lon", "source_lat")


def test_factories_lie_as_densely_as_in_the_register_of_samut_sakhon(
    world: World, complaints: pd.DataFrame
) -> None:
    some = complaints.sample(2_000, random_state=1)

    near, _ = within(metres(some), metres(world.tables["factory"]), 3_000)

    # A median of 104 around a factory of Mueang district; of a quarter, 50 or fewer.
    assert np.median(np.bincount(near, minlength=len(some))) == pytest.approx(104, abs=25)


def test_each_emitter_has_neighbours_of_its_class_that_do_not_emit(world: World) -> None:
    factories = world.tables["factory"]
    emits = factories["id"].isin(world.truth["emitter"]["factory_id"]).to_numpy()
    classes = factories["factory_class"].to_numpy()

    one, other = within(metres(factories[emits]), metres(factories), NEAR_M)
    alike = (classes[emits][one] == classes[other]) & ~emits[other]

    assert emits.sum() > 50
    assert np.bincount(one, alike, minlength=emits.sum()).min() >= SILENT_NEIGHBOURS


def test_no_emitter_causes_more_than_a_twentieth_of_complaints(complaints: pd.DataFrame) -> None:
    share = complaints["source_id"].value_counts() / len(complaints)

    assert share.max() < 0.05
    assert share.iloc[:20].sum() > 3 * share.iloc[-20:].sum()


def test_size_tells_little_of_how_much_a_factory_emits(world: World) -> None:
    emitters = world.truth["emitter"].dropna(subset="factory_id")
    factories = world.tables["factory"].set_index("id")

    size = factories["horsepower"].reindex(emitters["factory_id"]).rank().to_numpy()
    emits = factories.index.isin(emitters["factory_id"])
    median = factories["horsepower"].rank(pct=True)

    assert 0.0 < np.corrcoef(size, emitters["weight"].rank())[0, 1] < 0.4
    assert 0.5 < median[emits].mean() < 0.62


def test_nothing_is_emitted_where_a_factory_does_not_work_or_stands_still(
    world: World, complaints: pd.DataFrame
) -> None:
    caused = complaints.dropna(subset="source_id")
    hour = caused["emitted_at"].dt.tz_convert(THAI).dt.hour
    stops = world.truth["emitter_stop"].merge(caused[["source_id", "emitted_at"]], on="source_id")
    stopped = (stops["emitted_at"] >= pd.to_datetime(stops["starts_at"])) & (
        stops["emitted_at"] < pd.to_datetime(stops["ends_at"])
    )
    operating = world.tables["factory"].query("status == 'operating'")["id"]

    assert hour[caused["shift"] == "day"].between(7, 17).all()
    assert hour[caused["shift"] == "night"].isin([19, 20, 21, 22, 23, 0, 1, 2, 3, 4, 5]).all()
    assert len(stops) > len(caused)
    assert not stopped.any()
    assert world.truth["emitter"]["factory_id"].dropna().isin(operating).all()


def test_no_category_tells_the_class_of_factory(world: World, complaints: pd.DataFrame) -> None:
    classes = world.tables["factory"].set_index("id")["factory_class"]
    caused = complaints.dropna(subset="factory_id")

    table = pd.crosstab(caused["factory_id"].map(classes), caused["category"])
    of_category = table / table.sum()
    background = complaints[complaints["kind"] == "background"]["category"].value_counts(True)

    assert of_category[[*AIRBORNE, "noise"]].max().max() < 0.45
    assert ((table > 0).sum(axis=1) >= 3).all()
    assert (background - caused["category"].value_counts(True)).abs().max() < 0.06


def test_people_complain_of_nothing_at_the_homes_where_they_complain_of_factories(
    complaints: pd.DataFrame,
) -> None:
    place = complaints["felt_lon"].astype(str) + " " + complaints["felt_lat"].astype(str)
    background = complaints["kind"] == "background"

    assert background.mean() == pytest.approx(0.35, abs=0.01)
    assert place[background].isin(place[~background]).mean() > 0.4


def test_unregistered_sources_send_what_factories_send(complaints: pd.DataFrame) -> None:
    unregistered = complaints[complaints["kind"] == "unregistered"]

    assert len(unregistered) / len(complaints) == pytest.approx(0.09, abs=0.02)
    assert unregistered["factory_id"].isna().all()
    assert unregistered["category"].isin(AIRBORNE).mean() > 0.8


def test_neighbouring_emitters_are_complained_of_within_two_hours(complaints: pd.DataFrame) -> None:
    caused = complaints[complaints["kind"] == "factory"]
    some = caused.sample(500, random_state=1)

    one, other = within(
        metres(some, "source_lon", "source_lat"), metres(caused, "source_lon", "source_lat"), 3_000
    )
    apart = caused["felt_at"].to_numpy()[other] - some["felt_at"].to_numpy()[one]
    at_once = np.abs(apart) < np.timedelta64(2, "h")
    another = caused["source_id"].to_numpy()[other] != some["source_id"].to_numpy()[one]

    assert (np.bincount(one, at_once & another, minlength=len(some)) > 0).mean() > 0.3


def test_most_reports_are_prompt_some_hours_late_some_at_noon_and_some_on_a_wrong_day(
    complaints: pd.DataFrame,
) -> None:
    late_h = (complaints["reported_at"] - complaints["felt_at"]) / pd.Timedelta(hours=1)
    fault = complaints["time_fault"]
    share = fault.value_counts(normalize=True)
    noon = complaints["reported_at"][fault == "noon"].dt.tz_convert(THAI)
    same_day = complaints["felt_at"][fault == "noon"].dt.tz_convert(THAI).dt.date == noon.dt.date

    assert late_h[fault == "prompt"].between(-0.001, 2).mean() > 0.98
    assert late_h[fault == "late"].between(5.99, 14.01).all()
    assert (noon.dt.strftime("%H:%M:%S") == "12:00:00").all()
    assert same_day.all()
    assert (late_h[fault == "wrong_date"].abs() > 20).all()
    assert share["prompt"] == pytest.approx(0.70, abs=0.02)
    assert share["late"] == pytest.approx(0.12, abs=0.01)
    assert min(share["noon"], share["wrong_date"]) > 0.015


def test_places_are_blurred_rounded_or_the_towns_middle(complaints: pd.DataFrame) -> None:
    away = np.hypot(*(metres(complaints) - metres(complaints, "felt_lon", "felt_lat")).T)
    fault = complaints["place_fault"]
    centre = complaints[fault == "centre"]

    assert away[fault == "exact"].max() < 1
    assert np.median(away[fault == "blurred"]) == pytest.approx(215, abs=40)
    rounded = complaints.loc[fault == "rounded", "lon"]
    assert (rounded == rounded.round(2)).all()
    assert len(centre[["lon", "lat"]].drop_duplicates()) == 3
    assert 0.7 < (fault == "exact").mean() < 0.85


def test_smells_travel_with_the_wind_and_noise_and_water_do_not(
    world: World, complaints: pd.DataFrame
) -> None:
    caused = complaints.dropna(subset="source_id").reset_index(drop=True)
    turn = turned_from_wind(world, caused, "emitted_at")
    airborne = caused["category"].isin(AIRBORNE)
    noise, water = caused["category"] == "noise", caused["category"] == "wastewater"

    def toward(some: pd.Series) -> float:
        return float(np.nanmean(np.cos(np.radians(turn[some.to_numpy()]))))

    assert toward(airborne) > 0.5
    assert abs(toward(noise)) < 0.08
    assert abs(toward(water)) < 0.25
    # A canal flows one way: of each source water comes to one side.
    side = np.radians(bearings(travelled(caused[water])))
    of_source = pd.DataFrame({"x": np.sin(side), "y": np.cos(side)}).groupby(
        caused["source_id"][water].to_numpy()
    )
    assert np.hypot(*of_source.mean()[of_source.size() > 20].to_numpy().T).min() > 0.9


def test_in_still_air_smells_stay_near_their_source_and_go_to_all_sides(
    world: World, complaints: pd.DataFrame
) -> None:
    caused = complaints[complaints["category"].isin(AIRBORNE)].dropna(subset="source_id")
    caused = caused.reset_index(drop=True)
    speed, turn = (
        wind_of(world, caused, "emitted_at")[0],
        turned_from_wind(world, caused, "emitted_at"),
    )
    away = np.hypot(*travelled(caused).T)
    still, windy = speed < 0.5, speed > 2

    assert np.median(away[still]) < 0.75 * np.median(away[windy])
    toward = [np.nanmean(np.cos(np.radians(turn[some]))) for some in (still, windy)]
    assert toward[0] < 0.4 < 0.75 < toward[1]
    # And there is more of it: more complaints an hour than in wind.
    assert 0.05 < still.mean() < 0.35


def test_distance_alone_is_poor_and_a_turned_wind_is_worse(
    world: World, complaints: pd.DataFrame
) -> None:
    caused = complaints[(complaints["kind"] == "factory") & complaints["category"].isin(AIRBORNE)]
    asked = caused.sample(4_000, random_state=2).reset_index(drop=True)

    found = {turned: first_upwind(world, asked, turned) for turned in (None, 0, 180)}

    assert found[None] < 0.25
    assert found[0] > 1.2 * found[None]
    assert found[180] < 0.5 * found[None]


def test_certified_factories_are_complained_of_less(world: World, complaints: pd.DataFrame) -> None:
    held = world.tables["green_certificate"]
    reached = pd.to_datetime(
        held[held["level"] >= CERTIFIED_LEVEL].groupby("factory_ref")["issued_on"].min()
    ).dt.tz_localize(THAI)
    caused = complaints[complaints["factory_id"].isin(reached.index)]
    first, last = complaints["emitted_at"].min(), complaints["emitted_at"].max()

    since = caused["factory_id"].map(reached)
    after = (caused["emitted_at"] >= since).groupby(caused["factory_id"]).agg(["sum", "size"])
    share = ((last - reached) / (last - first)).clip(0, 1).reindex(after.index)
    # Of a factory's complaints those after, if it were complained of as often as before.
    rate = after["sum"].sum() / (after["size"] - after["sum"]).sum()
    expected = share @ after["size"] / ((1 - share) @ after["size"])

    assert rate / expected - 1 == pytest.approx(CERTIFIED_EFFECT, abs=0.12)


def bearings(moved: Array) -> Array:
    return np.asarray(np.degrees(np.arctan2(moved[:, 0], moved[:, 1])))


def wind_of(world: World, frame: pd.DataFrame, moment: str) -> tuple[Array, Array]:
    """(speed, direction) that the nearest station with a working instrument wrote of the hour."""
    instruments = world.truth["instrument"].set_index("station_id")
    stations = world.tables["air_station"].set_index("id")
    working = stations[~instruments["dead"].reindex(stations.index)]
    tree = shapely.STRtree(np.asarray(shapely.points(metres(working))))
    nearest = working.index.to_numpy()[tree.nearest(shapely.points(metres(frame)))]
    asked = pd.MultiIndex.from_arrays(
        [nearest, frame[moment].dt.ceil("h").dt.strftime("%Y-%m-%dT%H:%M:%SZ")]
    )
    written = world.tables["air_measurement"].set_index(["station_id", "observed_at"])
    wind = written[["wind_speed_m_s", "wind_from_deg"]].reindex(asked)
    return wind["wind_speed_m_s"].to_numpy(), wind["wind_from_deg"].to_numpy()


def turned_from_wind(world: World, frame: pd.DataFrame, moment: str) -> Array:
    """By how much the way from source to home differs from straight downwind (degrees)."""
    return bearings(travelled(frame)) - wind_of(world, frame, moment)[1] - 180


def first_upwind(world: World, asked: pd.DataFrame, turned: int | None) -> float:
    """Of complaints how many a plain rule finds: the nearest factory, or that for which distance
    and the deviation from upwind, of a wind turned by so much, are least."""
    factories = world.tables["factory"]
    one, other = within(metres(asked), metres(factories), 4_000)
    way = metres(asked)[one] - metres(factories)[other]
    away = np.hypot(*way.T) + 50
    score = -np.log(away) - away / 700
    if turned is not None:
        speed, from_deg = wind_of(world, asked, "reported_at")
        known = (speed >= 0.5) & np.isfinite(from_deg)
        turn = bearings(way) - from_deg[one] - 180 + turned
        score += np.where(known[one], 2 * np.cos(np.radians(np.nan_to_num(turn))), 0)
    best = pd.Series(score).groupby(one).idxmax()
    found = factories["id"].to_numpy()[other[best]]
    truth = asked["factory_id"].to_numpy()[one[best]]
    return float((found == truth).sum() / len(asked))
