"""The command that tells how replicas stand."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing

import click

from geo_api.database.connections import DatabaseUnavailable
from geo_api.database.replica_probe import Probe, Seen, Trouble
from geo_api.database.replicas import NO_REPLICA, READY, place_of, replica_urls
from geo_api.settings import Opens, Settings

_PATIENCE_S = 3.0
_LOOKS_EVERY_S = 0.02


def replicas_command(opens: Opens, reader_url_of: Callable[[Settings, str], str]) -> click.Command:
    """`fahsai replicas`; `reader_url_of` gives the database of a URL as the reader reads it."""

    @click.command()
    def replicas() -> None:
        """How the replicas of FAHSAI_REPLICA_URL stand; ends with 1 where one cannot be read."""
        with opens() as (settings, url):
            if settings.replica_url is None:
                click.echo("FAHSAI_REPLICA_URL names none: all is read from the primary")
                return
            reader_url = reader_url_of(settings, url)
            told = list(_standings(reader_url, replica_urls(reader_url, settings.replica_url)))
        for number, (place, state, words) in enumerate(told, start=1):
            click.echo(f"replica {number} ({place}): {state}, {words}")
        if any(state != READY for _, state, _ in told):
            raise SystemExit(1)

    return replicas


def _standings(reader_url: str, urls: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Of each its place, its state in a word, and more words."""
    with closing(Probe(reader_url, _PATIENCE_S)) as primary:
        try:
            there = primary.ask()
        except Trouble as trouble:
            raise DatabaseUnavailable(f"the primary is {trouble.state}: {trouble}") from None
    for url in urls:
        with closing(Probe(url, _PATIENCE_S)) as probe:
            try:
                yield place_of(url), *_standing(probe, there)
            except Trouble as trouble:
                yield place_of(url), trouble.state, str(trouble)


def _standing(probe: Probe, there: Seen) -> tuple[str, str]:
    began = time.monotonic()
    seen = probe.ask()
    if not seen.is_replica or seen.cluster != there.cluster:
        return NO_REPLICA, "it is no replica of the primary"
    while seen.position < there.position:
        if time.monotonic() - began > _PATIENCE_S:
            lacks = there.position - seen.position
            return "behind", f"it lacks {lacks:,} bytes of the primary's log"
        time.sleep(_LOOKS_EVERY_S)
        seen = probe.ask()
    return READY, f"it had all of the primary within {time.monotonic() - began:.2f} s"
