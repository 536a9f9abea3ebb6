"""How reports become hotspots: one per detection, whoever reported it and in whatever order."""

from datetime import UTC, datetime, timedelta
from itertools import count, permutations
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.runs import Tally
from geo_api.ingest.loading import Loader
from layers.model import Row

RUNS = count(1)
PASS = datetime(2026, 1, 4, 18, 38, tzinfo=UTC)
COVERED = "97,5,106,21"

Report = dict[str, Any]


def firms(**changes: Any) -> Report:
    """A near-real-time detection as FIRMS reports it."""
    return {
        "acquired_at": PASS,
        "time_precision": "minute",
        "lon": 99.14915,
        "lat": 8.56638,
        "instrument": "VIIRS",
        "satellite": "N",
        "processing": "NRT",
        "confidence": "nominal",
        "brightness_k": 336.52,
        "frp_mw": 0.44,
        "source": "firms",
    } | changes


def gistda(**changes: Any) -> Report:
    """The same detection as GISTDA passes it on: no brightness, a rounded power, a place."""
    told = {"land_use": "sugarcane", "land_use_code": "A203", "province_th": "สุราษฎร์ธานี"}
    silent = {"processing": None, "brightness_k": None}
    return firms() | silent | told | {"frp_mw": 0.4, "source": "gistda"} | changes


def standard(**changes: Any) -> Report:
    """Derived from `firms` by hand: what standard processing might make of it, 50 m away."""
    moved = {"lon": 99.1496, "lat": 8.56638, "acquired_at": PASS + timedelta(minutes=1)}
    return firms() | moved | {"processing": "SP", "frp_mw": 0.5, "covers": COVERED} | changes


def windowed(**changes: Any) -> Report:
    """The same detection in a reduced file of two days."""
    until = PASS.replace(hour=23, minute=59)
    known = {"lon": 99.14915, "lat": 8.56638, "brightness_k": 336.52, "source": "firms"}
    window = {"acquired_at": until, "acquired_from": until - timedelta(days=2, minutes=-1)}
    return known | window | {"time_precision": "window"} | changes


def load(connection: Connection, *reports: Report) -> tuple[int, int, int]:
    """One run; how many hotspots are new, changed and unchanged."""
    tally = Tally()
    with connection.cursor() as cursor:
        loader = Loader(cursor, ["hotspot"])
        for report in reports:
            loader.add(Row("hotspot", report))
        loader.merge_table("hotspot", next(RUNS), tally)
        cursor.execute("DROP TABLE staged_hotspot, merge_finding")
    return tally.inserted, tally.updated, tally.unchanged


