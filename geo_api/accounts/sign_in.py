"""Sessions: opened by a password, a one-time link or another's word; kept open by use; ended."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from geo_api.accounts import sign_in_sql as sql
from geo_api.accounts.passwords import is_password, password_hash
from geo_api.database.connections import Transaction, Writes
from layers.casework.staff import OpenedSession, SignInRefused

LINK_LASTS = timedelta(hours=1)
_REFUSED = "the address and the password are not those of an account"
_NO_ACCOUNT = "there is no account of this address: ask an administrator"
_SPENT = "the link was used, or has ended: ask for another one"


@dataclass(frozen=True)
class SessionTimes:
    """A session ends after `idle` without a request, and after `longest` in any case."""

    idle: timedelta = timedelta(hours=8)
    longest: timedelta = timedelta(hours=24)


@dataclass(frozen=True)
class Identity:
    """Who somebody is to the provider; `email` in small letters, and verified by it."""

    issuer: str
    subject: str
    email: str


def token_hash(token: str) -> bytes:
    """What is kept of a secret that is random: nobody can be found out from it."""
    return sha256(token.encode("utf-8", "replace")).digest()


def sign_in_by_password(
    accounts: Writes, email: str, password: str, now: datetime, times: SessionTimes
) -> OpenedSession:
    """Raises SignInRefused, with the same words and after the same time whatever was wrong."""
    email = email.strip().lower().replace("\0", "")
    with accounts.transaction() as transaction:
        found = transaction.fetch(sql.BY_EMAIL, {"email": email})
    account, kept = found[0] if found else (None, None)
    right = is_password(password, kept)
    with accounts.transaction() as transaction:
        if right:
            return open_session(transaction, account, "password", now, times)
        note(transaction, account, "sign_in_refused", _subject(account), {"by": "password"})
    raise SignInRefused(_REFUSED)


def make_link(accounts: Writes, account: int, now: datetime, lasts: timedelta = LINK_LASTS) -> str:
    """The token of a link that signs in as the account, once."""
    token = secrets.token_urlsafe(32)
    kept = {"token_hash": token_hash(token), "account": account, "now": now}
    with accounts.transaction() as transaction:
        transaction.execute(sql.ADD_LINK, {**kept, "expires_at": now + lasts})
        note(transaction, account, "link_made", _subject(account), {})
    return token


def link_owner(accounts: Writes, token: str, now: datetime) -> str | None:
    """The name of whom the link signs in; None where it was used or has ended."""
    with accounts.transaction() as transaction:
        found = transaction.fetch(sql.LINK_OWNER, {"token_hash": token_hash(token), "now": now})
    return str(found[0][0]) if found else None


def sign_in_by_link(
    accounts: Writes, token: str, now: datetime, times: SessionTimes
) -> OpenedSession:
    """Uses the link up. Raises SignInRefused."""
    with accounts.transaction() as transaction:
        found = transaction.fetch(sql.USE_LINK, {"token_hash": token_hash(token), "now": now})
        if found:
            return open_session(transaction, found[0][0], "link", now, times)
        note(transaction, None, "sign_in_refused", _subject(None), {"by": "link"})
    raise SignInRefused(_SPENT)


def sign_in_by_identity(
    accounts: Writes, one: Identity | None, now: datetime, times: SessionTimes
) -> OpenedSession:
    """Whoever a provider vouched for, None for whom it did not. Raises SignInRefused where there is
    no account of theirs: none is made."""
    with accounts.transaction() as transaction:
        found = []
        if one is not None:
            values = {"issuer": one.issuer, "subject": one.subject, "email": one.email}
            found = transaction.fetch(sql.BY_SUBJECT, values)
            found = found or transaction.fetch(sql.BIND_SUBJECT, values)
        if found:
            return open_session(transaction, found[0][0], "oidc", now, times)
        note(transaction, None, "sign_in_refused", _subject(None), {"by": "oidc"})
    raise SignInRefused(_NO_ACCOUNT)


def open_session(
    transaction: Transaction, account: int, by: str, now: datetime, times: SessionTimes
) -> OpenedSession:
    """A session with a token that nobody has seen before."""
    token = secrets.token_urlsafe(32)
    values = {"idle": times.idle, "longest": times.longest, "now": now, "account": account}
    transaction.execute(sql.FORGET_ENDED_SESSIONS, {"now": now})
    transaction.execute(sql.OPEN_SESSION, {**values, "token_hash": token_hash(token)})
    note(transaction, account, "sign_in", _subject(account), {"by": by})
    return OpenedSession(token, account, now + times.longest)


def keep_open(accounts: Writes, token: str, now: datetime, times: SessionTimes) -> None:
    """The session is in use."""
    values = {"idle": times.idle, "longest": times.longest, "now": now}
    with accounts.transaction() as transaction:
        transaction.execute(sql.KEEP_OPEN, {**values, "token_hash": token_hash(token)})


def sign_out(accounts: Writes, token: str) -> None:
    """Ends the session, if it is one."""
    with accounts.transaction() as transaction:
        for (account,) in transaction.fetch(sql.END_SESSION, {"token_hash": token_hash(token)}):
            note(transaction, account, "sign_out", _subject(account), {})


def has_password(accounts: Writes, account: int) -> bool:
    """Whether the account signs in by a password."""
    with accounts.transaction() as transaction:
        [(has,)] = transaction.fetch(sql.HAS_PASSWORD, {"account": account})
    return bool(has)


def set_password(accounts: Writes, account: int, password: str, token: str) -> None:
    """Of whoever has the session of `token`; ends the others. Raises BadAccount."""
    kept = password_hash(password)
    with accounts.transaction() as transaction:
        transaction.execute(sql.SET_PASSWORD, {"account": account, "hash": kept})
        others = {"account": account, "token_hash": token_hash(token)}
        ended = transaction.execute(sql.END_OTHER_SESSIONS, others)
        note(transaction, account, "password_set", _subject(account), {"sessions_ended": ended})


def note(
    transaction: Transaction,
    account: int | None,
    action: str,
    subject: str,
    detail: dict[str, object],
) -> None:
    """Writes it into the log, in the transaction of what was done."""
    values = {"account": account, "action": action, "subject": subject}
    transaction.fetch(sql.AUDIT, {**values, "detail": json.dumps(detail)})


def _subject(account: int | None) -> str:
    return "no account" if account is None else f"account {account}"
