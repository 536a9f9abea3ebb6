"""The notebooks: committed without outputs, and running to their end against a real service."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from psycopg2.extensions import connection as Connection

from layers.browser import ASSETS
from tests.makers import factory, insert, province

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_without_outputs(path: Path) -> None:
    cells = notebook_at(path).cells

    assert [cell.id for cell in cells if cell.cell_type == "code" and cell.outputs] == []


def test_hotspots_near_a_factory_are_plotted_counted_and_drawn(
    fresh: Connection, server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not (ASSETS / "vendor").is_dir():
        pytest.skip("the map library is not here; `make setup` brings it")
    factory(fresh, "bakery", lon=100.5, lat=13.7, factory_class="00901")
    factory(fresh, "mill", lon=100.25, lat=15.0, factory_class="01102")
    hotspot(fresh, "near-cane", lat=15.05, land_use="sugarcane")
    hotspot(fresh, "near-unknown", lat=15.1, land_use=None)
    hotspot(fresh, "beyond-20-km", lat=15.5, land_use="sugarcane")
    fresh.commit()
    monkeypatch.setenv("FAHSAI_URL", server_url)

    told = outputs(FOLDER / "01-hotspots-near-a-factory.ipynb")

    assert "mill" in told
    assert "อ้อย" in told and "ไม่ทราบ · not known" in told
    assert "near-cane" in told and "beyond-20-km" not in told
    assert "fahsai.vectorLayer" in told


def test_whether_green_industry_works_ends_in_a_plot_and_a_refusal(
    fresh: Connection, server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    province(fresh)
    factory(fresh, "mill", lon=100.25, lat=13.5, province_code="74")
    for year in (2022, 2024):
        insert(
            fresh, "green_certificate", factory_ref="mill", factory_id="mill", level=3,
            issued_on=f"{year}-01-01", source="green_industry",
        )  # fmt: skip
    fresh.commit()
    monkeypatch.setenv("FAHSAI_URL", server_url)

    told = outputs(FOLDER / "02-is-green-industry-working.ipynb")

    assert "not told: no complaint names a factory" in told
    assert "100.0" in told  # of the one factory of the register
    assert "<Figure" in told and "verdict: refuses" in told


def test_the_smell_is_led_into_the_right_valley_and_placebos_tell_nothing() -> None:
    told = outputs(FOLDER / "03-where-does-the-smell-come-from.ipynb")

    assert "Clairton Coke Works: first of 15 in 0%, among three in 100%" in told
    assert "reason to tell nothing: None | first of 15 in 100%" in told
    assert told.count("rotated_winds_fit") == 2
    assert told.count("not_the_wind") == 2
    assert told.count("<Figure") == 2


def outputs(path: Path) -> str:
    """Runs a notebook to its end; everything that its cells then show as text."""
    notebook = notebook_at(path)
    NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return "\n".join(
        output.get("text", "") + "".join(map(str, output.get("data", {}).values()))
        for output in shown
    )


def notebook_at(path: Path) -> nbformat.NotebookNode:
    notebook: nbformat.NotebookNode
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def hotspot(connection: Connection, id: str, *, lat: float, land_use: str | None) -> None:
    acquired_at = datetime.now(UTC) - timedelta(days=3)
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('hotspot', %s, %s)", [acquired_at] * 2)
    insert(
        connection,
        "hotspot",
        id=id,
        acquired_at=acquired_at,
        time_precision="minute",
        lon=100.25,
        lat=lat,
        land_use=land_use,
        sources=["gistda"],
    )
