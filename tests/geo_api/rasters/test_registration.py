"""Providers' grids as layers: what is read, what is refused, and that all is kept or nothing."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from numpy.typing import NDArray
from psycopg2.extensions import connection as Connection
from rasterio.shutil import copy
from rasterio.warp import transform

from geo_api.database.connections import READER, Pool
from geo_api.database.logins import login_url
from geo_api.database.runs import RunFailed
from geo_api.rasters import cog_writer
from geo_api.rasters.cog_reader import Cells, cells
from geo_api.rasters.days import EVERY_DAY
from geo_api.rasters.registration import BadDeclaration, Chosen, Declaration, register
from geo_api.rasters.registry import raster, raster_layer, rasters
from layers.catalog import catalog
from tests.geo_api.test_cli import fahsai

DEGREES = rasterio.Affine(0.5, 0, 100, 0, -0.5, 15)
DAY = date(2026, 1, 5)
NDVI = Declaration(
    "ดัชนีพืชพรรณ",
    "Vegetation index",
    None,
    "CC-BY-4.0",
    "GISTDA",
    [0.25, 0.5],
    ["#aa0000", "#ffff00", "#00aa00"],
)
HOURS = "hours since 2026-01-05"
# 00:00 and 12:00 UTC are of the 5th in Thailand, 18:00 of the 6th.
TIMES: dict[str, str] = {
    "NETCDF_DIM_EXTRA": "{time}",
    "NETCDF_DIM_time_DEF": "{3,6}",
    "NETCDF_DIM_time_VALUES": "{0,12,18}",
    "time#units": HOURS,
}


def test_a_grid_in_degrees_is_kept_cell_for_cell(fresh: Connection, home: Path) -> None:
    values = np.arange(24.0).reshape(4, 6)

    add(fresh, home, geotiff(home, values))

    kept = cells_of(fresh, home)
    assert [kept.at(100.25 + c / 2, 14.75 - r / 2) for r in range(4) for c in range(6)] == list(
        range(24)
    )
    assert kept.at(99.99, 14) is kept.at(101, 15.01) is None


def test_stored_numbers_are_scaled_turned_north_up_and_blanked(
    fresh: Connection, home: Path
) -> None:
    south_up = rasterio.Affine(0.5, 0, 100, 0, 0.5, 13)
    stored = np.array([[1, 2], [3, -99]], dtype="int16")
    file = geotiff(home, stored, transform=south_up, nodata=-99, scale=0.01, offset=5)

    add(fresh, home, file)

    kept = cells_of(fresh, home)
    # The first row of the file is the southernmost.
    assert (kept.at(100.25, 13.25), kept.at(100.75, 13.25)) == (5.01, 5.02)
    assert (kept.at(100.25, 13.75), kept.at(100.75, 13.75)) == (5.03, None)


def test_a_projected_grid_is_reprojected_and_says_so(fresh: Connection, home: Path) -> None:
    utm = rasterio.Affine(1000, 0, 600_000, 0, -1000, 1_600_000)
    file = geotiff(home, np.arange(2500.0).reshape(50, 50), transform=utm, crs="EPSG:32647")

    add(fresh, home, file)

    (lon,), (lat,) = transform("EPSG:32647", "EPSG:4326", [620_500], [1_579_500])
    # Row 20, column 20; a reprojected cell may lie half a cell beside.
    assert cells_of(fresh, home).between_centres(lon, lat) == pytest.approx(1020, abs=1)
    pool = Pool(login_url(url(fresh), READER), 1)
    found = raster(pool, raster_layer(pool, catalog(), "ndvi"))
    pool.close()
    assert found.method.en == "from the file grid.tif, reprojected bilinearly from EPSG:32647"
    assert found.bounds == pytest.approx((99.927, 14.014, 100.391, 14.472), abs=0.02)


def test_a_grid_that_begins_at_greenwich_is_found_by_western_longitudes(
    fresh: Connection, home: Path
) -> None:
    world = rasterio.Affine(10, 0, 0, 0, -10, 90)
    lon = np.tile(np.arange(5.0, 360, 10), (18, 1))

    add(fresh, home, geotiff(home, lon, transform=world))

    kept = cells_of(fresh, home)
    assert (kept.at(-5, 0), kept.at(5, 0), kept.at(-175, 0)) == (355, 5, 185)
    # Halfway between the last column and the first.
    assert kept.between_centres(0, 0) == pytest.approx(180)


def test_a_netcdf_file_gives_a_day_per_day_of_its_times(fresh: Connection, home: Path) -> None:
    file = netcdf(home, [10.0, 20.0, 60.0])

    said = add(fresh, home, file, daily="mean")

    assert said == "ndvi: 2026-01-05, 2026-01-06"
    assert [(day.day.day, day.method.en) for day in days(fresh)] == [
        (6, "from the file grid.nc"),
        (5, "from the file grid.nc, mean of 2 times"),
    ]
    assert cells_of(fresh, home, date(2026, 1, 5)).at(100.25, 14.75) == 15
    assert cells_of(fresh, home, date(2026, 1, 6)).at(100.25, 14.75) == 60


def test_one_band_may_be_chosen_and_its_day_said(fresh: Connection, home: Path) -> None:
    add(fresh, home, netcdf(home, [10.0, 20.0, 60.0]), band=2, day=date(2020, 2, 29))

    assert [day.day for day in days(fresh)] == [date(2020, 2, 29)]
    assert cells_of(fresh, home).at(100.25, 14.75) == 20


def test_a_further_day_needs_no_declaration_and_a_word_changed_changes_that_alone(
    fresh: Connection, home: Path
) -> None:
    add(fresh, home, geotiff(home, np.ones((2, 2))))

    add(fresh, home, geotiff(home, np.ones((2, 2))), Declaration(unit="1"), day=date(2026, 1, 6))

    pool = Pool(login_url(url(fresh), READER), 1)
    layer = raster_layer(pool, catalog(), "ndvi")
    pool.close()
    assert (layer.fields[0].unit, layer.title.en, len(days(fresh))) == ("1", "Vegetation index", 2)
    assert [text.en for text in layer.fields[0].values.values()] == [
        "≤ 0.25 1",
        "> 0.25 – 0.5 1",
        "> 0.5 1",
    ]


# Rasterio says so of the one that we make without a place.
@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
@pytest.mark.parametrize(
    ("made", "chosen", "told"),
    [
        ({"crs": None}, {}, "names no coordinate reference system"),
        ({"transform": None}, {}, "does not say where on the earth"),
        ({"transform": rasterio.Affine(0.5, 0.1, 100, 0, -0.5, 15)}, {}, "rotated"),
        ({"transform": rasterio.Affine(500, 0, 6e5, 0, -500, 1.6e6)}, {}, "are no degrees"),
        ({"bands": 2}, {}, "has 2 bands: choose one with --band"),
        ({"bands": 2}, {"band": 3}, "has bands 1 to 2, and no 3"),
        ({}, {"variable": "pm10"}, "has no variable 'pm10'"),
        ({}, {"day": None}, "does not say of which day it is: use --day"),
        ({"dtype": "complex64"}, {}, "complex"),
    ],
)
def test_a_grid_that_cannot_be_used_is_refused_and_nothing_is_kept(
    fresh: Connection, home: Path, made: dict[str, Any], chosen: dict[str, Any], told: str
) -> None:
    file = geotiff(home, np.ones((4, 4)), **made)

    with pytest.raises(RunFailed, match=told):
        add(fresh, home, file, **chosen)

    assert kept_files(home) == []
    assert rows(fresh, "SELECT name FROM raster_layer") == []
    assert rows(fresh, "SELECT status FROM run") == [("failed",)]


def test_a_file_that_is_no_raster_is_refused(fresh: Connection, home: Path) -> None:
    file = home / "readme.tif"
    file.write_text("not a raster")

    with pytest.raises(RunFailed, match="is no raster that can be read"):
        add(fresh, home, file)


def test_times_of_one_day_are_not_mixed_unasked(fresh: Connection, home: Path) -> None:
    with pytest.raises(RunFailed, match="2 times of 2026-01-05"):
        add(fresh, home, netcdf(home, [10.0, 20.0, 60.0]), day=None)

    assert days(fresh) == []


def test_a_file_that_fails_half_way_leaves_no_day(
    fresh: Connection, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies = []

    def full_after_one(source: object, file: Path, **options: Any) -> None:
        copies.append(file)
        if len(copies) == 2:
            raise OSError("No space left on device")
        copy(source, file, **options)

    monkeypatch.setattr(cog_writer, "copy", full_after_one)
    with pytest.raises(RunFailed, match="No space left"):
        add(fresh, home, netcdf(home, [10.0, 20.0, 60.0]), daily="max")

    assert (days(fresh), len(copies)) == ([], 2)
    assert [name for name in kept_files(home) if name.startswith(".")] == []


def test_a_raster_without_any_data_is_warned_of(fresh: Connection, home: Path) -> None:
    said: list[str] = []

    add(fresh, home, geotiff(home, np.full((2, 2), -1.0), nodata=-1), say=said.append)

    assert said == ["Warning: grid.tif has no data at all on 2026-01-05; it is kept as empty"]
    assert cells_of(fresh, home).at(100.25, 14.75) is None


@pytest.mark.parametrize(
    ("layer", "declaration", "told"),
    [
        ("ndvi", Declaration(title_th="ก"), "is new: say what it is with --title-en, --licence"),
        ("NDVI", NDVI, "small letters"),
        ("hotspots", NDVI, "hotspots is a layer of features"),
        ("pm25_surface", NDVI, "pm25_surface is declared in layers/catalog/"),
        ("ndvi", replace(NDVI, breaks=[0.5, 0.25], colors=["#000000"] * 3), "breaks must rise"),
        ("ndvi", replace(NDVI, breaks=[float("nan")], colors=["#000000"] * 2), "breaks must rise"),
        (
            "ndvi",
            replace(NDVI, breaks=[1.0], colors=["#000000"] * 3),
            "part 2 classes, got 3 colours",
        ),
        (
            "ndvi",
            replace(NDVI, breaks=[1.0], colors=["#000000", "red"]),
            "written as #rrggbb, got red",
        ),
    ],
)
def test_a_layer_that_is_not_well_declared_is_refused(
    fresh: Connection, home: Path, layer: str, declaration: Declaration, told: str
) -> None:
    file = geotiff(home, np.ones((2, 2)))

    with pytest.raises(BadDeclaration, match=told):
        register(fresh, home, catalog(), layer, file, declaration, Chosen(day=DAY))


@pytest.mark.parametrize("name", ["", "../x", "hotspots"])
def test_a_name_that_cannot_be_a_raster_s_is_noted_nowhere(
    fresh: Connection, home: Path, name: str
) -> None:
    with pytest.raises(BadDeclaration):
        register(
            fresh, home, catalog(), name, geotiff(home, np.ones((2, 2))), NDVI, Chosen(day=DAY)
        )

    assert rows(fresh, "SELECT source FROM run") == []


def test_a_file_without_variables_says_so(fresh: Connection, home: Path) -> None:
    with pytest.raises(RunFailed, match="no variable 'pm25'; it has none: leave --variable out"):
        add(fresh, home, geotiff(home, np.ones((2, 2))), variable="pm25")


def test_a_declared_raster_layer_takes_days_of_files_too(fresh: Connection, home: Path) -> None:
    file = geotiff(home, np.ones((2, 2)))

    register(fresh, home, catalog(), "pm25_surface", file, Declaration(), Chosen(day=DAY))

    assert rows(fresh, "SELECT layer, day FROM raster") == [("pm25_surface", DAY)]


def test_files_that_no_day_has_are_swept_after_an_hour(fresh: Connection, home: Path) -> None:
    import os

    for value in (1.0, 2.0):
        add(fresh, home, geotiff(home, np.full((2, 2), value)))
    assert len(kept_files(home)) == 2
    for name in kept_files(home):
        os.utime(home / "rasters/ndvi" / name, (0, 0))

    add(fresh, home, geotiff(home, np.full((2, 2), 2.0)))

    (used,) = rows(fresh, "SELECT path FROM raster")
    assert [f"rasters/ndvi/{name}" for name in kept_files(home)] == list(used)


@pytest.mark.parametrize(
    ("name", "chosen", "lon", "lat", "tolerance"),
    [
        ("L7_ETMs.tif", {"band": 4}, -34.8815, -8.0132, 30),
        ("olinda_dem_utm25s.tif", {}, -34.8815, -8.0132, 5),
        ("test_adaptor.cams_regional_fc.nc", {}, 0.0, 50.5, 0.5),
    ],
)
def test_real_grids_are_registered(
    fresh: Connection,
    home: Path,
    shared_data: Path,
    name: str,
    chosen: dict[str, Any],
    lon: float,
    lat: float,
    tolerance: float,
) -> None:
    file = shared_data / "rasters" / name

    add(fresh, home, file, **chosen)

    value = cells_of(fresh, home).between_centres(lon, lat)
    assert value is not None
    assert value == pytest.approx(own(file, chosen.get("band", 1), lon, lat), abs=tolerance)


def test_the_command_registers_a_file(fresh_url: str, home: Path) -> None:
    file = geotiff(home, np.ones((2, 2)))
    words = [
        "raster",
        "add",
        str(file),
        "--layer",
        "ndvi",
        "--title-th",
        "ดัชนี",
        "--title-en",
        "Index",
    ]
    words += ["--licence", "CC0-1.0", "--attribution", "GISTDA", "--breaks", "0.25,0.5"]
    words += ["--colors", "#aa0000,#ffff00,#00aa00", "--day", "2026-01-05"]

    done = fahsai(home, *words, FAHSAI_DATABASE_URL=fresh_url)

    assert (done.returncode, done.stdout) == (0, "ndvi: 2026-01-05\n"), done.stderr


def add(
    connection: Connection,
    home: Path,
    file: Path,
    declaration: Declaration = NDVI,
    **chosen: Any,
) -> str:
    """Registers a file as a day, or the days, of the layer `ndvi`."""
    say = chosen.pop("say", lambda _: None)
    if file.suffix == ".tif" or "cams" in file.name:
        chosen = {"day": DAY, **chosen}
    return register(connection, home, catalog(), "ndvi", file, declaration, Chosen(**chosen), say)


def geotiff(
    home: Path,
    values: NDArray[Any],
    *,
    bands: int = 1,
    scale: float = 1,
    offset: float = 0,
    **profile: Any,
) -> Path:
    file = home / "grid.tif"
    rows, columns = values.shape
    given = {"crs": "EPSG:4326", "transform": DEGREES, "dtype": values.dtype, **profile}
    with rasterio.open(
        file, "w", driver="GTiff", count=bands, width=columns, height=rows, **given
    ) as made:
        for band in range(1, bands + 1):
            made.write(values.astype(given["dtype"]), band)
        made.scales, made.offsets = (scale,) * bands, (offset,) * bands
    return file


def netcdf(home: Path, values: list[float]) -> Path:
    """A variable of three times, each one value everywhere."""
    plain = geotiff(home, np.ones((4, 6), dtype="float32"), bands=3)
    with rasterio.open(plain, "r+") as made:
        for band, value in enumerate(values, 1):
            made.write(np.full((4, 6), value, dtype="float32"), band)
            made.update_tags(band, NETCDF_VARNAME="pm")
        made.update_tags(**TIMES)
    copy(plain, home / "grid.nc", driver="netCDF")
    return home / "grid.nc"


def own(file: Path, band: int, lon: float, lat: float) -> float:
    """The file's own cell at a place."""
    with rasterio.open(file) as source:
        if source.crs:
            (x,), (y,) = transform("EPSG:4326", source.crs, [lon], [lat])
        else:
            x, y = lon, lat
        row, column = source.index(x, y)
        return float(source.read(band)[row, column])


def cells_of(connection: Connection, home: Path, day: date | None = None) -> Cells:
    """The file of a day, or of the only one."""
    found = [found for found in days(connection) if day in (None, found.day)]
    (one,) = found
    return cells(home / one.path)


def days(connection: Connection) -> list[Any]:
    pool = Pool(login_url(url(connection), READER), 1)
    try:
        if not rows(connection, "SELECT name FROM raster_layer"):
            return []
        return rasters(pool, raster_layer(pool, catalog(), "ndvi"), EVERY_DAY)
    finally:
        pool.close()


def kept_files(home: Path) -> list[str]:
    return sorted(file.name for file in (home / "rasters").rglob("*.tif"))


def url(connection: Connection) -> str:
    return str(connection.dsn)


def rows(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
