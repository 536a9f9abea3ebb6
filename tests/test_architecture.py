"""What docs/architecture.md promises of the tree: its rooms, who imports whom, who composes SQL."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

from layers.catalog import catalog
from layers.model import Layer
from layers.sources import sources

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
CODE = ("layers", "geo_api", "map_site", "migrations", "notebooks")
MOST_LINES = 400
MOST_ENTRIES = 25


@cache
def arrows() -> dict[str, tuple[str, ...]]:
    """From the module that begins so, to the modules of ours that begin so, and to its own room;
    the longest match counts."""
    table = re.findall(r"^\| `([\w.]+)` \|(.*)\|$", DOCUMENT, re.MULTILINE)
    found = {room: tuple(re.findall(r"`([\w.]+)`", ends)) for room, ends in table}
    return {room: (room, *ends) for room, ends in found.items()}


@cache
def tree() -> dict[str, str]:
    """The folders and modules that the page describes, each with its line."""
    [block] = re.findall(r"```\n(layers/.*?)```", DOCUMENT, re.DOTALL)
    described: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    for line in block.splitlines():
        name, _, text = line.strip().partition(" ")
        depth = len(line) - len(line.lstrip())
        above = [(level, path) for level, path in above if level < depth]
        path = (above[-1][1] if above else "") + name
        if name.endswith("/"):
            above.append((depth, path))
        described[path] = text.strip()
    return described


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of the rooms, by its dotted name."""
    for room in CODE:
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
    origin = max((start for start in arrows() if begins(module, start)), key=len, default="")
    ours = {name for name in names if name.partition(".")[0] in CODE}
    return sorted(n for n in ours if not any(begins(n, end) for end in arrows().get(origin, ())))


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


def test_arrows_make_no_circle() -> None:
    def reachable(room: str, passed: tuple[str, ...] = ()) -> None:
        assert room not in passed, f"a circle: {' -> '.join((*passed, room))}"
        for end in arrows().get(room, ()):
            if end != room and not begins(room, end):
                reachable(end, (*passed, room))

    for room in arrows():
        reachable(room)


def test_every_room_named_is_there_and_every_room_there_is_named() -> None:
    missing = [path for path in tree() if not (ROOT / path).exists()]
    assert missing == []
    assert all(tree().values()), "a line per room says what it is for"

    folders = {
        f"{path.parent.relative_to(ROOT).as_posix()}/"
        for room in ("layers", "geo_api")
        for path in (ROOT / room).rglob("__init__.py")
    }
    inner = ("geo_api/features/cql2/sql/", "layers/sources/firms/")
    assert folders - set(tree()) - set(inner) == set()
    top = {f"{entry}/" for entry in _tracked_folders()}
    assert top - set(tree()) == set()


def _tracked_folders() -> set[str]:
    """The folders at the top that hold code or words of ours."""
    passed_over = {"node_modules", "__pycache__"}
    return {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir()
        and path.name[0] != "."
        and path.name not in passed_over
        and not path.name.endswith(".egg-info")
    }


def test_a_room_has_no_more_entries_at_its_top_than_one_reads_at_a_glance() -> None:
    entries = {
        f"{room}/": [
            path.name
            for path in (ROOT / room).iterdir()
            if path.name not in ("__init__.py", "__pycache__")
        ]
        for room in ("geo_api", "layers")
    }

    assert {room: found for room, found in entries.items() if len(found) > MOST_ENTRIES} == {}


def test_every_stop_of_the_walks_is_there() -> None:
    stops = re.findall(r"`((?:geo_api|layers|map_site)/[\w/]+\.\w+)(?::(\w+))?`", DOCUMENT)

    lost = []
    for file, name in stops:
        path = ROOT / file
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        found = not name or re.search(rf"^(async )?(def|class) {name}\b", text, re.MULTILINE)
        if not path.exists() or not found:
            lost.append(f"{file}:{name}")
    assert len(stops) > 20
    assert lost == []


def test_only_modules_named_sql_compose_sql() -> None:
    composing = set()
    for name, path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        uses = {what.removeprefix("psycopg2.sql.") for what in imported(tree)}
        if begins(name, "geo_api") and (uses & {"SQL", "Identifier"} or list(statements(tree))):
            composing.add(name)

    assert {name for name in composing if not re.search(r"(\.|_)sql(\.|$)", name)} == FENCED


# They write no question of their own: they make a PREPARE, an EXPLAIN or a COPY of what they are
# handed.
FENCED = {"geo_api.database.prepared_statements", "geo_api.exports.arrow_batches"}
STATEMENT = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH|COPY|EXPLAIN|CREATE|DROP|GRANT|REVOKE|ALTER|TRUNCATE"
    r"|REFRESH|LISTEN|SET|LOCK|ANALYZE)\s"
)


def statements(tree: ast.AST) -> Iterator[str]:
    """The texts in the code that begin as SQL does, but for its docstrings."""
    words = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in words else None
        if isinstance(text, str) and STATEMENT.match(text):
            yield text


def test_routes_never_see_psycopg2() -> None:
    seen = [
        name
        for name, path in modules()
        if begins(name, "geo_api.http.routes")
        for what in imported(ast.parse(path.read_text(encoding="utf-8")))
        if begins(what, "psycopg2")
    ]

    assert seen == []


# What PostgreSQL keeps for itself: where a row lies, and which transactions wrote it. Whether a row
# is new, or which one came first, is not to be read from these.
SYSTEM_COLUMNS = re.compile(r"\b(ctid|xmin|xmax|cmin|cmax)\b")
# GeoParquet's names for the sides of a box (its covering), in Arrow and not in SQL.
NAMES_SIDES = ROOT / "geo_api" / "exports" / "parquet.py"


def test_no_statement_relies_on_system_columns() -> None:
    rooms = [ROOT / room for room in (*CODE, "bench")]
    files = [path for room in rooms for end in ("py", "sql") for path in room.rglob(f"*.{end}")]
    wrong = {
        str(path.relative_to(ROOT)): found[0]
        for path in files
        if path != NAMES_SIDES
        and (found := SYSTEM_COLUMNS.search(path.read_text(encoding="utf-8")))
    }

    assert wrong == {}


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
    folders = (ROOT / "layers" / "catalog", ROOT / "layers" / "registers")
    declared = {path.stem for folder in folders for path in folder.glob("*.py")} - {"__init__"}
    views = {path.stem for folder in folders for path in folder.glob("*.sql")}

    assert declared == set(catalog())
    assert views == {layer.name for layer in catalog().values() if not layer.raster}


def test_a_source_is_a_module_or_a_package_of_its_name() -> None:
    folder = ROOT / "layers" / "sources"

    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    packages = {path.parent.name for path in folder.glob("*/__init__.py")}
    registers = {path.stem for path in (ROOT / "layers/registers").glob("*.sql")}
    assert modules | packages | registers == set(sources())


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
