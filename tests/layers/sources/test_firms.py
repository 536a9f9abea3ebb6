"""FIRMS: two instruments, files without times, and what is missing staying so."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from layers.model import Ask, Delivery, Rejected, UnexpectedPayload, UnusableSetting
from layers.sources.firms import SOURCE
from tests.layers.sources.reading import RECEIVED, SAMPLES, parsed, values_of, written

FOLDER = SAMPLES / "firms"
HEADER = (
    "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,"
    "confidence,version,bright_ti5,frp,daynight"
)
SETTINGS = {s.variable: s.default for s in SOURCE.settings if s.default is not None}


def line(**changes: str) -> str:
    """A row of the area API."""
    cells = "17.57815,100.36156,333.77,0.39,0.59,2026-04-21,559,N,VIIRS,n,2.0NRT,299.45,4.0,D"
    values = dict(zip(HEADER.split(","), cells.split(","), strict=True))
    return ",".join((values | changes).values())


def read(path: Path, *lines: str, area: str = "") -> list[dict[str, Any]]:
    file = written(path / "area.csv", "\n".join([HEADER, *lines]))
    rows, rejected = parsed(SOURCE, file, area=area) if area else parsed(SOURCE, file)
    assert rejected == []
    return values_of(rows, "hotspot")


def refused(path: Path, *lines: str) -> list[Rejected]:
    return parsed(SOURCE, written(path / "area.csv", "\n".join([HEADER, *lines])))[1]


def test_a_viirs_row_is_read_in_full() -> None:
    rows, _ = parsed(SOURCE, FOLDER / "live.csv")

    assert (len(rows), rows[0].values) == (
        10,
        {
            "acquired_at": datetime(2026, 4, 21, 5, 59, tzinfo=UTC),
            "time_precision": "minute",
            "lon": 100.36156,
            "lat": 17.57815,
            "instrument": "VIIRS",
            "satellite": "N",
            "processing": "NRT",
            "version": "2.0NRT",
            "confidence": "nominal",
            "frp_mw": 4.0,
            "brightness_k": 333.77,
            "background_k": 299.45,
            "scan_km": 0.39,
            "track_km": 0.59,
            "daynight": "D",
            "fire_type": None,
            "covers": None,
            "source": "firms",
        },
    )


def test_modis_has_percents_and_no_class() -> None:
    first = values_of(parsed(SOURCE, FOLDER / "modis.geojson")[0], "hotspot")[0]

    assert (first["instrument"], first["satellite"]) == ("MODIS", "T")
    assert "confidence" not in first
    assert 0 <= first["confidence_pct"] <= 100
    assert first["background_k"] < first["brightness_k"]


def test_a_viirs_row_with_a_percent_is_refused(tmp_path: Path) -> None:
    (bad,) = refused(tmp_path, line(confidence="65"))

    assert bad.reason == "satellite or confidence is not one we know"
    assert "'65'" in bad.detail


def test_a_blank_frp_stays_unknown(tmp_path: Path) -> None:
    (row,) = read(tmp_path, line(frp="", daynight=""))

    assert (row["frp_mw"], row["daynight"]) == (None, None)


def test_a_reduced_file_gives_a_window_and_invents_nothing() -> None:
    first = values_of(parsed(SOURCE, FOLDER / "points_2day_2023-04-04.csv")[0], "hotspot")[0]

    assert first == {
        "acquired_at": datetime(2023, 4, 4, 23, 59, tzinfo=UTC),
        "acquired_from": datetime(2023, 4, 3, tzinfo=UTC),
        "time_precision": "window",
        "lon": 104.5341,
        "lat": 15.6648,
        "brightness_k": 335.85,
        "source": "firms",
    }


def test_a_reduced_file_without_a_window_in_its_name_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "fire.csv", "latitude,longitude,brightness\n15.6,104.5,335.85")

    with pytest.raises(UnexpectedPayload, match=r"fire\.csv has no times: name the window"):
        parsed(SOURCE, path)


def test_standard_processing_says_what_it_covers(tmp_path: Path) -> None:
    row = line(version="2.0")

    (filed,) = read(tmp_path, row)
    (asked,) = read(tmp_path, row, area="97.3,5.6,105.7,20.5")

    assert (filed["processing"], filed["covers"]) == ("SP", "area.csv")
    assert asked["covers"] == "97.3,5.6,105.7,20.5"


def test_bad_rows_are_told_apart_with_line_and_reason(tmp_path: Path) -> None:
    found = refused(
        tmp_path, line(latitude="175.7"), line(), line(acq_date="2026-04-31"), "17.5,100.3,333"
    )

    assert [(r.record.line, r.reason) for r in found] == [
        (2, "no usable coordinates"),
        (4, "acquisition time cannot be read"),
        (5, "cells do not fit the header"),
    ]


def test_an_error_in_plain_words_is_no_empty_world(tmp_path: Path) -> None:
    with pytest.raises(UnexpectedPayload, match=r"Invalid MAP_KEY\."):
        parsed(SOURCE, written(tmp_path / "area.csv", "Invalid MAP_KEY.\n"))


def test_a_header_alone_is_told() -> None:
    assert SOURCE.warn is not None
    assert "no fire seen, or no data" in str(SOURCE.warn(0, Delivery("area.csv", RECEIVED)))
    assert SOURCE.warn(1, Delivery("area.csv", RECEIVED)) is None


def asked(**settings: str) -> list[str]:
    return asked_after(None, **settings)


def asked_after(known_until: datetime | None, **settings: str) -> list[str]:
    """Of a feed that was read until then before."""
    assert SOURCE.requests is not None
    ask = Ask(RECEIVED, SETTINGS | {"FAHSAI_FIRMS_KEY": "key"} | settings, known_until)
    return [request.url for request in SOURCE.requests(ask)]


def test_each_product_is_asked_for_the_box_and_the_days() -> None:
    base = "https://firms.modaps.eosdis.nasa.gov/api/area/csv/key"

    assert asked(FAHSAI_FIRMS_SOURCES="VIIRS_SNPP_NRT, MODIS_NRT") == [
        f"{base}/VIIRS_SNPP_NRT/97.3,5.6,105.7,20.5/2",
        f"{base}/MODIS_NRT/97.3,5.6,105.7,20.5/2",
    ]
    assert asked(
        FAHSAI_FIRMS_SOURCES="VIIRS_SNPP_SP", FAHSAI_FIRMS_DAYS="5", FAHSAI_FIRMS_SINCE="2026-01-04"
    ) == [f"{base}/VIIRS_SNPP_SP/97.3,5.6,105.7,20.5/5/{date(2026, 1, 4)}"]


@pytest.mark.parametrize(
    ("days_ago", "periods"),
    [
        (0, [("2", None)]),
        (1, [("2", None)]),
        (2, [("3", 2)]),
        (6, [("5", 6), ("2", 1)]),
        # No further back than a month.
        (400, [("5", 29), ("5", 24), ("5", 19), ("5", 14), ("5", 9), ("5", 4)]),
    ],
)
def test_a_feed_that_was_not_asked_for_days_is_asked_for_all_of_them(
    days_ago: int, periods: list[tuple[str, int | None]]
) -> None:
    known = RECEIVED - timedelta(days=days_ago)

    found = asked_after(known, FAHSAI_FIRMS_SOURCES="MODIS_NRT")

    firsts = {back: f"/{RECEIVED.date() - timedelta(days=back)}" for _, back in periods if back}
    firsts[0] = ""
    assert [url.partition("20.5/")[2] for url in found] == [
        f"{days}{firsts[back or 0]}" for days, back in periods
    ]
    # Whoever names the first day is given that.
    assert (
        len(asked_after(known, FAHSAI_FIRMS_SINCE="2026-01-04", FAHSAI_FIRMS_SOURCES="MODIS_NRT"))
        == 1
    )


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("FAHSAI_FIRMS_KEY", ""),
        ("FAHSAI_FIRMS_AREA", "105.7,5.6,97.3,20.5"),
        ("FAHSAI_FIRMS_AREA", "world"),
        ("FAHSAI_FIRMS_DAYS", "6"),
        ("FAHSAI_FIRMS_SINCE", "4 January"),
        ("FAHSAI_FIRMS_SOURCES", "VIIRS"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(variable: str, value: str) -> None:
    with pytest.raises(UnusableSetting, match=variable):
        asked(**{variable: value})


@pytest.mark.parametrize("day", ["1889-04-21", "0001-01-01", "2199-12-31"])
def test_a_day_of_another_age_is_no_observation(day: str, tmp_path: Path) -> None:
    (found,) = refused(tmp_path, line(acq_date=day))

    assert found.reason == "time is not that of an observation"
    assert day in found.detail


def test_a_code_for_day_and_night_that_we_do_not_know_is_quarantined(tmp_path: Path) -> None:
    (found,) = refused(tmp_path, line(daynight="X"))

    assert found.reason == "daynight is not D or N"


@pytest.mark.parametrize("window", ["2day_2023-13-45", "0day_2023-04-04", "2day_2566-04-04"])
def test_a_window_that_cannot_be_is_no_window(window: str, tmp_path: Path) -> None:
    reduced = written(
        tmp_path / f"points_{window}.csv", "latitude,longitude,brightness\n15,100,330\n"
    )

    with pytest.raises(UnexpectedPayload, match="name the window in the file's name"):
        parsed(SOURCE, reduced)
