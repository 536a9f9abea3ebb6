"""Programs that read files by their parts, of downloads that nobody has asked for before."""

import importlib.util
from typing import Any

import pyogrio
import pytest

from tests.clients.conftest import FIRES, Served, elsewhere

polars_is_there = importlib.util.find_spec("polars") is not None


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
    import polars

    found = polars.scan_parquet(url).select(polars.col("frp_mw").sum(), polars.len()).collect()
    return list(found.row(0))


@pytest.mark.skipif(not polars_is_there, reason="polars (180 MB) is not installed: pip install it")
def test_polars_scans_a_file_cold(served: Served) -> None:
    power, count = elsewhere(scanned, address(served, "parquet"))

    assert count == FIRES
    assert power == pytest.approx(sum(10.5 + n for n in range(FIRES)))
