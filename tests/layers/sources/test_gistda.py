"""GISTDA: one detection in many spellings, its Thai attributes, and rows that are no detection."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from layers.model import Ask, Delivery, Request, UnusableSetting
from layers.sources.gistda import SOURCE
from tests.layers.sources.reading import RECEIVED, SAMPLES, parsed, values_of, written

FOLDER = SAMPLES / "gistda"
SETTINGS = {s.variable: s.default for s in SOURCE.settings if s.default is not None}


def hotspots(name: str) -> list[dict[str, Any]]:
    return values_of(parsed(SOURCE, FOLDER / name)[0], "hotspot")


def test_a_row_of_the_national_file_is_read_in_full() -> None:
    assert hotspots("national.csv")[0] == {
        "acquired_at": datetime(2026, 1, 4, 18, 38, tzinfo=UTC),
        "time_precision": "minute",
        "lon": 99.14915,
        "lat": 8.56638,
        "instrument": "VIIRS",
        "satellite": "N",
        "processing": None,
        "version": None,
        "confidence": "nominal",
        "frp_mw": 0.44,
        "brightness_k": None,
        "background_k": None,
        "scan_km": None,
        "track_km": None,
        "gistda_id": "VI1202601041838w1w88pqny8",
        "land_use": "other_agriculture",
        "land_use_code": "A999",
        "land_use_th": "เกษตรอื่น ๆ",
        "land_tenure": "agriculture",
        "land_tenure_code": "5",
        "land_tenure_th": "พื้นที่เกษตร",
        "province_th": "สุราษฎร์ธานี",
        "district_th": "พระแสง",
        "subdistrict_th": "ไทรขึง",
        "village_th": "บ้านน้ำดำ",
        "source": "gistda",
    }


def test_only_the_platform_that_files_confirm_is_named() -> None:
    found = [(row["gistda_id"][:3], row["satellite"]) for row in hotspots("national.csv")]

    assert found == [("VI1", "N"), ("VI2", None), ("VI3", None), ("VI1", "N")]


def test_the_api_and_the_file_say_the_same() -> None:
    live, filed = hotspots("live.json")[0], hotspots("national.csv")[0]

    assert live == filed


def test_spreadsheet_dates_and_points_in_multipoints_are_read() -> None:
    first, twin, april = hotspots("exported.geojson")

    assert first == twin
    assert first["acquired_at"] == datetime(2025, 1, 28, 18, 23, tzinfo=UTC)
    assert (first["lon"], first["lat"]) == (99.90539, 16.09609)
    assert april["acquired_at"] == datetime(2023, 4, 4, 7, 3, tzinfo=UTC)


def test_the_point_is_that_of_the_attributes_not_the_noisy_one() -> None:
    april = hotspots("exported.geojson")[2]

    assert (april["lon"], april["lat"]) == (99.60633, 16.42054)


def test_an_invented_sample_is_quarantined() -> None:
    _, rejected = parsed(SOURCE, FOLDER / "exported.geojson")

    assert [(r.record.line, r.reason, r.stored) for r in rejected] == [
        (4, "looks like an invented sample", False)
    ]


def national(path: Path, **changes: str) -> Path:
    """The national file's first row, changed."""
    header, first = (FOLDER / "national.csv").read_text("utf-8-sig").splitlines()[:2]
    values = dict(zip(header.split(","), first.split(","), strict=True))
    return written(path / "national.csv", f"{header}\n{','.join((values | changes).values())}")


def test_a_buddhist_year_on_a_real_detection_is_brought_to_ours(tmp_path: Path) -> None:
    rows, _ = parsed(SOURCE, national(tmp_path, acq_date="2569-01-04"))

    assert rows[0].values["acquired_at"] == datetime(2026, 1, 4, 18, 38, tzinfo=UTC)


def test_a_class_of_land_without_a_word_is_kept_in_thai_and_told(tmp_path: Path) -> None:
    rows, warned = parsed(SOURCE, national(tmp_path, lu_hp="A204", lu_hp_name="มันสำปะหลัง"))

    assert rows[0].values["land_use"] is None
    assert rows[0].values["land_use_th"] == "มันสำปะหลัง"
    assert [(w.reason, w.detail, w.stored) for w in warned] == [
        ("lu_hp is not a class we know", "'A204'", True)
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"hotspotid": ""}, "hotspotid is missing"),
        ({"latitude": "10.2", "longitude": "0"}, "no usable coordinates"),
        ({"acq_time": "2560"}, "acquisition time cannot be read"),
        ({"confidence": "80"}, "confidence cannot be read"),
    ],
)
def test_a_bad_row_is_refused(tmp_path: Path, changes: dict[str, str], reason: str) -> None:
    rows, (bad,) = parsed(SOURCE, national(tmp_path, **changes))

    assert (rows, bad.reason) == ([], reason)


