"""What the command `fahsai` says in one line: errors that are no fault of the program."""

import click
from psycopg2.errors import FeatureNotSupported, InsufficientPrivilege, UndefinedFile

from geo_api.accounts.accounts import AccountNotFound
from geo_api.accounts.audit import BadSeal, BrokenLog
from geo_api.accounts.persons import PersonNotFound
from geo_api.accounts.sealing import Unsealable
from geo_api.alerts.ways import WayDown
from geo_api.analyses import NotDaily
from geo_api.backup.errors import BackupError
from geo_api.basemap.archive import NoBasemap, TippecanoeMissing
from geo_api.basemap.extract import UnreadableExtract
from geo_api.database.column_types import UnpublishableView
from geo_api.database.connections import DatabaseUnavailable
from geo_api.database.embedded.cluster import ClusterError, ServerRunning
from geo_api.database.history_commands import NotErased
from geo_api.database.logins import UnsafeLogin
from geo_api.database.migrations import NotMigrated
from geo_api.database.repeatable_migrations import FunctionInUse
from geo_api.database.runs import RunFailed
from geo_api.database.takeover import NotTakenOver
from geo_api.publish.folder import NotAnswered, NotPublished
from geo_api.settings import BadSetting
from layers.analyses import AnalysisNotFound
from layers.casework.staff import BadAccount, KeyNotFound
from layers.jobs import JobNotFound
from layers.model import UnexpectedPayload
from layers.sources import SourceNotFound

_EXPECTED_ERRORS = (
    AccountNotFound,
    AnalysisNotFound,
    BackupError,
    BadAccount,
    BadSeal,
    BadSetting,
    BrokenLog,
    ClusterError,
    DatabaseUnavailable,
    FunctionInUse,
    JobNotFound,
    KeyNotFound,
    NoBasemap,
    NotDaily,
    NotAnswered,
    NotErased,
    NotMigrated,
    NotPublished,
    NotTakenOver,
    PersonNotFound,
    RunFailed,
    ServerRunning,
    SourceNotFound,
    TippecanoeMissing,
    UnexpectedPayload,
    UnpublishableView,
    UnreadableExtract,
    UnsafeLogin,
    Unsealable,
    WayDown,
)
# What a server of one's own lacks: rights, or PostGIS.
_MISSING_RIGHTS = (InsufficientPrivilege, FeatureNotSupported, UndefinedFile)


class OneLineErrors(click.Group):
    """Says what went wrong in one line instead of a traceback, and exits with 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except _EXPECTED_ERRORS as problem:
            raise click.ClickException(str(problem)) from problem
        except _MISSING_RIGHTS as problem:
            why = str(problem).partition("\n")[0]
            raise click.ClickException(
                f"the database refused: {why}; FAHSAI_DATABASE_URL must name the owner of a"
                " database that has PostGIS"
            ) from problem
