"""Who is signed in, how one signs in, and what is said to who is not, or may not."""

from dataclasses import dataclass
from datetime import datetime

OFFICER, ANALYST, NATIONAL, ADMIN = "officer", "analyst", "national", "admin"
# In the order of what they may: an officer the cases of a province, an analyst what is published
# and what is computed, national staff every case, an admin also the accounts.
ROLES = (OFFICER, ANALYST, NATIONAL, ADMIN)

# What a key may: send complaints, read the cases that its account sees, work on them.
SCOPES = ("intake", "read", "work")


@dataclass(frozen=True)
class Staff:
    """`credential` is the token of the session or the API key, for the database alone; `scopes` are
    of `intake`, `read` and `work`; only an officer has a `province_code` (TIS 1099). Who came by a
    session, and not by a key, has a `csrf_token`, which every form of theirs must carry."""

    account_id: int
    name: str
    role: str
    province_code: str | None
    scopes: frozenset[str]
    credential: str
    csrf_token: str = ""


class NotSignedIn(RuntimeError):
    """Nobody is signed in, or no longer."""


class NotAllowed(RuntimeError):
    """Who is signed in may not do this; the message says who may."""


class SignInRefused(RuntimeError):
    """The address and the password are not those of an account, or the link is none, was used or
    has ended: which of these, nobody is told."""


@dataclass(frozen=True)
class OpenedSession:
    """`token` goes into the cookie of who signed in, and nowhere else; the session ends at
    `ends_at` (UTC) at the latest."""

    token: str
    account_id: int
    ends_at: datetime


@dataclass(frozen=True)
class ApiKey:
    """A key as it is listed: its `prefix` is all that is left of it; `owner` is whose it is."""

    id: int
    prefix: str
    name: str
    owner: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


class KeyNotFound(RuntimeError):
    """No such key, or not one of whoever asks."""


class BadAccount(ValueError):
    """What was said of an account, a password or a key cannot be; the message says what can."""


def require_reader(staff: Staff) -> None:
    """Raises NotAllowed for whom no case is shown, whichever it is."""
    if staff.role == ANALYST or "read" not in staff.scopes:
        raise NotAllowed(
            "complaints are for officers, national staff and admins, and with an API key for one"
            " that has the scope 'read'; analysts have the published layers"
        )
