"""The command `fahsai`: up, serve, migrate, ingest, quarantine, analyse, raster, basemap, …"""

import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click

from geo_api import settings as settings_module
from geo_api.accounts.commands import demo_invitation
from geo_api.accounts.contact_commands import erase_old_contacts, staff_commands
from geo_api.alerts.commands import alerts_command
from geo_api.analyses import analyse as run_analysis
from geo_api.analyses.rollups.carbon_sql import GROUPS
from geo_api.backup.commands import backup_commands
from geo_api.basemap.archive import make as make_basemap
from geo_api.command_errors import OneLineErrors
from geo_api.complaints import release as releases
from geo_api.complaints.commands import complaints_commands
from geo_api.complaints.photo_commands import photo_commands
from geo_api.complaints.tracking_codes import tracking_hash
from geo_api.database.connections import Pool, owner_connection
from geo_api.database.embedded.cluster import database, kept_running, sole_server
from geo_api.database.history_commands import history_commands
from geo_api.database.logins import Logins, require_safe, service_logins
from geo_api.database.migrations import migrate as run_migrations
from geo_api.database.migrations import require_migrated
from geo_api.database.replica_commands import replicas_command
from geo_api.database.runs import any_run_succeeded, close_killed_runs, known_until
from geo_api.demo.commands import demo_command, load_demo
from geo_api.features import freshness
from geo_api.features.cursors import cursor_secret
from geo_api.features.unshown import lines as unshown_lines
from geo_api.ingest.loading import file_payloads
from geo_api.ingest.loading import ingest as run_ingest
from geo_api.ingest.problem_types import as_text as problem_types_text
from geo_api.ingest.problem_types import problem_types
from geo_api.ingest.quarantine import as_csv as quarantine_csv
from geo_api.ingest.quarantine import as_text as quarantine_text
from geo_api.ingest.quarantine import waiting_rows
from geo_api.jobs.analyse_command import analyse_command
from geo_api.jobs.commands import jobs_commands
from geo_api.publish.commands import publish_command
from geo_api.rasters.burned_area_commands import burned_area_commands
from geo_api.rasters.commands import raster_commands
from geo_api.search.names import keep_all_names
from geo_api.settings import Settings
from layers.model import Ask
from layers.sources import source_named
from layers.times import THAI_TIME


def say(text: str) -> None:
    """What we are doing goes to standard error: standard output is for results."""
    click.echo(text, err=True)


@click.group(cls=OneLineErrors)
@click.version_option(package_name="fahsai", prog_name="fahsai")
def main() -> None:
    """Thailand's factories, complaints, fires and air on one map."""
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(number: int, _frame: FrameType | None) -> NoReturn:
    # An exit, not a death: the embedded database is stopped on the way out.
    sys.exit(128 + number)


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_no_jobs = click.option("--no-jobs", is_flag=True, help="Do nothing by itself.")
_port = click.option("--port", type=click.IntRange(1, 65535), help="Instead of PORT or 8000.")


@main.command()
@_port
@click.option("--no-demo", is_flag=True, help="Leave an empty database empty.")
@_no_jobs
def up(port: int | None, no_demo: bool, no_jobs: bool) -> None:
    """Start the database, bring it up to date, load the demo if it is empty, and serve."""
    settings = _settings(port)
    with _listening(settings) as (listener, ending), _migrated(settings) as url:
        invitation = ""
        with closing(owner_connection(url)) as connection:
            is_empty = not any_run_succeeded(connection)
        if is_empty and not no_demo:
            say("The database is empty: making the simulated demo world …")
            # What the worker does by itself need not be waited for: the maps can be seen meanwhile.
            load_demo(settings, url, say, analyse_all=no_jobs)
            invitation = demo_invitation(settings, url)
        with kept_running(settings, say):
            _serve(settings, url, listener, ending, invitation, jobs=not no_jobs)


@main.command()
@_port
def serve(port: int | None) -> None:
    """Serve the maps and the API from a database that is up to date."""
    settings = _settings(port)
    with (
        _listening(settings) as (listener, ending),
        database(settings, say) as url,
        kept_running(settings, say),
    ):
        require_migrated(url)
        _serve(settings, url, listener, ending)


