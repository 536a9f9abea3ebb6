"""What a database holds at one moment, told so that another can be compared with it."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version

from geo_api.backup import sql
from geo_api.backup.manifest import LayerState, Versions
from geo_api.database.connections import owner_connection
from geo_api.database.migrations import NotMigrated
from geo_api.database.prepared_statements import Session
from geo_api.database.sql import SHARE_SCHEMA
from layers.catalog import catalog

# What names the rasters' files is no layer of the catalogue, and worth as much.
_FURTHER = ("rasters", "raster_layers")


@dataclass(frozen=True)
class Moment:
    """A moment of the database, which lasts as long as the session's transaction. `snapshot` is by
    what others see the same; `table_bytes` are those of tables without their indexes."""

    session: Session
    snapshot: str
    at: datetime
    versions: Versions
    database_bytes: int
    table_bytes: int
    next_transaction: int


@contextmanager
def moment(url: str) -> Iterator[Moment]:
    """Holds this moment; Runs go on meanwhile, migrations wait. Raises NotMigrated for a database
    that is none of ours, and DatabaseUnavailable."""
    with closing(owner_connection(url)) as session, session.cursor() as cursor:
        session.autocommit = True
        if session.rows(sql.IS_MIGRATED, None) != [(True,)]:
            raise NotMigrated("the database holds nothing of Fahsai yet: there is nothing to keep")
        cursor.execute(SHARE_SCHEMA)
        cursor.execute(sql.WAIT)
        cursor.execute(sql.BEGIN)
        [(snapshot, at)] = session.rows(sql.EXPORT_SNAPSHOT, None)
        [(database, tables, next_transaction, published)] = session.rows(sql.STATE, None)
        [(_, postgresql, postgis)] = session.rows(sql.SERVER, None)
        revisions = tuple(name for (name,) in session.rows(sql.REVISIONS, None))
        made_by = Versions(_software_version(), postgresql, postgis, revisions, published or "")
        yield Moment(session, snapshot, at, made_by, database, tables, next_transaction)


def layer_states(session: Session, only: Collection[str] | None = None) -> dict[str, LayerState]:
    """Of every layer that has a view, or of `only` those views."""
    wanted = only if only is not None else {*catalog(), *_FURTHER}
    with session.cursor() as cursor:
        cursor.execute(sql.SERIAL)  # so that sums of numbers are made in the same order
    found = {}
    for view, data_version, daily in session.rows(sql.PUBLISHED_VIEWS, None):
        if view in wanted:
            [(rows, checksum)] = session.rows(sql.layer_state(view), None)
            found[view] = LayerState(rows, checksum, data_version, daily)
    return found


def differing(
    former: Mapping[str, LayerState], found: Mapping[str, LayerState], days: tuple[date, date]
) -> list[str]:
    """Names of layers that do not show the same. Those that show something else every day cannot be
    compared with another day; `days` are those (Thai time) of the two."""
    return sorted(
        name
        for name, state in former.items()
        if not (state.daily and days[0] != days[1])
        and (
            name not in found
            or (found[name].rows, found[name].checksum) != (state.rows, state.checksum)
        )
    )


def _software_version() -> str:
    with suppress(PackageNotFoundError):
        return version("fahsai")
    return "unknown"