def fetched(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def known(connection: Connection, *fields: str, of: str = "published.hotspots") -> list[Any]:
    """The fields of all hotspots, by id."""
    return fetched(connection, f"SELECT {', '.join(fields)} FROM {of} ORDER BY id")


# --- one detection ----------------------------------------------------------------------------


def test_a_report_is_published_with_all_it_says(connection: Connection) -> None:
    load(connection, gistda(), firms(instrument="MODIS", confidence=None, confidence_pct=65))

    modis, viirs = known(
        connection, "id", "observed_at", "confidence", "confidence_pct", "land_use", "sources"
    )
    assert modis == ("202601041838-M-w1w88pqny8u", PASS, None, 65, None, "firms")
    assert viirs == ("202601041838-V-w1w88pqny8u", PASS, "nominal", None, "sugarcane", "gistda")


@pytest.mark.parametrize("order", [*permutations((firms(), gistda()))])
def test_two_providers_of_one_detection_make_one_hotspot(
    connection: Connection, order: tuple[Report, ...]
) -> None:
    results = [load(connection, report) for report in order]

    assert results == [(1, 0, 0), (0, 1, 0)]
    assert known(connection, "frp_mw", "brightness_k", "land_use", "processing", "sources") == [
        (0.44, 336.52, "sugarcane", "NRT", "firms, gistda")
    ]


def test_a_report_told_twice_changes_nothing(connection: Connection) -> None:
    assert load(connection, firms(), firms()) == (1, 0, 0)
    assert load(connection, firms(), firms()) == (0, 0, 1)
    assert known(connection, "sources") == [("firms",)]


def test_known_values_are_never_erased(connection: Connection) -> None:
    load(connection, firms())

    assert load(connection, firms(frp_mw=None, daynight="N"), firms(frp_mw=None)) == (0, 1, 0)
    assert known(connection, "frp_mw", "daynight") == [(0.44, "N")]


def test_of_two_reports_in_one_run_each_tells_what_it_knows(connection: Connection) -> None:
    load(connection, firms(daynight="N"), firms(frp_mw=None), firms(scan_km=0.4))

    assert known(connection, "frp_mw", "daynight", "scan_km") == [(0.44, "N", 0.4)]


def test_of_reports_in_one_run_the_last_delivered_is_the_freshest(connection: Connection) -> None:
    powers = [3.0, 1.0, 2.0]

    load(connection, *(firms(frp_mw=power) for power in powers))

    assert known(connection, "frp_mw") == [(2.0,)]


def test_the_order_of_delivery_is_not_that_in_which_rows_lie(connection: Connection) -> None:
    with connection.cursor() as cursor:
        loader = Loader(cursor, ["hotspot"])
        for power in (1.0, 2.0):
            loader.add(Row("hotspot", firms(frp_mw=power)))
        loader._buffers["hotspot"].flush()
        # The first one delivered is written once more, and lies behind the other.
        cursor.execute("UPDATE staged_hotspot SET daynight = 'N' WHERE frp_mw = 1")

        loader.merge_table("hotspot", next(RUNS), Tally())

    assert known(connection, "frp_mw", "daynight") == [(2.0, "N")]


def test_a_correction_of_the_same_provider_is_believed(connection: Connection) -> None:
    load(connection, firms(confidence="low"))

    assert load(connection, firms(confidence="high")) == (0, 1, 0)
    assert known(connection, "confidence") == [("high",)]


@pytest.mark.parametrize("order", [*permutations(("URT", "RT", "NRT"))])
def test_of_hasty_gradings_the_best_stays(connection: Connection, order: tuple[str, ...]) -> None:
    for grade in order:
        load(connection, firms(processing=grade, version=f"6.1{grade}"))

    assert known(connection, "processing") == [("NRT",)]


def test_neighbouring_pixels_and_minutes_are_other_detections(connection: Connection) -> None:
    others = [firms(lon=99.14916), firms(acquired_at=PASS + timedelta(minutes=1))]

    assert load(connection, firms(), *others) == (3, 0, 0)


def test_float_noise_in_a_position_makes_no_other_detection(connection: Connection) -> None:
    assert load(connection, firms(), firms(lon=99.1491500002, lat=8.5663799999)) == (1, 0, 0)


def test_months_far_apart_make_no_partitions_between(connection: Connection) -> None:
    load(connection, firms(), firms(acquired_at=datetime(2001, 2, 3, tzinfo=UTC)))

    parts = fetched(
        connection, "SELECT inhrelid::regclass::text FROM pg_inherits JOIN pg_class AS c"
        " ON c.oid = inhparent WHERE c.relname = 'hotspot' ORDER BY 1"
    )  # fmt: skip
    assert parts == [("hotspot_2001_02",), ("hotspot_2026_01",)]


def test_a_new_month_has_every_index_and_rule_of_the_others(connection: Connection) -> None:
    load(connection, firms(), firms(acquired_at=PASS + timedelta(days=31)))

    counted = "SELECT count(*), count(DISTINCT regexp_replace({}, '2026_0[12]', '', 'g')) FROM {}"
    for definition, found in (
        ("indexdef", "pg_indexes WHERE tablename LIKE 'hotspot_2026%'"),
        ("pg_get_constraintdef(oid)", "pg_constraint WHERE conrelid::regclass::text ~ '_2026_'"),
    ):
        ((number, kinds),) = fetched(connection, counted.format(definition, found))
        assert number == 2 * kinds > 2


def test_new_and_known_months_are_told_apart_in_one_run(connection: Connection) -> None:
    load(connection, firms())
    later = firms(acquired_at=PASS + timedelta(days=31))

    assert load(connection, firms(daynight="N"), later, firms(lon=99.2)) == (2, 1, 0)
    assert load(connection, later, later, firms(lon=99.2)) == (0, 0, 2)


def test_a_new_month_is_a_new_version_of_the_data(connection: Connection) -> None:
    load(connection, firms())

    noted = fetched(connection, "SELECT count(*) FROM data_version WHERE table_name = 'hotspot'")
    assert noted == [(1,)]


# --- files without times ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "order", [*permutations((firms(), gistda(brightness_k=336.52), windowed()))]
)
def test_a_windowed_report_joins_the_exact_one(
    connection: Connection, order: tuple[Report, ...]
) -> None:
    for report in order:
        load(connection, report)

    assert [load(connection, report) for report in order] == [(0, 0, 1)] * 3
    assert known(connection, "time_precision", "observed_from", "observed_at", "sources") == [
        ("minute", None, PASS, "firms, gistda")
    ]