@main.command()
def migrate() -> None:
    """Apply pending migrations, and functions and published views that have changed."""
    settings = _settings()
    with database(settings, say) as url:
        done = run_migrations(url, say)
    click.echo(done)


@main.command()
@click.argument("source")
@click.argument("files", nargs=-1, type=_FILE)
def ingest(source: str, files: tuple[Path, ...]) -> None:
    """Read SOURCE: the FILES given, or its live feed."""
    settings, declared = _settings(), source_named(source)
    with _migrated(settings) as url, owner_connection(url) as connection:
        ask = Ask(datetime.now(UTC), settings.sources, known_until(connection, declared.name))
        given = " ".join(delivery.name for _, delivery in file_payloads(files)) or "live"
        if files:
            found = file_payloads(files, ask.now)
        else:
            from geo_api.ingest.feeds import live_payloads

            found = live_payloads(declared, ask, settings.home)
        tally = run_ingest(connection, declared, found, given, say, None if files else ask.now)
        unshown = unshown_lines(_status(settings, url)["unshown"], source)
    click.echo(f"{source}: {tally}")
    if tally.reasons:
        also = "" if tally.quarantined else " --warnings"
        say(f"fahsai quarantine {source}{also} lists these rows, and how to mend them.")
    for line in unshown:
        say(line)


@main.command()
@click.argument("source", required=False)
@click.option("--csv", "as_csv", is_flag=True, help="Every row with its text, as CSV.")
@click.option("--warnings", is_flag=True, help="Also rows that were stored, with a doubt.")
def quarantine(source: str | None, as_csv: bool, warnings: bool) -> None:
    """What waits to be mended of SOURCE, or of all: file, line, value, reason and remedy."""
    settings = _settings()
    if source is not None:
        source_named(source)
    with (
        _migrated(settings) as url,
        closing(owner_connection(url)) as connection,
        connection.cursor() as cursor,
    ):
        rows = list(waiting_rows(cursor, source, warnings=warnings))
    click.echo(quarantine_csv(rows) if as_csv else quarantine_text(rows), nl=not as_csv)


@main.command("categories")
@click.argument("files", nargs=-1, required=True, type=_FILE)
def problem_types_of(files: tuple[Path, ...]) -> None:
    """Which share of the problem types of Traffy's FILES goes into which of our categories."""
    click.echo(problem_types_text(map(problem_types, files)))


@main.command("release-complaints")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Release what was over when this day (Thai time) began; what is over now unless given.",
)
def release_complaints(until: datetime | None) -> None:
    """Release to the public the counts of complaints whose period is over, once and for all."""
    settings, now = _settings(), datetime.now(UTC)
    at = until.replace(tzinfo=THAI_TIME) if until else now
    with _migrated(settings) as url, owner_connection(url) as connection:
        click.echo(releases.release_complaints(connection, at, now))


@main.command()
@click.argument("by", type=click.Choice(list(GROUPS)))
@click.option("--year", type=int, required=True, help="The year (CE) of the returns.")
def rollup(by: str, year: int) -> None:
    """Sum carbon BY estate, town or product as JSON, never to be published: it tells of firms."""
    # With all the libraries of an analysis, which no other command waits for.
    from geo_api.analyses.rollups.carbon import rollup as sum_by

    with _migrated(_settings()) as url, closing(owner_connection(url)) as connection:
        for group in sum_by(connection, by, year):
            click.echo(json.dumps(asdict(group), ensure_ascii=False))


@main.group()
def basemap() -> None:
    """A background of roads from OpenStreetMap, of one's own."""


@basemap.command("make")
@click.argument("extract", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("archive", type=click.Path(dir_okay=False, path_type=Path))
def basemap_make(extract: Path, archive: Path) -> None:
    """Make ARCHIVE (.pmtiles) from EXTRACT (.osm.pbf), for FAHSAI_BASEMAP to name.

    An extract of Thailand is at download.geofabrik.de; its data are © OpenStreetMap contributors.
    """
    click.echo(make_basemap(extract, archive, say))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="The same as the API's /status.")
def status(as_json: bool) -> None:
    """How fresh each source, analysis and layer is, and what was quarantined."""
    found = _status(_settings())
    text = json.dumps(found, ensure_ascii=False, indent=2) if as_json else freshness.as_text(found)
    click.echo(text)


