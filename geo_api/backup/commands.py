"""The commands `fahsai backup` and `fahsai restore`."""

import sys
from dataclasses import replace as changed
from pathlib import Path

import click

from geo_api.backup import secrets
from geo_api.backup.backup import back_up
from geo_api.backup.manifest import find_backup, read_manifest
from geo_api.backup.restore import require_restorable
from geo_api.backup.restore import restore as restore_backup
from geo_api.database.embedded.cluster import database, sole_server
from geo_api.database.embedded.server import Say
from geo_api.settings import Settings, from_environment

_FOLDER = click.Path(file_okay=False, path_type=Path)


def backup_commands(say: Say) -> tuple[click.Command, ...]:
    """Those of this room. Neither migrates what it finds: a backup before an upgrade is of what was
    there before."""

    @click.command()
    @click.argument("folder", metavar="DIR", type=_FOLDER)
    @click.option("--keep", type=click.IntRange(1), help="Leave the newest so many there.")
    def backup(folder: Path, keep: int | None) -> None:
        """Write a backup into DIR, in a folder named by its time, while the service runs."""
        settings = from_environment()
        passphrase = settings.backup_passphrase or _asked_for(confirm=True)
        with database(settings, say) as url:
            click.echo(back_up(settings, url, folder.absolute(), passphrase, keep, say))

    @click.command()
    @click.argument("folder", metavar="DIR", type=_FOLDER)
    @click.option("--home", type=_FOLDER, help="Instead of FAHSAI_HOME.")
    @click.option("--replace", is_flag=True, help="Put it in the place of the data there are.")
    @click.option("--no-secrets", is_flag=True, help="Leave the secrets in the backup sealed.")
    def restore(folder: Path, home: Path | None, replace: bool, no_secrets: bool) -> None:
        """Restore the backup DIR, or the newest in it, and compare it with what was backed up."""
        settings = from_environment()
        if home is not None:
            settings = changed(settings, home=home.absolute())
        found = find_backup(folder.absolute())
        manifest = read_manifest(found)
        require_restorable(found, manifest, say)
        is_sealed = manifest.has_secrets and not no_secrets
        opened = _opened(settings, found) if is_sealed else {}
        with sole_server(settings, say), database(settings, say) as url:
            done = restore_backup(settings, url, found, manifest, opened, replace=replace, say=say)
        click.echo(done)
        for line in secrets.overruled(opened, settings) if opened else ():
            say(f"Warning: {line}")

    return backup, restore


def _opened(settings: Settings, backup: Path) -> dict[str, bytes]:
    passphrase = settings.backup_passphrase or _asked_for(confirm=False)
    if not passphrase:
        raise click.UsageError(
            "the backup's secrets are sealed: set FAHSAI_BACKUP_PASSPHRASE, or restore without them"
            " (--no-secrets)"
        )
    return secrets.unseal(backup / secrets.SEALED, passphrase)


def _asked_for(*, confirm: bool) -> str | None:
    """On a terminal; nobody answers elsewhere."""
    if not sys.stdin.isatty():
        return None
    asked: str = click.prompt(
        "Passphrase of the secrets (empty for none)" if confirm else "Passphrase of the secrets",
        default="",
        hide_input=True,
        show_default=False,
        confirmation_prompt=confirm,
        err=True,
    )
    return asked or None
