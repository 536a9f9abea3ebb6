"""The command `fahsai analyse`, alone or helped by workers."""

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime

import click

from geo_api.analyses import analyse
from geo_api.database.connections import owner_connection
from geo_api.jobs.helping import by_processes, by_workers
from geo_api.settings import Opens, Settings
from layers.analyses import analysis_named


def analyse_command(
    opened: Opens, lines: Callable[[Settings, str], Sequence[str]]
) -> click.Command:
    """`opened` gives the settings and the URL of a database that is up to date, `lines` tell which
    analyses there are and when they ran."""

    @click.command("analyse")
    @click.argument("analysis", required=False)
    @click.option(
        "--day",
        type=click.DateTime(["%Y-%m-%d"]),
        help="The day (Thai time) to compute, of a daily one; the newest that has data unless"
        " given.",
    )
    @click.option(
        "--workers",
        type=click.IntRange(1, 64),
        help="So many processes of this machine, where it is computed in parts; those of the queue"
        " that are free help unless given.",
    )
    def command(analysis: str | None, day: datetime | None, workers: int | None) -> None:
        """Run ANALYSIS over what is stored; without one, tell which there are and when they ran."""
        if analysis is None and (day or workers):
            raise click.UsageError("--day and --workers are of one analysis: name it")
        if analysis is not None:
            analysis_named(analysis)
        with opened() as (settings, url):
            if analysis is None:
                click.echo("\n".join(lines(settings, url)))
                return
            helped = by_processes(settings, url, workers) if workers else by_workers
            with closing(owner_connection(url)) as connection:
                asked = day.date() if day else None
                click.echo(analyse(connection, analysis, settings, asked, helped))

    return command
