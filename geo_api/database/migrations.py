"""Brings the database up to date: pending revisions and the rebuilt schema `published`, as one."""

import hashlib
import os
from pathlib import Path

import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from geo_api.database.column_types import published_columns, require_declared
from geo_api.database.connections import READER, owner_connection
from geo_api.database.sql import COLUMNS_OF
from layers.catalog import catalog, view_sql
from layers.plugins import folders

ROOT = Path(__file__).resolve().parents[2]
_LOCK = 0x0FA5A1


class NotMigrated(RuntimeError):
    """The database lacks revisions or views of this version; the message says what to do."""


def migrate(url: str) -> list[str]:
    """Applies what is pending and says which; all of it commits or none. Safe to call at once from
    several processes, and beside readers: one works, and who finds nothing to do touches nothing.
    Raises UnpublishableView for a layer whose view gives what no format can hold, or what it does
    not declare."""
    with _engine(url).begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        config = _config()
        config.attributes["connection"] = connection
        pending = _pending(connection)
        if pending:
            command.upgrade(config, "heads")
        if pending or _published(connection) != _fingerprint():
            _publish(connection)
        return pending


def require_migrated(url: str) -> None:
    """Raises NotMigrated unless `migrate` would find nothing to do."""
    with _engine(url).connect() as connection:
        if _pending(connection) or _published(connection) != _fingerprint():
            raise NotMigrated(
                "the database is not that of this version: run `fahsai migrate`, or `fahsai up`,"
                " which does it too"
            )


def _engine(url: str) -> sqlalchemy.Engine:
    return sqlalchemy.create_engine(
        "postgresql+psycopg2://",
        creator=lambda: owner_connection(url),
        poolclass=sqlalchemy.pool.NullPool,
    )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", _escaped(str(ROOT / "migrations")))
    config.set_main_option("version_locations", _escaped(os.pathsep.join(revision_folders())))
    config.set_main_option("path_separator", "os")
    return config


def revision_folders() -> list[str]:
    """Where Alembic finds revisions: ours, and those of plugins."""
    return [str(ROOT / "migrations" / "versions"), *folders("migrations", "versions")]


def _escaped(path: str) -> str:
    """For ConfigParser, which gives percent signs a meaning."""
    return path.replace("%", "%%")


def _pending(connection: sqlalchemy.Connection) -> list[str]:
    """Revisions not applied yet, in an order in which they can be."""
    scripts = ScriptDirectory.from_config(_config())
    applied = MigrationContext.configure(connection).get_current_heads()
    known = {script.revision for script in scripts.iterate_revisions(applied, "base")}
    every = [script.revision for script in scripts.walk_revisions()]
    return [revision for revision in reversed(every) if revision not in known]


def _statements() -> list[str]:
    """What makes the schema `published`, in order."""
    views = [view_sql(layer) for layer in catalog().values() if not layer.raster]
    return [_own("published.sql"), *views, _own("watched.sql")]


def _own(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def _fingerprint() -> str:
    return hashlib.sha256("\n".join(_statements()).encode()).hexdigest()


def _published(connection: sqlalchemy.Connection) -> str | None:
    """The fingerprint that the schema was last made from."""
    query = "SELECT obj_description(to_regnamespace('published'), 'pg_namespace')"
    return connection.exec_driver_sql(query).scalar()


def _publish(connection: sqlalchemy.Connection) -> None:
    # The driver's own cursor: SQLAlchemy would read a percent sign as a parameter.
    cursor = connection.connection.cursor()
    for statement in _statements():
        cursor.execute(statement)
    _require_publishable(connection)
    cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA published TO {READER}")
    cursor.execute(f"COMMENT ON SCHEMA published IS '{_fingerprint()}'")


def _require_publishable(connection: sqlalchemy.Connection) -> None:
    for layer in catalog().values():
        if not layer.raster:
            view = {"view": f'published."{layer.name}"'}
            rows = connection.exec_driver_sql(COLUMNS_OF, view).all()
            require_declared(layer, published_columns(layer, rows))