def test_a_file_of_exactly_a_cap_is_doubted() -> None:
    assert SOURCE.warn is not None
    file, page = Delivery("pull.csv", RECEIVED), Delivery("url", RECEIVED, {"paged": "yes"})

    assert SOURCE.warn(10_000, file) == "10,000 rows, exactly the cap: probably cut off"
    assert SOURCE.warn(1000, file) == "1,000 rows, exactly the cap: probably cut off"
    assert SOURCE.warn(999, file) is None
    assert SOURCE.warn(1000, page) is None


def first_page(**settings: str) -> Request:
    return first_page_after(None, **settings)


def first_page_after(known_until: datetime | None, **settings: str) -> Request:
    """Of a feed that was read until then before."""
    assert SOURCE.requests is not None
    ask = Ask(RECEIVED, SETTINGS | {"FAHSAI_GISTDA_KEY": "key"} | settings, known_until)
    (request,) = SOURCE.requests(ask)
    return request


def test_the_key_goes_in_a_header() -> None:
    request = first_page(FAHSAI_GISTDA_PERIOD="7days")

    assert request.url.endswith("/resources/features/viirs/7days")
    assert request.params == {"limit": "1000", "offset": "0"}
    assert request.headers["API-Key"] == "key"


@pytest.mark.parametrize(
    ("hours_ago", "period"), [(1, "3days"), (72, "3days"), (73, "7days"), (4000, "30days")]
)
def test_a_feed_that_was_not_asked_for_days_is_asked_for_a_longer_period(
    hours_ago: int, period: str
) -> None:
    request = first_page_after(RECEIVED - timedelta(hours=hours_ago))

    assert request.url.endswith(f"/{period}")


def test_pages_are_turned_as_long_as_more_is_promised() -> None:
    assert SOURCE.more is not None
    full: list[dict[str, Any]] = [{}] * 1000
    first = first_page()

    second = SOURCE.more(first, {"features": full, "numberMatched": 1500})

    assert second is not None
    assert (second.params["offset"], second.headers) == ("1000", first.headers)
    assert SOURCE.more(second, {"features": full[:500], "numberMatched": 1500}) is None


def test_pages_without_a_promise_are_turned_while_they_are_full() -> None:
    assert SOURCE.more is not None

    assert SOURCE.more(first_page(), {"features": [{}] * 1000}) is not None
    assert SOURCE.more(first_page(), {"features": [{}] * 999}) is None
    assert SOURCE.more(first_page(), {"features": [], "numberMatched": 9}) is None


@pytest.mark.parametrize("variable", ["FAHSAI_GISTDA_KEY", "FAHSAI_GISTDA_PERIOD"])
def test_a_setting_that_cannot_be_used_is_named(variable: str) -> None:
    with pytest.raises(UnusableSetting, match=variable):
        first_page(**{variable: ""})


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("VIIRS,99999999999,0600,nominal", "acquisition time cannot be read"),
        ("VIIRS,3111-01-04,0600,nominal", "time is not that of an observation"),
        ("นายดี,2026-01-04,0600,nominal", "instrument is not VIIRS or MODIS"),
        ("MODIS,2026-01-04,0600,999", "confidence is out of range"),
    ],
)
def test_a_value_that_cannot_be_spoils_its_row_alone(
    cells: str, reason: str, tmp_path: Path
) -> None:
    header = "latitude,longitude,hotspotid,instrument,acq_date,acq_time,confidence"
    sound = "15,100,VI1a,VIIRS,2569-01-04,0600,nominal"
    path = written(tmp_path / "odd.csv", f"{header}\n15,100,VI1b,{cells}\n{sound}\n")

    rows, rejected = parsed(SOURCE, path)

    assert [row.values["acquired_at"].year for row in rows] == [2026]
    assert [found.reason for found in rejected] == [reason]
