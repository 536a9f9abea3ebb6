"""GDAL: its driver for OGC API – Features, by Debian's commands and by the wheel of pyogrio."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyogrio
import pytest
from psycopg2.extensions import connection as Connection

from tests.clients.conftest import FIRES, Served, elsewhere, fire

BOX = ("100.5", "14", "102", "15")
IN_BOX = "geom && ST_MakeEnvelope(100.5, 14, 102, 15, 4326)"


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0 and "ERROR" not in done.stderr, done.stderr
    return done.stdout


def copied(served: Served, path: Path, *options: str) -> int:
    """How many features ogr2ogr brought into a GeoPackage."""
    run("ogr2ogr", "-f", "GPKG", *options, str(path), f"OAPIF:{served.url}", "hotspots")
    return int(pyogrio.read_info(path, "hotspots")["features"])


def test_ogrinfo_lists_the_layers_and_describes_one(served: Served) -> None:
    listed = run("ogrinfo", "-ro", f"OAPIF:{served.url}")
    told = run("ogrinfo", "-ro", "-so", f"OAPIF:{served.url}", "hotspots")

    assert "factories" in listed and "hotspots" in listed and "complaint_months" in listed
    assert f"Feature Count: {FIRES}" in told
    assert "observed_at: DateTime" in told
    assert "land_use: String" in told and "frp_mw: Real" in told
    assert "Geometry: Point" in told and "WGS 84" in told


@pytest.mark.parametrize(
    ("options", "condition", "asked"),
    [
        ((), "true", "limit="),
        (("-spat", *BOX), IN_BOX, "bbox="),
        (("-where", "land_use = 'sugarcane'"), "land_use = 'sugarcane'", "land_use=sugarcane"),
        (
            (
                "-where",
                "observed_at >= '2026/01/10 00:00:00' AND observed_at <= '2026/01/20 00:00:00'",
            ),
            "observed_at BETWEEN '2026-01-10Z' AND '2026-01-20Z'",
            "datetime=2026-01-10T00:00:00Z%2F2026-01-20T00:00:00Z",
        ),
        (
            ("-spat", *BOX, "-where", "land_use = 'forest' AND frp_mw > 60"),
            f"{IN_BOX} AND land_use = 'forest' AND frp_mw > 60",
            "land_use=forest",
        ),
    ],
    ids=["everything", "box", "attribute", "dates", "box and attributes"],
)
def test_ogr2ogr_copies_as_many_as_there_are_and_lets_the_server_choose(
    served: Served,
    count: Callable[[str], int],
    tmp_path: Path,
    options: tuple[str, ...],
    condition: str,
    asked: str,
) -> None:
    found = copied(served, tmp_path / "fires.gpkg", *options)

    assert found == count(condition) > 0
    assert any(asked in one for one in served.asked_of_items()), served.asked_of_items()


def test_real_numbers_and_dates_keep_their_types_where_every_value_is_whole_or_null(
    served: Served, fresh: Connection
) -> None:
    with fresh.cursor() as cursor:
        cursor.execute("UPDATE factory SET horsepower = 120, workers = NULL, updated_on = NULL")
    fresh.commit()

    # Debian's GDAL and the wheel's.
    told = run("ogrinfo", "-ro", "-so", f"OAPIF:{served.url}", "factories")
    read = elsewhere(pyogrio.read_dataframe, f"OAPIF:{served.url}", layer="factories")

    assert "horsepower: Real" in told and "workers: Integer" in told
    assert set(read["horsepower"]) == {120.0} and read["horsepower"].dtype == np.float64
    assert read["updated_on"].dtype.kind == "M"


def test_thai_text_and_places_arrive_intact(served: Served, tmp_path: Path) -> None:
    path = tmp_path / "factories.gpkg"

    run("ogr2ogr", "-f", "GPKG", str(path), f"OAPIF:{served.url}", "factories")

    read = pyogrio.read_dataframe(path).sort_values("name")
    assert set(read["name"]) == {"โรงงานน้ำตาล", "โรงสี <ข้าว>"}
    assert read.crs.to_epsg() == 4326
    assert [(p.x, p.y) for p in read.geometry] == [(100.25, 13.55), (101.0, 14.0)]


def test_gdal_walks_the_pages_and_meets_each_feature_once(served: Served, tmp_path: Path) -> None:
    path = tmp_path / "fires.gpkg"

    copied(served, path, "-oo", "PAGE_SIZE=40")

    ids = pyogrio.read_dataframe(path, columns=["id"])["id"]
    assert sorted(ids) == list(map(fire, range(FIRES)))
    assert sum("limit=40" in one for one in served.asked_of_items()) >= FIRES // 40


def test_pyogrio_reads_a_layer_with_a_box_and_a_condition(
    served: Served, count: Callable[[str], int]
) -> None:
    read = elsewhere(
        pyogrio.read_dataframe,
        f"OAPIF:{served.url}",
        layer="hotspots",
        bbox=tuple(map(float, BOX)),
        where="land_use = 'sugarcane'",
    )

    assert len(read) == count(f"{IN_BOX} AND land_use = 'sugarcane'") > 0
    assert read.crs.to_authority() == ("OGC", "CRS84")
    assert read["observed_at"].dtype.kind == "M"
    assert np.all(read["land_use"] == "sugarcane")