def test_a_windowed_report_tells_gistda_s_hotspot_that_nasa_saw_it(connection: Connection) -> None:
    load(connection, gistda(brightness_k=336.52))
    load(connection, windowed())

    assert known(connection, "sources", "instrument") == [("firms, gistda", "VIIRS")]


@pytest.mark.parametrize(
    "other",
    [
        {"brightness_k": 336.53},
        {"lon": 99.14916},
        {"acquired_at": PASS + timedelta(days=1)},
        {"acquired_at": PASS - timedelta(days=2)},
    ],
)
def test_what_differs_or_lies_outside_the_window_is_another(
    connection: Connection, other: Report
) -> None:
    load(connection, windowed())
    load(connection, firms(**other))

    assert fetched(connection, "SELECT count(*) FROM hotspot") == [(2,)]


@pytest.mark.parametrize("late", [0, 1])
def test_windows_that_overlap_narrow_each_other(connection: Connection, late: int) -> None:
    first = windowed()
    second = windowed(
        acquired_at=first["acquired_at"] + timedelta(days=1),
        acquired_from=first["acquired_from"] + timedelta(days=1),
    )
    for report in ((first, second), (second, first))[late]:
        load(connection, report)

    assert known(connection, "observed_from", "observed_at") == [
        (PASS.replace(hour=0, minute=0), PASS.replace(hour=23, minute=59))
    ]
    assert load(connection, first) == (0, 0, 1)
    assert load(connection, second) == (0, 0, 1)


# --- standard processing ----------------------------------------------------------------------


@pytest.mark.parametrize("order", [*permutations((firms(), gistda(), standard()))])
def test_standard_processing_replaces_the_day_in_whatever_order(
    connection: Connection, order: tuple[Report, ...]
) -> None:
    for report in order:
        load(connection, report)

    assert known(connection, "processing", "frp_mw", "sources") == [("SP", 0.5, "firms")]
    assert known(connection, "id", "replaced_at IS NOT NULL", of="hotspot_history") == [
        ("202601041838-V-w1w88pqny8u", True)
    ]
    assert known(connection, "land_use", "province_th", "flag") == [
        ("sugarcane", "สุราษฎร์ธานี", "place_carried_over")
    ]
    assert [load(connection, report) for report in order] == [(0, 0, 1)] * 3


@pytest.mark.parametrize(
    "order",
    [*permutations((firms(satellite="N20"), gistda(satellite=None), standard(satellite="N20")))],
)
def test_a_satellite_that_gistda_does_not_name_is_learnt_from_nasa_s_report(
    connection: Connection, order: tuple[Report, ...]
) -> None:
    for report in order:
        load(connection, report)

    assert known(connection, "processing", "land_use") == [("SP", "sugarcane")]
    assert known(connection, "processing", "satellite", of="hotspot_history") == [("NRT", "N20")]
    assert [load(connection, report) for report in order] == [(0, 0, 1)] * 3


