"""API keys: for programs of an account, which see and do what it may, and less by their scopes."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from geo_api.accounts import api_keys_sql as sql
from geo_api.accounts.sign_in import note, token_hash
from geo_api.database.connections import Writes
from layers.casework.staff import SCOPES, ApiKey, BadAccount, KeyNotFound

MOST_DAYS, MOST_KEYS = 730, 50
_PREFIX = 8
# Of the database's bigint.
_LAST_ID = 2**63 - 1


def make_key(
    accounts: Writes,
    account: int,
    name: str,
    scopes: Collection[str],
    lasts: timedelta,
    now: datetime,
    by: int | None,
) -> str:
    """The key, which is told once and then kept by nobody; `by` is who made it, None for the
    command line. Raises BadAccount."""
    name = name.strip()
    if not 1 <= len(name) <= 100 or not name.isprintable():
        raise BadAccount(
            f"a key is named for what uses it, in 1 to 100 characters, got {name[:80]!r}"
        )
    if not scopes or not set(scopes) <= set(SCOPES):
        raise BadAccount(f"a key needs scopes, of {', '.join(SCOPES)}, got {sorted(scopes)}")
    if not timedelta(days=1) <= lasts <= timedelta(days=MOST_DAYS):
        raise BadAccount(f"a key lasts 1 to {MOST_DAYS} days, got {lasts.days}")
    key = secrets.token_urlsafe(32)
    values = {
        "key_hash": token_hash(key),
        "prefix": key[:_PREFIX],
        "account": account,
        "name": name,
        "scopes": sorted(scopes),
        "lasts": lasts,
        "now": now,
        "most": MOST_KEYS,
    }
    with accounts.transaction() as transaction:
        found = transaction.fetch(sql.ADD, values)
        if not found:
            raise BadAccount(f"an account has at most {MOST_KEYS} keys: revoke one first")
        detail: dict[str, object] = {"scopes": sorted(scopes), "account": account}
        note(transaction, by, "key_made", f"key {found[0][0]}", detail)
    return key


def keys(accounts: Writes, account: int | None) -> list[ApiKey]:
    """Those of the account, or all; those that open something first, then the newest."""
    with accounts.transaction() as transaction:
        rows = transaction.fetch(sql.LISTED, {"account": account})
    return [
        ApiKey(id, prefix, name, owner, tuple(scopes), *times)
        for id, prefix, name, owner, scopes, *times in rows
    ]


def revoke_key(
    accounts: Writes, id: int, account: int | None, now: datetime, by: int | None
) -> None:
    """A key of the account, or any; it opens nothing from now on. Raises KeyNotFound."""
    with accounts.transaction() as transaction:
        values = {"id": min(id, _LAST_ID), "account": account, "now": now}
        if not transaction.fetch(sql.REVOKE, values):
            raise KeyNotFound(f"there is no key {id} that could be revoked")
        note(transaction, by, "key_revoked", f"key {id}", {})
