"""What the house style promises about the whole tree: who imports whom, and what views show."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

from layers.catalog import catalog
from layers.model import Layer
from layers.sources import sources

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("layers", "geo_api", "map_site", "migrations", "notebooks")
MOST_LINES = 400

# From the module that begins so, to the modules of ours that begin so; the longest match counts.
ARROWS = {
    "layers": ("layers",),
    "layers.model": (),
    "layers.times": (),
    "layers.methods": ("layers.methods",),
    "layers.cleaning": ("layers.cleaning",),
    "layers.catalog": ("layers.model",),
    "layers.sources": ("layers.model", "layers.cleaning", "layers.times"),
    "layers.sources.firms": ("layers.model", "layers.cleaning", "layers.sources.firms"),
    "map_site": ("map_site", "layers"),
    "notebooks": ("layers",),
    "migrations": (),
    "geo_api": ("layers", "geo_api.settings"),
    "geo_api.app": ("geo_api", "layers", "map_site"),
    "geo_api.cli": ("geo_api", "layers"),
    "geo_api.database": ("geo_api.database", "geo_api.settings", "layers"),
    "geo_api.features": ("geo_api.features", "geo_api.database", "geo_api.settings", "layers"),
    "geo_api.tiles": ("geo_api.tiles", "geo_api.features", "geo_api.database", "layers"),
    "geo_api.rasters": ("geo_api.rasters", "geo_api.tiles", "geo_api.database", "layers"),
    "geo_api.exports": (
        *("geo_api.exports", "geo_api.features", "geo_api.database", "geo_api.processes", "layers"),
    ),
    "geo_api.ingest": ("geo_api.ingest", "geo_api.database", "geo_api.settings", "layers"),
    "geo_api.analyses": (
        *("geo_api.analyses", "geo_api.rasters", "geo_api.database", "geo_api.settings", "layers"),
    ),
    "geo_api.demo": ("geo_api.demo", "geo_api.ingest", "geo_api.database", "layers"),
    "geo_api.http": (
        *("geo_api.http", "geo_api.features", "geo_api.tiles", "geo_api.rasters"),
        *("geo_api.exports", "geo_api.database", "geo_api.settings", "layers"),
    ),
}


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of the rooms, by its dotted name."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "node_modules" not in parts:
                yield ".".join(parts).removesuffix(".__init__"), path


def imported(tree: ast.AST) -> set[str]:
    """The dotted names a module imports: `from a import b` is a.b."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"a relative import in line {node.lineno}"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def begins(name: str, start: str) -> bool:
    """Whether a dotted name is `start` or lies below it."""
    return name == start or name.startswith(f"{start}.")


def forbidden(module: str, names: set[str]) -> list[str]:
    """Those of `names` that are ours and to which no arrow leads from `module`."""
    origin = max((start for start in ARROWS if begins(module, start)), key=len)
    ours = {name for name in names if name.partition(".")[0] in ROOMS}
    return sorted(n for n in ours if not any(begins(n, end) for end in ARROWS[origin]))


def test_no_module_imports_against_the_arrows() -> None:
    wrong = {
        name: against
        for name, path in modules()
        if (against := forbidden(name, imported(ast.parse(path.read_text(encoding="utf-8")))))
    }

    assert wrong == {}


def test_no_notebook_imports_against_the_arrows() -> None:
    wrong = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
        if against := forbidden("notebooks", imported(ast.parse(code))):
            wrong[path.name] = against

    assert wrong == {}


def test_an_import_against_the_arrows_would_be_seen() -> None:
    tree = ast.parse(
        "from geo_api.database import connections\n"
        "from layers.sources.diw import SOURCE\n"
        "import json"
    )

    assert forbidden("layers.catalog.factories", imported(tree)) == [
        "geo_api.database.connections",
        "layers.sources.diw.SOURCE",
    ]


def test_routes_never_see_psycopg2() -> None:
    seen = [
        name
        for name, path in modules()
        if begins(name, "geo_api.http.routes")
        for what in imported(ast.parse(path.read_text(encoding="utf-8")))
        if begins(what, "psycopg2")
    ]

    assert seen == []


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in modules()}

    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_every_module_says_in_its_first_line_what_it_answers_for() -> None:
    silent = [
        name
        for name, path in modules()
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []


def test_a_layer_is_a_pair_of_files_of_its_name() -> None:
    folder = ROOT / "layers" / "catalog"
    declared = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    views = {path.stem for path in folder.glob("*.sql")}

    assert declared == set(catalog())
    assert views == {layer.name for layer in catalog().values() if not layer.raster}


def test_a_source_is_a_module_or_a_package_of_its_name() -> None:
    folder = ROOT / "layers" / "sources"

    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    packages = {path.parent.name for path in folder.glob("*/__init__.py")}
    assert modules | packages == set(sources())


@pytest.mark.parametrize(
    "layer", [layer for layer in catalog().values() if not layer.raster], ids=lambda e: e.name
)
def test_a_view_gives_what_its_layer_declares_and_no_more(
    layer: Layer, connection: Connection
) -> None:
    timed = {"observed_at"} if layer.timed else set()
    declared = {"id", "geom", *timed, *(field.name for field in layer.fields)}

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = 'published' AND table_name = %s",
            (layer.name,),
        )
        shown = {name for (name,) in cursor.fetchall()}

    assert shown == declared
