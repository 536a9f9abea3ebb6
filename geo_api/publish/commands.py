"""The command `fahsai publish`."""

import re
from collections.abc import Callable
from pathlib import Path

import click

from geo_api.settings import Opens, Settings

_URL = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")
_UNDER = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*")


def publish_command(
    opened: Opens, reader_url: Callable[[Settings, str], str], say: Callable[[str], None]
) -> click.Command:
    """`opened` gives the settings and the URL of a database that is up to date, `reader_url` that
    by which the public's role logs in to it."""

    @click.command("publish")
    @click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
    @click.option(
        "--service",
        callback=_matching(_URL, "an address as https://fahsai.example"),
        help="Where the service is: links lead there to what is no file.",
    )
    @click.option(
        "--under",
        default="",
        callback=_matching(_UNDER, "a path as /fahsai"),
        help="The path at which the files will be, as /fahsai; none unless given.",
    )
    def publish_files(folder: Path, service: str | None, under: str) -> None:
        """Write the public maps to FOLDER as files, for any server of files.

        What did not change since the last time stays as it is. The server must answer requests for
        parts of files (Range).
        """
        from geo_api.publish.publishing import publish

        with opened() as (settings, url):
            reader = reader_url(settings, url)
            outcome = publish(folder, settings, reader, service=service, under=under, say=say)
        click.echo(outcome)

    return publish_files


def _matching(
    form: re.Pattern[str], wanted: str
) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    def checked(
        _context: click.Context, _parameter: click.Parameter, text: str | None
    ) -> str | None:
        if text is None:
            return None
        bare = text.rstrip("/")
        if not form.fullmatch(bare):
            raise click.BadParameter(f"must be {wanted}, got {text!r}")
        return bare

    return checked
