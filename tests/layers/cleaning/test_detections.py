"""How fire products write times, satellites, confidence and the grade of processing."""

from datetime import UTC, datetime

import pytest

from layers.cleaning.detections import confidence_class, processing, satellite, utc_minute


@pytest.mark.parametrize(
    ("written", "hour", "minute"),
    [
        ("3", 0, 3),
        ("35", 0, 35),
        ("149", 1, 49),
        ("0149", 1, 49),
        ("01:49", 1, 49),
        ("1838", 18, 38),
    ],
)
def test_a_time_may_lack_its_leading_zeros_or_have_a_colon(
    written: str, hour: int, minute: int
) -> None:
    assert utc_minute("2026-04-21", written) == datetime(2026, 4, 21, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("N", ("VIIRS", "N")),
        ("Suomi-NPP", ("VIIRS", "N")),
        ("Suomi NPP", ("VIIRS", "N")),
        ("noaa20", ("VIIRS", "N20")),
        ("NOAA-21", ("VIIRS", "N21")),
        ("aqua", ("MODIS", "A")),
    ],
)
def test_a_satellite_is_known_by_its_letter_and_its_names(
    written: str, found: tuple[str, str]
) -> None:
    assert satellite(written) == found


@pytest.mark.parametrize("day", ["2026-04-21", "2026/04/21", "2026-04-21T00:00:00"])
def test_a_day_is_written_in_three_ways(day: str) -> None:
    assert utc_minute(day, "0") == datetime(2026, 4, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "time"),
    [("2026-04-31", "1"), ("2026-04-21", "2460"), ("2026-04-21", "12345"), ("", "1")],
)
def test_what_is_no_minute_is_refused(day: str, time: str) -> None:
    with pytest.raises(ValueError):
        utc_minute(day, time)


def test_satellites_are_known_by_all_their_names() -> None:
    assert [satellite(name) for name in ("N", "1", "N20", "Terra", "A")] == [
        ("VIIRS", "N"),
        ("VIIRS", "N20"),
        ("VIIRS", "N20"),
        ("MODIS", "T"),
        ("MODIS", "A"),
    ]
    with pytest.raises(ValueError, match="'L8' is none of"):
        satellite("L8")


def test_confidence_classes_are_letters_or_words() -> None:
    assert [confidence_class(c) for c in ("l", "n", "h", "Nominal")] == [
        "low",
        "nominal",
        "high",
        "nominal",
    ]
    with pytest.raises(ValueError, match="not low, nominal or high"):
        confidence_class("65")


def test_a_version_without_a_suffix_is_standard_processing() -> None:
    assert [processing(v) for v in ("2.0NRT", "6.1URT", "6.1RT", "6.1")] == [
        "NRT",
        "URT",
        "RT",
        "SP",
    ]
