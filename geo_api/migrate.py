"""Brings the database up to date: pending revisions and the rebuilt schema `published`, as one."""

from pathlib import Path

import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext

from geo_api.db import READER, owner_connection
from layers.catalog import catalog, view_sql

ROOT = Path(__file__).resolve().parents[1]
_LOCK = 0x0FA5A1


def migrate(url: str) -> list[str]:
    """Applies what is pending and says which; all of it commits or none. Safe to call at once from
    several processes: one works, the others wait and then find nothing to do."""
    engine = sqlalchemy.create_engine(
        "postgresql+psycopg2://",
        creator=lambda: owner_connection(url),
        poolclass=sqlalchemy.pool.NullPool,
    )
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        before = _heads(connection)
        config = Config()
        config.set_main_option("script_location", str(ROOT / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "heads")
        _publish(connection)
        return sorted(_heads(connection) - before)


def _heads(connection: sqlalchemy.Connection) -> set[str]:
    return set(MigrationContext.configure(connection).get_current_heads())


def _publish(connection: sqlalchemy.Connection) -> None:
    # The driver's own cursor: SQLAlchemy would read a percent sign as a parameter.
    cursor = connection.connection.cursor()
    cursor.execute((Path(__file__).parent / "published.sql").read_text(encoding="utf-8"))
    for layer in catalog().values():
        if not layer.raster:
            cursor.execute(view_sql(layer))
    cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA published TO {READER}")
