"""An analysis of no use, in folders of its own, that reads another analysis and a source."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from geo_api import analyses as computations
from layers import analyses as declarations

NAME = "smoke_days"
_DECLARATION = f"""
from layers.model import Analysis, Text

ANALYSIS = Analysis(
    name="{NAME}",
    title=Text("วันที่มีควัน", "Days of smoke"),
    sources=("pm25_surface", "firms"),
    tables=("smoke_day",),
)
"""
_COMPUTATION = """
from geo_api.analyses import AnalysisRun
from geo_api.database.runs import RunFailed

meanwhile = None  # called half-way


def compute(run: AnalysisRun) -> str:
    with run.connection.cursor() as cursor:
        cursor.execute("INSERT INTO smoke_day DEFAULT VALUES")
        cursor.execute("SELECT count(*) FROM smoke_day")
        (days,) = cursor.fetchone()
    if meanwhile:
        meanwhile()
    if days > 1:
        raise RunFailed("one day of smoke is enough")
    return f"{days} day of smoke"
"""


@contextmanager
def smoke_days(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The analysis is among those that there are."""
    modules = []
    for package, text in ((declarations, _DECLARATION), (computations, _COMPUTATION)):
        place = folder / package.__name__
        place.mkdir()
        (place / f"{NAME}.py").write_text(text, encoding="utf-8")
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(place)])
        modules.append(f"{package.__name__}.{NAME}")
    declarations.analyses.cache_clear()
    try:
        yield
    finally:
        monkeypatch.undo()
        declarations.analyses.cache_clear()
        for module in modules:
            sys.modules.pop(module, None)
