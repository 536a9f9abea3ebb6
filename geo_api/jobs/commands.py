"""The commands `fahsai work` and `fahsai jobs …`."""

import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta

import click

from geo_api.database.connections import owner_connection
from geo_api.database.logins import Logins
from geo_api.jobs import standings
from geo_api.settings import Opens, Settings
from layers.jobs import Action, JobState, Outcome, Schedule, WaitsFor
from layers.times import THAI_TIME

_HEADS = ("job", "last (Thai time)", "took", "outcome", "next")
_WAITS = {
    WaitsFor.NEWS: "when what it reads has changed",
    WaitsFor.FIRST_READING: "the data are simulated: `fahsai jobs run NAME` reads it, from then on",
    WaitsFor.DEMO: "in a simulated world alone",
    WaitsFor.PAUSE: "paused",
}
LoginsOf = Callable[[Settings, str], Logins]


def jobs_commands(
    opened: Opens, say: Callable[[str], None], logins_of: LoginsOf
) -> list[click.Command]:
    """`opened` gives the settings and the URL of a database that is up to date."""

    @click.command()
    @click.option("--at-once", type=click.IntRange(1, 32), default=2, show_default=True)
    def work(at_once: int) -> None:
        """Do what is due, on this machine, until stopped; any number may, on any machines."""
        # procrastinate and its driver, which no other command waits for.
        from geo_api.jobs.worker import Worker

        with opened() as (settings, url):
            say(f"Working on jobs, {at_once} at a time (Ctrl-C to stop)")
            Worker(settings, url, logins_of(settings, url).jobs, say, at_once).run()

    @click.group(invoke_without_command=True)
    @click.pass_context
    def jobs(context: click.Context) -> None:
        """What runs by itself: last, next, duration, outcome. Ends with 1 where one has failed, or
        no worker is at work."""
        if context.invoked_subcommand:
            return
        with opened() as (_, url), closing(owner_connection(url)) as connection:
            found = standings.schedule(connection)
        click.echo(as_text(found))
        if not found.workers or any(state.outcome == Outcome.FAILED for state in found.jobs):
            sys.exit(1)

    def add(action: Action, told: str, text: str) -> None:
        @jobs.command(action.value, help=text)
        @click.argument("name")
        def command(name: str) -> None:
            with opened() as (_, url), closing(owner_connection(url)) as connection:
                with connection:
                    standings.act(connection, name, action)
                workers = standings.schedule(connection).workers
            click.echo(f"{name}: {told}")
            if action == Action.RUN and not workers:
                say("No worker is at work: `fahsai work`, or `fahsai up`, does it.")

    add(Action.PAUSE, "paused; it runs no more by itself", "Do NAME no more by itself.")
    add(Action.RESUME, "goes on", "Do NAME by itself again.")
    add(Action.RUN, "put into the queue", "Do NAME now, be it paused or waiting after a failure.")
    return [work, jobs]


def as_text(found: Schedule) -> str:
    """A line per job, under a head."""
    lines = [_HEADS, *map(_cells, found.jobs)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADS))]
    table = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
    failed = [
        f"{one.job.name}: {one.message}" for one in found.jobs if one.outcome == Outcome.FAILED
    ]
    workers = f"{found.workers} at work" if found.workers else "no worker is at work"
    return "\n".join([*table, "", *failed, f"workers: {workers}"])


def _cells(state: JobState) -> tuple[str, ...]:
    outcome = _running(state) if state.running else state.outcome or "never run"
    if state.failures > 1:
        outcome += f" ({state.failures} times)"
    return (state.job.name, _time(state.started_at), duration(state.took), outcome, _next(state))


def _running(state: JobState) -> str:
    return f"running, {state.parts_done} of {state.parts} parts" if state.parts else "running"


def _next(state: JobState) -> str:
    if state.queued or state.running:
        return "in the queue" if state.queued else "now"
    if state.next_at:
        return _time(state.next_at)
    if state.waits_for == WaitsFor.SETTING:
        return f"not configured: {state.detail}"
    return _WAITS[state.waits_for] if state.waits_for else "-"


def _time(at: datetime | None) -> str:
    return f"{at.astimezone(THAI_TIME):%Y-%m-%d %H:%M}" if at else "-"


def duration(took: timedelta | None) -> str:
    """In the unit that tells it: 0.4 s, 12 s, 3 min 5 s."""
    if took is None:
        return "-"
    seconds = took.total_seconds()
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
