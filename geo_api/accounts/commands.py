"""The commands `fahsai account …` and `fahsai key …`: who may sign in, and which programs."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import click

from geo_api.accounts.accounts import (
    AccountNotFound,
    account_of,
    add_account,
    all_accounts,
    set_disabled,
)
from geo_api.accounts.api_keys import MOST_DAYS, keys, make_key, revoke_key
from geo_api.accounts.sign_in import make_link
from geo_api.database.connections import WritePool, Writes
from geo_api.settings import Opens, Settings
from layers.casework.staff import NATIONAL, ROLES, SCOPES

_ANY_ADDRESS = ("0.0.0.0", "::")
_DEMO, _DEMO_NAME = "demo@example.org", "เจ้าหน้าที่ทดลอง"
_DEMO_LASTS = timedelta(hours=12)


@contextmanager
def owner_writes(url: str) -> Iterator[Writes]:
    """Transactions of the owner: whoever has the command line has the database."""
    with closing(WritePool(url, 1)) as pool:
        yield pool


def sign_in_address(settings: Settings, token: str, address: str | None = None) -> str:
    """Where a one-time link is opened; `address` is that of the site, as people know it."""
    host = "127.0.0.1" if settings.host in _ANY_ADDRESS else settings.host
    host = f"[{host}]" if ":" in host else host
    site = (address or f"http://{host}:{settings.port}").rstrip("/")
    return f"{site}/staff/sign-in?{urlencode({'link': token})}"


def demo_invitation(settings: Settings, url: str) -> str:
    """What is said of a world that was just made: how to see it as staff do."""
    with owner_writes(url) as writes:
        try:
            account = account_of(writes, _DEMO)
        except AccountNotFound:
            account = add_account(writes, _DEMO, _DEMO_NAME, NATIONAL, None)
        token = make_link(writes, account, datetime.now(UTC), _DEMO_LASTS)
    link = f"{sign_in_address(settings, token)}&next=/staff"
    again = f"(another link: fahsai account link {_DEMO})"
    return f"To see it as staff do, once within 12 hours: {link}\n{again}"


def account_commands(opened: Opens) -> click.Group:
    """`opened` gives the settings and the URL of a database that is up to date."""

    @click.group()
    def account() -> None:
        """Who may sign in."""

    @account.command()
    @click.argument("email")
    @click.option("--role", type=click.Choice(ROLES), required=True)
    @click.option("--province", help="An officer's, by code or Thai name.")
    @click.option("--name", required=True, help="As colleagues read it beside what was done.")
    def add(email: str, role: str, province: str | None, name: str) -> None:
        """Make an account of EMAIL. It has no password: `fahsai account link` lets it in."""
        with opened() as (_, url), owner_writes(url) as writes:
            add_account(writes, email, name, role, province)
        click.echo(f"{email}: {role}. Next: fahsai account link {email}")

    @account.command()
    @click.argument("email")
    @click.option("--minutes", type=click.IntRange(1, 10_080), default=60, show_default=True)
    @click.option("--address", help="Of the site, as https://fahsai.example.go.th; else this host.")
    def link(email: str, minutes: int, address: str | None) -> None:
        """Print a link by which EMAIL signs in once, to choose a password."""
        with opened() as (settings, url), owner_writes(url) as writes:
            lasts = timedelta(minutes=minutes)
            token = make_link(writes, account_of(writes, email), datetime.now(UTC), lasts)
        click.echo(sign_in_address(settings, token, address))

    @account.command()
    @click.argument("email")
    def disable(email: str) -> None:
        """Let EMAIL in no more: its sessions end now, and its API keys open nothing."""
        with opened() as (_, url), owner_writes(url) as writes:
            set_disabled(writes, email, disabled=True)
        click.echo(f"{email}: disabled")

    @account.command()
    @click.argument("email")
    def enable(email: str) -> None:
        """Let EMAIL in again."""
        with opened() as (_, url), owner_writes(url) as writes:
            set_disabled(writes, email, disabled=False)
        click.echo(f"{email}: enabled")

    @account.command("list")
    def list_() -> None:
        """Every account, with when it was last used."""
        with opened() as (_, url), owner_writes(url) as writes:
            rows = all_accounts(writes)
        none = "There is no account yet: fahsai account add EMAIL --role admin --name NAME"
        click.echo("\n".join(row.line() for row in rows) or none)

    return account


def key_commands(opened: Opens) -> click.Group:
    """See account_commands."""

    @click.group()
    def key() -> None:
        """API keys of programs that act for an account."""

    @key.command()
    @click.argument("email")
    @click.option("--name", required=True, help="For what uses it.")
    @click.option("--scope", "scopes", type=click.Choice(SCOPES), multiple=True, required=True)
    @click.option("--days", type=click.IntRange(1, MOST_DAYS), default=365, show_default=True)
    def add(email: str, name: str, scopes: tuple[str, ...], days: int) -> None:
        """Print a new key of the account EMAIL: it is shown this once."""
        now, lasts = datetime.now(UTC), timedelta(days=days)
        with opened() as (_, url), owner_writes(url) as writes:
            account = account_of(writes, email)
            click.echo(make_key(writes, account, name, scopes, lasts, now, None))

    @key.command("list")
    def list_() -> None:
        """Every key, by what it begins with."""
        with opened() as (_, url), owner_writes(url) as writes:
            for one in keys(writes, None):
                state = "revoked" if one.revoked_at else f"until {one.expires_at:%Y-%m-%d}"
                may = ", ".join(one.scopes)
                click.echo(f"{one.id} {one.prefix}… {one.owner}: {one.name}; {may}; {state}")

    @key.command()
    @click.argument("id", type=click.IntRange(1))
    def revoke(id: int) -> None:
        """Have the key of that number, of `fahsai key list`, open nothing any more."""
        with opened() as (_, url), owner_writes(url) as writes:
            revoke_key(writes, id, None, datetime.now(UTC), None)
        click.echo(f"{id}: revoked")

    return key