def _status(settings: Settings, url: str | None = None) -> dict[str, Any]:
    """Of the database of the settings, or of one that is up to date and has the address."""
    if url is None:
        with _migrated(settings) as migrated:
            return _status(settings, migrated)
    with closing(Pool(_logins(settings, url).reader, 1)) as pool:
        return freshness.status(pool, datetime.now(UTC))


def _settings(port: int | None = None) -> Settings:
    read = settings_module.from_environment()
    return read if port is None else replace(read, port=port)


@contextmanager
def _migrated(settings: Settings) -> Iterator[str]:
    with database(settings, say) as url:
        done = run_migrations(url, say)
        if done.taken_over:
            say("Taken over from the revisions of 2026-11-21")
        for revision in done.revisions:
            say(f"Applied migration {revision}")
        with closing(owner_connection(url)) as connection:
            close_killed_runs(connection)
            if keep_all_names(connection):
                say("Made the names that search looks through")
        yield url


@contextmanager
def _listening(settings: Settings) -> Iterator[tuple[socket.socket, Callable[[], None]]]:
    """The socket of the home's sole server, taken before any work, and what hears of its end."""
    with ExitStack() as stack:
        ending = stack.enter_context(sole_server(settings, say))
        # asyncio sends small answers at once (TCP_NODELAY) only where the protocol is named.
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener = stack.enter_context(made)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError as problem:
            raise click.ClickException(
                f"{settings.host}:{settings.port} cannot be listened on ({problem.strerror}):"
                " choose another port with PORT or --port, or another address with FAHSAI_HOST"
            ) from problem
        yield listener, ending


def _serve(
    settings: Settings,
    url: str,
    listener: socket.socket,
    ending: Callable[[], None],
    invitation: str = "",
    *,
    jobs: bool = False,
) -> None:
    from geo_api.http.serving import serve

    listener.listen(socket.SOMAXCONN)
    erase_old_contacts(settings, url)
    cursor_secret(settings)  # made before anybody asks: there may be no room for it later
    logins = _logins(settings, url)
    require_safe(logins)
    # The kernel already takes connections; the workers answer them within a moment.
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    say(f"ฟ้าใส Fahsai: http://{host}:{settings.port}/  (Ctrl-C to stop)")
    if invitation:
        say(invitation)
    # What workers are not told, nobody learns from them.
    for variable in ("FAHSAI_DATABASE_URL", "FAHSAI_BACKUP_PASSPHRASE"):
        os.environ.pop(variable, None)
    private = replace(settings, database_url=None, login_urls={}, backup_passphrase=None)
    try:
        with _jobs_beside(settings, url, logins) if jobs else nullcontext():
            serve(partial(_worker_app, private, logins), private, logins, listener, ending)
    finally:
        say("Stopping; the data are kept for the next start.")


def _worker_app(settings: Settings, logins: Logins) -> Any:
    from geo_api.app import create_worker_app  # every room, for the workers alone

    return create_worker_app(settings, logins)


def _jobs_beside(settings: Settings, url: str, logins: Logins) -> AbstractContextManager[None]:
    from geo_api.jobs.beside import working
    from geo_api.jobs.worker import Worker

    say("It reads sources and runs analyses by itself: /jobs, `fahsai jobs`, or --no-jobs")
    return working(Worker(settings, url, logins.jobs, say))


def _logins(settings: Settings, url: str) -> Logins:
    secret = partial(cursor_secret, settings)
    return service_logins(url, secret, settings.login_urls)


@contextmanager
def _opened() -> Iterator[tuple[Settings, str]]:
    settings = _settings()
    with _migrated(settings) as url:
        yield settings, url


for made in (
    demo_command(_opened, say),
    raster_commands(_opened, say),
    burned_area_commands(_opened, run_analysis),
    complaints_commands(_opened),
    photo_commands(_opened),
    history_commands(_opened),
    alerts_command(_opened),
    *backup_commands(say),
    publish_command(_opened, lambda settings, url: _logins(settings, url).reader, say),
    replicas_command(_opened, lambda settings, url: _logins(settings, url).reader),
    *staff_commands(_opened, tracking_hash),
    *jobs_commands(_opened, say, _logins),
    analyse_command(
        _opened, lambda settings, url: freshness.analysis_lines(_status(settings, url))
    ),
):
    main.add_command(made)


if __name__ == "__main__":
    main()
