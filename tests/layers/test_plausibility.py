"""What becomes of values that can hardly be: rejected, left out or shown with a doubt."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from layers.model import BadValue, Plausible, Record, Rejected, Row, judged
from layers.sources import sources
from layers.sources.firms import SOURCE as FIRMS
from tests.layers.sources.reading import parsed, written

RECORD = Record(7, {}, "raw")
HEADER = (
    "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,confidence,"
    "version,bright_ti5,frp,daynight"
)


def limit(otherwise: str, doubt: str = "") -> Plausible:
    return Plausible("probe", "n", 0, 10, otherwise, "our choice", doubt)  # type: ignore[arg-type]


def of(value: float | None, *limits: Plausible) -> list[Row | Rejected]:
    return list(judged([Row("probe", {"n": value}, RECORD)], limits))  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [None, 0, 10])
def test_what_can_be_goes_through(value: float | None) -> None:
    assert of(value, limit("reject")) == [Row("probe", {"n": value})]


def test_what_cannot_is_rejected_with_value_limits_and_their_source() -> None:
    (rejected,) = of(11, limit("reject"))

    assert isinstance(rejected, Rejected)
    assert (rejected.record.line, rejected.stored) == (7, False)
    assert rejected.reason == "n is implausible"
    assert rejected.detail == "11 is not within 0 to 10 (our choice)"


def test_or_left_out_or_doubted_with_a_warning() -> None:
    for otherwise, values in (
        ("leave_out", {"n": None}),
        ("doubt", {"n": -1, "doubts": ("odd",)}),
    ):
        row, warning = of(-1, limit(otherwise, "odd"))
        assert row == Row("probe", values)
        assert isinstance(warning, Rejected) and warning.stored


def test_not_a_number_is_not_plausible() -> None:
    assert isinstance(of(float("nan"), limit("reject"))[0], Rejected)


def test_every_source_that_shares_a_table_judges_it_alike() -> None:
    limits: dict[str, set[frozenset[Plausible]]] = {}
    for source in sources().values():
        for table in source.tables:
            declared = frozenset(one for one in source.plausible if one.table == table)
            limits.setdefault(table, set()).add(declared)

    assert {table for table, declared in limits.items() if len(declared) > 1} == set()


@pytest.mark.parametrize(
    ("lat", "lon", "place", "repair"),
    [
        ("13.5", "100.3", (100.3, 13.5), None),
        ("100.3", "13.5", (100.3, 13.5), "swapped"),
        ("13,5", "100,3", (100.3, 13.5), "decimal comma"),
        ("13°30'00\"N", "100°18'00\"E", (100.3, 13.5), "degrees and minutes"),
        ("13 30 0", "100 18 0", (100.3, 13.5), "degrees and minutes"),
        ("13° 30.0′", "100° 18.0′", (100.3, 13.5), "degrees and minutes"),
        ("N13-30-00", "E100-18-00", (100.3, 13.5), "degrees and minutes"),
        ("๑๓.๕", "๑๐๐.๓", (100.3, 13.5), None),
        ("13.5°", "100.3° E", (100.3, 13.5), None),
        ("1492886", "640770", (100.3, 13.5), "UTM"),
        ("1,492,886", "640,770", (100.3, 13.5), "UTM"),
    ],
)
def test_a_point_is_found_however_it_is_written(
    lat: str, lon: str, place: tuple[float, float], repair: str | None
) -> None:
    record = Record(1, {"lat": lat, "lon": lon}, "")

    found = record.place("lat", "lon", "74")

    assert (found.lon, found.lat) == pytest.approx(place, abs=1e-3)
    assert [str(repair) in reason for reason, _ in record.warnings] == [True] * bool(repair)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [("0", "0"), ("", "100.3"), ("13°61'00\"", "100.3"), ("x", "y"), ("-13.5", "100.3")],
)
def test_what_is_no_point_is_refused_with_what_was_found(lat: str, lon: str) -> None:
    with pytest.raises(BadValue, match=r"no usable coordinates|not in or near") as problem:
        Record(1, {"lat": lat, "lon": lon}, "").place("lat", "lon")

    assert "degrees within" in problem.value.detail


@pytest.mark.parametrize("name", ["firms", "gistda", "traffy", "industrial_estates", "air4thai"])
def test_swapped_coordinates_are_put_back_and_counted_in_every_source_of_points(
    name: str, tmp_path: Path
) -> None:
    documents = {
        "firms": (
            "a.csv",
            f"{HEADER}\n100.3,13.5,330,.4,.4,2026-04-23,703,N,VIIRS,n,2.0NRT,300,5,D",
        ),
        "gistda": (
            "a.csv",
            "latitude,longitude,hotspotid,instrument,acq_date,acq_time\n"
            "100.3,13.5,VI1,VIIRS,2026-04-23,703",
        ),
        "traffy": (
            "a.csv",
            "ticket_id,type,comment,coords,timestamp,state\n"
            '1,{กลิ่น},กลิ่น,"13.5,100.3",2023-05-12 13:27:54+00,เสร็จสิ้น',
        ),
        "industrial_estates": ("a.csv", "id,name_th,lat,lon,operations\n1,ก,100.3,13.5,"),
        "air4thai": ("a.csv", "station_id,lat,lon\nt05,100.3,13.5"),
    }
    file, text = documents[name]

    rows, rejected = parsed(sources()[name], written(tmp_path / file, text + "\n"))

    assert [(row.values["lon"], row.values["lat"]) for row in rows] == [(100.3, 13.5)]
    assert [(r.reason, r.stored) for r in rejected] == [
        ("latitude and longitude were swapped: put back in order", True)
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"latitude": "0", "longitude": "0", "frp": "-5"}, "no usable coordinates"),
        ({"latitude": "-25.3", "longitude": "133.9"}, "place is not in or near Thailand"),
        ({"frp": "-5"}, "frp_mw is implausible"),
        ({"bright_ti4": "33000"}, "brightness_k is implausible"),
        ({"acq_date": "2056-01-01"}, "time is not that of an observation"),
        ({"acq_date": "2026-12-24"}, "time is in the future"),
        ({"frp": "10-20"}, "frp is not a number"),
    ],
)
def test_a_fire_that_cannot_be_is_not_published(
    changes: dict[str, str], reason: str, tmp_path: Path
) -> None:
    cells = [
        "13.5",
        "100.3",
        "330",
        "0.4",
        "0.4",
        "2026-04-23",
        "0703",
        "N",
        "VIIRS",
        "n",
        "2.0NRT",
        "300",
        "5",
        "D",
    ]
    row = dict(zip(HEADER.split(","), cells, strict=True)) | changes
    path = written(tmp_path / "area.csv", f"{HEADER}\n{','.join(row.values())}\n")

    rows, (rejected,) = parsed(FIRMS, path)

    assert (rows, rejected.reason, rejected.stored) == ([], reason, False)


def test_a_day_is_the_same_in_every_form() -> None:
    written_days = [
        *("2023-05-01", "2566-05-01", "20230501", "1/5/2566", "45047", "1 พ.ค. 66", "1 พ.ค. 2566"),
        *("2023-05-01T00:00:00", "01/05/2566 13.30 น.", "1 May 2023", "May 1, 2023", "01-May-2023"),
    ]

    days = {Record(1, {"d": text}, "").needed_day("d") for text in written_days}

    assert days == {datetime(2023, 5, 1, tzinfo=UTC).date()}
