"""Declarations of analyses: found, in order, and naming what there is."""

from graphlib import CycleError
from pathlib import Path

import pytest

from layers import analyses as room
from layers.analyses import AnalysisNotFound, analyses, analysis_named, providers
from layers.catalog import catalog
from layers.model import Analysis, Text
from layers.sources import sources

ROOT = Path(__file__).resolve().parents[2]


def analysis(name: str, *reads: str) -> Analysis:
    return Analysis(name, Text(name, name), sources=reads, tables=())


def test_an_analysis_is_a_declaration_and_a_computation_of_its_name() -> None:
    declared = {path.stem for path in (ROOT / "layers/analyses").glob("*.py")} - {"__init__"}
    computed = {path.stem for path in (ROOT / "geo_api/analyses").glob("*.py")} - {"__init__"}

    assert declared == set(analyses())
    assert {name for name in computed if not name.endswith("_sql")} == declared


def test_layers_and_analyses_name_sources_and_analyses_that_there_are() -> None:
    named = [name for layer in catalog().values() for name in layer.sources]
    named += [name for one in analyses().values() for name in one.sources]

    assert set(named) - set(sources()) - set(analyses()) == set()
    assert set(sources()).isdisjoint(analyses())


def test_an_analysis_comes_after_those_that_it_reads() -> None:
    found = {
        "attribution": analysis("attribution", "plumes", "traffy"),
        "plumes": analysis("plumes", "winds", "diw"),
        "winds": analysis("winds", "openmeteo"),
    }

    assert list(room._in_order(found)) == ["winds", "plumes", "attribution"]


def test_analyses_that_read_each_other_are_refused() -> None:
    found = {"plumes": analysis("plumes", "winds"), "winds": analysis("winds", "plumes")}

    with pytest.raises(CycleError):
        room._in_order(found)


def test_the_sources_behind_an_analysis_are_those_of_what_it_reads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = {
        "plumes": analysis("plumes", "openmeteo", "diw"),
        "attribution": analysis("attribution", "plumes", "traffy", "diw"),
    }
    monkeypatch.setattr(room, "analyses", lambda: found)

    names = [source.name for source in providers(["attribution"])]

    assert names == ["openmeteo", "diw", "traffy"]


def test_an_unknown_analysis_is_told_with_those_there_are() -> None:
    with pytest.raises(AnalysisNotFound, match="no analysis 'pm10'; there are: green_effect"):
        analysis_named("pm10")
