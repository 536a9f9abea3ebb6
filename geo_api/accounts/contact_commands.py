"""The commands `fahsai contacts …` and `fahsai audit …`: whose data are kept, and who saw them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import click

from geo_api.accounts import audit as log
from geo_api.accounts.commands import account_commands, key_commands, owner_writes
from geo_api.accounts.contacts import erase_closed, seal_all_again
from geo_api.accounts.persons import PersonQuery, erase_person, export_person
from geo_api.accounts.sealing import Sealer
from geo_api.settings import Opens, Settings

_PHOTOS = "photos"
HashOfCode = Callable[[str], bytes | None]


def staff_commands(opened: Opens, hash_of_code: HashOfCode) -> tuple[click.Group, ...]:
    """Those of this room."""
    return (
        account_commands(opened),
        key_commands(opened),
        contact_commands(opened, hash_of_code),
        audit_commands(opened),
    )


def erase_old_contacts(settings: Settings, url: str) -> int:
    """What `fahsai contacts erase` does; how many."""
    with owner_writes(url) as owner:
        return erase_closed(owner, datetime.now(UTC), settings.contact_kept)


def contact_commands(opened: Opens, hash_of_code: HashOfCode) -> click.Group:
    """`hash_of_code` gives what is kept of a tracking code, None for what can be none."""

    @click.group()
    def contacts() -> None:
        """Whom to answer about complaints: seal, erase, tell."""

    @contacts.command()
    def rotate() -> None:
        """Seal every contact with the newest key: a new one, unless a setting has them."""
        with opened() as (settings, url), owner_writes(url) as owner:
            sealer = Sealer(settings)
            is_made = sealer.add_key()
            sealed = seal_all_again(owner, sealer)
        further = "" if is_made else "; the other keys of FAHSAI_CONTACT_KEYS may go now"
        click.echo(f"{sealed} contacts are sealed with the newest key{further}")

    @contacts.command()
    @_whose
    def export(**whose: str | None) -> None:
        """All that is kept of a person, as JSON."""
        asked = _query(whose, hash_of_code)
        with opened() as (settings, url), owner_writes(url) as owner:
            told = export_person(owner, Sealer(settings), asked)
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))

    @contacts.command()
    @_whose
    @click.option(
        "--older-than", type=click.IntRange(0), help="Days since the complaint was closed."
    )
    @click.option("--yes", is_flag=True, help="Do not ask whether to erase a person's data.")
    def erase(older_than: int | None, yes: bool, **whose: str | None) -> None:
        """Erase one person's data; or, of nobody by name, the contacts of complaints that were
        closed longer ago than FAHSAI_CONTACT_DAYS. No count changes by it."""
        if any(whose.values()):
            if older_than is not None:
                raise click.UsageError("--older-than is of all complaints: name nobody")
            asked = _query(whose, hash_of_code)
            if not yes:
                click.confirm("Erase what they gave? Nothing brings it back.", abort=True)
            _erase_one(opened, asked)
            return
        with opened() as (settings, url), owner_writes(url) as owner:
            after = settings.contact_kept if older_than is None else timedelta(days=older_than)
            erased = erase_closed(owner, datetime.now(UTC), after)
        click.echo(f"{erased} contacts erased, of complaints closed {after.days} days ago or more")

    return contacts


def audit_commands(opened: Opens) -> click.Group:
    """See account_commands."""

    @click.group()
    def audit() -> None:
        """The log of what was done."""

    @audit.command()
    @click.option("--seal", help="Of an earlier run, which the log must still hold: 120:9f3c…")
    def verify(seal: str | None) -> None:
        """Read the log from its first row, and name the first that was tampered with."""
        with opened() as (_, url), owner_writes(url) as owner:
            click.echo(str(log.verify(owner, seal)))

    @audit.command()
    @click.option("--rows", type=click.IntRange(1, 100_000), default=20, show_default=True)
    def tail(rows: int) -> None:
        """Print the last rows."""
        with opened() as (_, url), owner_writes(url) as owner:
            for line in log.tail(owner, rows):
                click.echo(line)

    return audit


def _whose(command: Callable[..., None]) -> Callable[..., None]:
    for name, text in (
        ("--telephone", "Everybody who left that number."),
        ("--mail", "Everybody who left that address."),
        ("--complaint", "The number of one complaint."),
        ("--code", "The tracking code of one complaint."),
    ):
        command = click.option(name, help=text)(command)
    return command


def _query(whose: dict[str, str | None], hash_of_code: HashOfCode) -> PersonQuery:
    code = whose["code"]
    tracking = hash_of_code(code) if code else None
    if code and tracking is None:
        raise click.UsageError(f"{code} is no tracking code")
    if not any(whose.values()):
        raise click.UsageError("whose? --code, --complaint, --mail or --telephone")
    return PersonQuery(tracking, whose["complaint"], whose["mail"], whose["telephone"])


def _erase_one(opened: Opens, asked: PersonQuery) -> None:
    with opened() as (settings, url), owner_writes(url) as owner:
        photos = settings.home / _PHOTOS
        erased = erase_person(owner, Sealer(settings), asked, datetime.now(UTC), photos)
    click.echo(f"{erased} complaints: contact, words, address and photos erased; the cases stay")
