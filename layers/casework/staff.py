"""Who is signed in, and what is said to who is not, or may not."""

from dataclasses import dataclass

OFFICER, ANALYST, NATIONAL, ADMIN = "officer", "analyst", "national", "admin"
# In the order of what they may: an officer the cases of a province, an analyst what is published
# and what is computed, national staff every case, an admin also the accounts.
ROLES = (OFFICER, ANALYST, NATIONAL, ADMIN)


@dataclass(frozen=True)
class Staff:
    """`credential` is the token of the session or the API key, for the database alone; `scopes` are
    of `intake`, `read` and `work`; only an officer has a `province_code` (TIS 1099)."""

    account_id: int
    name: str
    role: str
    province_code: str | None
    scopes: frozenset[str]
    credential: str


class NotSignedIn(RuntimeError):
    """Nobody is signed in, or no longer."""


class NotAllowed(RuntimeError):
    """Who is signed in may not do this; the message says who may."""
