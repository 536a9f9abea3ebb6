"""Repeatable migrations, applied when their text changes: functions, the schema `published`, the
roles that log in to it, and the rows that the product ships.

A function has one place, a file in the folder `functions` of the room that calls it, and is edited
there. The file makes the triggers that call its functions, too. Rows that are shipped are in the
folder `seeds` beside the source of their table, which is named as the file.
"""

import hashlib
import re
from pathlib import Path

from psycopg2.errors import DependentObjectsStillExist
from psycopg2.extensions import cursor as Cursor

from geo_api.database import migrations_sql as sql
from geo_api.database.as_of_sql import CHANGES, FORMER
from geo_api.database.column_types import published_columns, require_declared
from geo_api.database.connections import READER
from geo_api.database.sql import COLUMNS_OF
from layers.catalog import catalog, view_sql
from layers.plugins import folders, plugins

ROOT = Path(__file__).resolve().parents[2]
_ROOMS = (ROOT / "geo_api", ROOT / "layers")


class FunctionInUse(RuntimeError):
    """Something that is not made anew depends on a function that is; the message names both."""


def function_files() -> list[Path]:
    """Where the rooms' functions are, in the order in which they are made. A body in SQL may call
    what came before it; one in PL/pgSQL finds what it calls when it runs."""
    ours = sorted(path for room in _ROOMS for path in room.rglob("functions/*.sql"))
    others = (sorted(plugin.rglob("functions/*.sql")) for plugin in plugins())
    return [*ours, *(path for paths in others for path in paths)]


def seed_files() -> list[Path]:
    """CSV with a header, a file per table."""
    return sorted(path for room in _ROOMS for path in room.rglob("seeds/*.csv"))


def revision_folders() -> list[str]:
    """Where Alembic finds revisions: ours, and those of plugins."""
    return [str(ROOT / "migrations" / "versions"), *folders("migrations", "versions")]


def fingerprint() -> str:
    """Changes with the text of any function or view, of the log-ins, and of what is shipped, and
    with every further revision, so that who may read no more than this knows the whole schema."""
    revisions = [path.name for each in revision_folders() for path in Path(each).glob("*.py")]
    seeds = [path.read_text(encoding="utf-8") for path in seed_files()]
    return hashlib.sha256(
        "\n".join(
            [*_functions(), *_published(), *_as_of(), log_ins(), *seeds, *sorted(revisions)]
        ).encode()
    ).hexdigest()


def apply(cursor: Cursor) -> None:
    """Drops what was made before, whatever files it came from, and makes what the files say.
    Raises FunctionInUse, and UnpublishableView for a layer whose view gives what no format can
    hold, or what it does not declare."""
    cursor.execute(sql.DROP_PUBLISHED)
    cursor.execute(sql.KEEP_INSTALLED_FUNCTIONS)
    try:
        cursor.execute(sql.DROP_INSTALLED_FUNCTIONS)
    except DependentObjectsStillExist as problem:
        raise FunctionInUse(
            f"{problem.diag.message_detail}: functions are made anew, so that no index, column or"
            " view may call one but views of `published`; drop it, then migrate again"
        ) from problem
    cursor.execute(sql.FUNCTIONS)
    before = cursor.fetchone()
    for statement in _functions():
        cursor.execute(statement)
    cursor.execute(sql.NOTE_INSTALLED_FUNCTIONS, {"before": before[0] if before else []})
    for statement in _published():
        cursor.execute(statement)
    _require_publishable(cursor)
    _publish_as_of(cursor)
    for schema in ("published", FORMER, CHANGES):
        cursor.execute(sql.grant_views(schema, READER))
    cursor.execute(log_ins())
    for path in seed_files():
        seed(cursor, path)
    cursor.execute(sql.note_fingerprint(fingerprint()))


def log_ins() -> str:
    """What sets the roles up that the service logs in as, once they are there."""
    return _own("logins.sql")


def seed(cursor: Cursor, path: Path) -> None:
    """Has the table's shipped rows, which no Run wrote, as the file says. What a Run wrote stands,
    in the place of a shipped row of the same key."""
    table = path.stem
    with path.open(encoding="utf-8") as stream:
        columns = stream.readline().strip().split(",")
        cursor.execute(sql.stage_seed(table))
        cursor.copy_expert(sql.copy_seed(columns), stream)
    cursor.execute(sql.seed(table, columns))


def _functions() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in function_files()]


def _published() -> list[str]:
    """What makes the schema `published`, in order."""
    views = [view_sql(layer) for layer in catalog().values() if not layer.raster]
    return [_own("published.sql"), *views, _own("watched.sql")]


def _as_of() -> list[str]:
    """What makes the schemas by which `published` is asked as of a former time."""
    return [_own("as_of.sql"), _own("as_of_history.sql")]


def _publish_as_of(cursor: Cursor) -> None:
    """The published views once more, word for word, over tables as they were; those alone that read
    nothing of which no history is kept. Of every table that a layer reads it is."""
    before, after = _as_of()
    cursor.execute(before)
    layers = [layer for layer in catalog().values() if not layer.raster]
    cursor.execute(sql.KEEP_HISTORY, {"layers": [layer.name for layer in layers]})
    cursor.execute(sql.LOOK_AT_FORMER_TABLES)
    watched = _own("watched.sql")
    for statement in _published():
        if statement != watched:
            cursor.execute(_of_former_tables(statement, FORMER))
    cursor.execute(sql.SHOW_CHANGES_OF_TABLES)
    cursor.execute(sql.LOOK_AT_CHANGES)
    for layer in layers:
        if layer.tiling.point_counts:
            cursor.execute(_of_former_tables(view_sql(layer), CHANGES))
    cursor.execute(sql.LOOK_AT_TABLES)
    cursor.execute(after)


def _of_former_tables(statement: str, schema: str) -> str:
    """The text that makes a view of `published`, for a schema of former ones."""
    renamed = re.sub(r"\bpublished(?=[.;]| TO\b)", schema, statement)
    renamed = renamed.replace(sql.MAKE_FORMER, "")
    return re.sub(r"\bnow\(\)", "as_of_now()", renamed)


def _require_publishable(cursor: Cursor) -> None:
    for layer in catalog().values():
        if not layer.raster:
            cursor.execute(COLUMNS_OF, {"view": f'published."{layer.name}"'})
            require_declared(layer, published_columns(layer, cursor.fetchall()))


def _own(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