def test_reports_of_one_run_learn_their_satellite_from_each_other(connection: Connection) -> None:
    load(connection, gistda(satellite=None), standard(), firms())

    assert known(connection, "processing", "land_use") == [("SP", "sugarcane")]
    assert known(connection, "sources", of="hotspot_history") == [(["firms", "gistda"],)]


@pytest.mark.parametrize("order", [1, -1])
def test_what_standard_processing_left_blank_of_a_pixel_stays_known(
    connection: Connection, order: int
) -> None:
    blank = standard(lon=99.14915, acquired_at=PASS, brightness_k=None, frp_mw=None)
    for report in (firms(), blank)[::order]:
        load(connection, report)

    assert load(connection, *(firms(), blank)[::order])[:2] == (0, 0)
    assert fetched(connection, "SELECT processing, brightness_k, frp_mw FROM hotspot") == [
        ("SP", 336.52, 0.44)
    ]


def test_what_was_replaced_stays_readable_as_it_was(connection: Connection) -> None:
    load(connection, firms())
    load(connection, standard())

    old = known(connection, "acquired_at", "frp_mw", "processing", "sources", of="hotspot_history")
    assert old == [(PASS, 0.44, "NRT", ["firms"])]
    assert fetched(
        connection,
        "SELECT h.replaced_by_run = s.run_id AND h.run_id < s.run_id"
        " FROM hotspot_history AS h, standard_day AS s",
    ) == [(True,)]


def test_both_gradings_in_one_run_end_the_same(connection: Connection) -> None:
    assert load(connection, firms(), standard()) == (2, 0, 0)
    assert known(connection, "processing") == [("SP",)]
    assert known(connection, "processing", of="hotspot_history") == [("NRT",)]


def test_standard_processing_at_the_very_same_place_still_replaces(connection: Connection) -> None:
    load(connection, firms())
    load(connection, standard(lon=99.14915, acquired_at=PASS))

    assert known(connection, "processing") == [("SP",)]
    assert known(connection, "frp_mw", of="hotspot_history") == [(0.44,)]


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"satellite": "N20"},
        {"satellite": None},
        {"acquired_at": PASS + timedelta(days=1)},
        {"lon": 96.99999},
        {"lat": 21.00001},
    ],
)
def test_other_satellites_days_and_places_are_left_alone(
    connection: Connection, elsewhere: Report
) -> None:
    load(connection, firms(**elsewhere))
    load(connection, standard())
    load(connection, firms(**elsewhere))

    assert fetched(connection, "SELECT count(*) FROM hotspot") == [(2,)]
    assert known(connection, "id", of="hotspot_history") == []


def test_a_file_covers_the_box_around_its_rows_and_no_gap_between_files(
    connection: Connection,
) -> None:
    load(connection, firms(lat=8.5), firms(lat=9.5), firms(lat=10.5))
    south = [standard(covers="south.csv", lon=lon, lat=lat) for lon, lat in ((99, 8), (100, 9))]
    north = [standard(covers="north.csv", lon=lon, lat=lat) for lon, lat in ((99, 10), (100, 11))]

    load(connection, *south, *north)

    assert known(connection, "processing", "round(ST_Y(geom)::numeric, 1)") == [
        ("NRT", 9.5), ("SP", 8), ("SP", 9), ("SP", 10), ("SP", 11)
    ]  # fmt: skip


def test_a_place_is_not_carried_beyond_a_pixel_or_to_another_pass(connection: Connection) -> None:
    load(connection, gistda())
    load(
        connection,
        standard(lon=99.153),  # 424 m
        standard(acquired_at=PASS + timedelta(minutes=11)),
    )

    assert known(connection, "land_use", "flag") == [(None, None), (None, None)]


def test_a_windowed_report_of_what_was_replaced_is_not_a_hotspot(connection: Connection) -> None:
    load(connection, firms())
    load(connection, standard())

    assert load(connection, windowed()) == (0, 0, 1)
    assert known(connection, "processing") == [("SP",)]
