"""Programs that read files by their parts, of downloads that nobody has asked for before."""

from pathlib import Path
from typing import Any
from urllib.request import urlretrieve

import duckdb
import polars
import pyogrio
import pytest

from tests.clients.conftest import FIRES, Served, elsewhere


def address(served: Served, format: str, more: str = "") -> str:
    return f"{served.url}collections/hotspots/items?f={format}{more}"


@pytest.mark.parametrize("format", ["fgb", "gpkg", "kml", "csv"])
def test_gdal_opens_every_format_cold(served: Served, format: str) -> None:
    driver = "CSV:" if format == "csv" else ""  # which goes by the name alone

    read = elsewhere(pyogrio.read_dataframe, f"{driver}/vsicurl/{address(served, format)}")

    assert len(read) == FIRES
    assert any(f"f={format}" in one for one in served.asked_of_items())


def test_gdal_opens_a_part_of_a_layer_cold(served: Served) -> None:
    some = f"/vsicurl/{address(served, 'gpkg', '&limit=7')}"

    assert elsewhere(pyogrio.read_info, some)["features"] == 7


def scanned(url: str) -> list[Any]:
    """The sum of the power and the number of rows, as polars reads two columns of a file."""
    found = polars.scan_parquet(url).select(polars.col("frp_mw").sum(), polars.len()).collect()
    return list(found.row(0))


def test_polars_scans_a_file_cold(served: Served) -> None:
    power, count = elsewhere(scanned, address(served, "parquet"))

    assert count == FIRES
    assert power == pytest.approx(sum(10.5 + n for n in range(FIRES)))


def test_duckdb_reads_a_box_of_a_file(served: Served, tmp_path: Path) -> None:
    # Of a file that lies here: what reads by HTTP is an extension that DuckDB fetches from its own.
    path, _ = urlretrieve(address(served, "parquet"), tmp_path / "hotspots.parquet")

    [read] = duckdb.execute(
        f"SELECT count(*), sum(frp_mw) FROM '{path}'"
        " WHERE bbox.xmin BETWEEN 100.5 AND 102 AND bbox.ymin BETWEEN 14 AND 15"
    ).fetchall()

    inside = [n for n in range(FIRES) if 25 <= n <= 100]
    assert read == (len(inside), pytest.approx(sum(10.5 + n for n in inside)))
