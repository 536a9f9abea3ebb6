"""What makes the simulated detections a test of methods: several satellites see one fire, pixels
grow to the edge of the swath, cane burns around mills, and some heat stays all year."""

import numpy as np
import pandas as pd
import pytest
import shapely

from geo_api.demo.ground import M_PER_DEGREE_LAT, M_PER_DEGREE_LON, Array
from geo_api.demo.satellites import PLATFORMS, footprint
from geo_api.demo.world import World

METRES = np.array([M_PER_DEGREE_LON, M_PER_DEGREE_LAT])
KEY = ["satellite", "acquired_at", "lon", "lat"]


@pytest.fixture(scope="module")
def seen(world: World) -> pd.DataFrame:
    """Every detection with the fire that it is of."""
    found = world.tables["hotspot"].merge(world.truth["fire_event"], on=KEY)
    fires = world.truth["fire"].drop(columns="kind")
    found = found.merge(fires, on="event_id", suffixes=("", "_fire"))
    return found.assign(acquired_at=pd.to_datetime(found["acquired_at"]))


def metres(frame: pd.DataFrame, lon: str = "lon", lat: str = "lat") -> Array:
    return np.asarray(frame[[lon, lat]].to_numpy(dtype=float) * METRES)


def test_every_detection_is_of_one_true_event_while_it_burns(
    world: World, seen: pd.DataFrame
) -> None:
    within = seen["acquired_at"].between(
        pd.to_datetime(seen["starts_at"]), pd.to_datetime(seen["ends_at"])
    )

    assert len(seen) == len(world.tables["hotspot"]) == len(world.truth["fire_event"])
    assert within.all()


def test_many_fires_are_seen_by_several_satellites_and_some_by_none(
    world: World, seen: pd.DataFrame
) -> None:
    fires = world.truth["fire"]
    satellites = seen[seen["kind"] == "vegetation"].groupby("event_id")["satellite"].nunique()

    assert (satellites > 1).mean() > 0.4
    assert (satellites == 1).mean() > 0.1
    assert 0.1 < (fires["detections"] == 0).mean() < 0.7


def test_detections_lie_within_a_pixel_of_their_fire(seen: pd.DataFrame) -> None:
    away = np.abs(metres(seen) - metres(seen, "lon_fire", "lat_fire"))
    reach = seen["radius_m"].to_numpy()[:, None] + 510 * seen[["scan_km", "track_km"]].to_numpy()

    assert (away <= reach).all()


def test_a_pass_sees_all_within_minutes(seen: pd.DataFrame) -> None:
    day = seen[(seen["satellite"] == "N20") & (seen["daynight"] == "D")]
    hour = day["acquired_at"].dt.tz_convert("Asia/Bangkok").dt.hour

    assert hour.between(11, 15).all()
    same = day.groupby(day["acquired_at"].dt.date)["acquired_at"].agg(["min", "max", "size"])
    busy = same[same["size"] > 10]
    # One orbit, or two neighbours a hundred minutes apart.
    assert (busy["max"] - busy["min"]).max() < pd.Timedelta(minutes=115)
    assert (busy["max"] - busy["min"]).median() < pd.Timedelta(minutes=110)


@pytest.mark.parametrize(
    ("letter", "nadir", "edge"),
    [
        # VIIRS pixels of shared/data/hotspots_firms: scan 0.32 to 0.8, track 0.36 to 0.78 km.
        pytest.param("N20", (0.375, 0.375), (0.80, 0.79), id="VIIRS"),
        # MODIS at the edge of its swath: 4.8 by 2.0 km (FIRMS's frequently asked questions).
        pytest.param("A", (1.0, 1.0), (4.8, 2.0), id="MODIS"),
    ],
)
def test_pixels_grow_to_the_edge_of_the_swath(
    letter: str, nadir: tuple[float, float], edge: tuple[float, float]
) -> None:
    [platform] = [one for one in PLATFORMS if one.letter == letter]

    below = footprint(platform, np.array([0.0]))
    outside = footprint(platform, np.array([platform.half_swath_km]))

    assert [float(size[0]) for size in below] == pytest.approx(nadir, abs=0.01)
    assert [float(size[0]) for size in outside] == pytest.approx(edge, rel=0.06)


def test_sizes_of_pixels_are_as_in_the_real_files(seen: pd.DataFrame) -> None:
    viirs = seen[seen["instrument"] == "VIIRS"]

    assert viirs["scan_km"].between(0.31, 0.82).all()
    assert viirs["track_km"].between(0.36, 0.8).all()
    assert seen["scan_km"].max() > 3.5


def test_static_heat_stands_at_plants_and_is_seen_in_every_season(
    world: World, seen: pd.DataFrame
) -> None:
    static = seen[seen["kind"] == "industrial_static"]
    places = world.truth["fire"].query("kind == 'industrial_static'")
    season = static["acquired_at"].dt.tz_convert("Asia/Bangkok") - pd.Timedelta(days=304)
    known = pd.concat([world.tables["factory"], world.tables["power_plant"]])

    tree = shapely.STRtree(np.asarray(shapely.points(metres(known))))
    near = tree.query(shapely.points(metres(places)), predicate="dwithin", distance=250)[0]

    assert len(static) / len(seen) == pytest.approx(0.06, abs=0.01)
    assert static.groupby("event_id").size().min() > 5
    assert (static.groupby("event_id")["acquired_at"].agg(lambda t: t.dt.year.nunique()) >= 3).all()
    assert (season.dt.month.value_counts(normalize=True) > 0.04).all()
    assert set(near) == set(range(len(places)))
    assert places["factory_id"].notna().any()
    assert places["plant_id"].notna().any()


def test_cane_burns_around_its_mill(world: World, seen: pd.DataFrame) -> None:
    cane = seen[seen["land_use"] == "sugarcane"]
    mills = world.tables["factory"].set_index("id").loc[cane["mill_id"]]
    of_mill = cane["mill_id"].value_counts()

    away_km = np.hypot(*(metres(cane, "lon_fire", "lat_fire") - metres(mills)).T) / 1000

    assert (mills["factory_class"] == "01103").all()
    assert np.abs(away_km - cane["mill_km"]).max() < 0.05
    assert away_km.max() < 51
    assert of_mill.max() > 2 * of_mill.median()
