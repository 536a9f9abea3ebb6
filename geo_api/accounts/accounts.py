"""Accounts: who may sign in, in which role, and who no longer."""

from dataclasses import dataclass
from datetime import datetime

from geo_api.accounts import accounts_sql as sql
from geo_api.accounts.sign_in import note
from geo_api.database.connections import Transaction, Writes
from layers.casework.staff import OFFICER, ROLES, BadAccount
from layers.cleaning.provinces import PROVINCES, province_code


class AccountNotFound(LookupError):
    """Nobody has an account of this address."""


@dataclass(frozen=True)
class AccountRow:
    """An account as it is listed; `signs_in`: has a password or came by OIDC; `keys` still good."""

    email: str
    name: str
    role: str
    province_code: str | None
    disabled_at: datetime | None
    signs_in: bool
    seen_at: datetime | None
    keys: int

    def line(self) -> str:
        """For the command line."""
        state = "disabled" if self.disabled_at else "active" if self.signs_in else "by link only"
        where = f" {self.province_code}" if self.province_code else ""
        seen = f"{self.seen_at:%Y-%m-%d %H:%M} UTC" if self.seen_at else "no session"
        return f"{self.email}: {self.name}, {self.role}{where}; {state}; {seen}; keys: {self.keys}"


def add_account(writes: Writes, email: str, name: str, role: str, province: str | None) -> int:
    """An account without a password; its id. `province` is an officer's, by code or Thai name.
    Raises BadAccount."""
    email, name = email.strip().lower(), name.strip()
    if (
        email.count("@") != 1
        or not all(email.split("@"))
        or not email.isprintable()
        or " " in email
    ):
        raise BadAccount(f"an account's address must be one of mail, as a@b.go.th, got {email!r}")
    if not name or len(name) > 200 or not name.isprintable():
        raise BadAccount(f"a name must have 1 to 200 characters, got {name[:80]!r}")
    values = {"email": email, "name": name, "role": role, "province": _province(role, province)}
    with writes.transaction() as transaction:
        found = transaction.fetch(sql.ADD, values)
        if not found:
            raise BadAccount(f"{email} has an account already: fahsai account list")
        account = int(found[0][0])
        detail: dict[str, object] = {"role": role, "province": values["province"]}
        note(transaction, None, "account_added", f"account {account}", detail)
    return account


def account_of(writes: Writes, email: str) -> int:
    """The id of an account that is not disabled. Raises AccountNotFound."""
    with writes.transaction() as transaction:
        account, disabled_at = _known(transaction, email)
    if disabled_at is not None:
        raise AccountNotFound(f"{email} is disabled: fahsai account enable {email}")
    return account


def set_disabled(writes: Writes, email: str, *, disabled: bool) -> None:
    """Ends its sessions and its links; its keys open nothing until it is enabled again. Raises
    AccountNotFound."""
    with writes.transaction() as transaction:
        account, _ = _known(transaction, email)
        transaction.execute(sql.SET_DISABLED, {"account": account, "disabled": disabled})
        transaction.execute(sql.END_SESSIONS, {"account": account})
        transaction.execute(sql.END_LINKS, {"account": account})
        action = "account_disabled" if disabled else "account_enabled"
        note(transaction, None, action, f"account {account}", {})


def all_accounts(writes: Writes) -> list[AccountRow]:
    """By address."""
    with writes.transaction() as transaction:
        return [AccountRow(*row) for row in transaction.fetch(sql.ALL)]


def _known(transaction: Transaction, email: str) -> tuple[int, datetime | None]:
    found = transaction.fetch(sql.BY_EMAIL, {"email": email.strip().lower()})
    if not found:
        raise AccountNotFound(f"nobody has an account of {email!r}: fahsai account list")
    return int(found[0][0]), found[0][1]


def _province(role: str, given: str | None) -> str | None:
    if role not in ROLES:
        raise BadAccount(f"a role is one of {', '.join(ROLES)}, got {role!r}")
    if (role == OFFICER) != (given is not None):
        what = "needs a province" if role == OFFICER else f"is for {OFFICER}s alone: leave it out"
        raise BadAccount(f"{role}: --province {what}, got {given!r}")
    if given is None:
        return None
    code = given if given in PROVINCES else province_code(given)
    if code is None:
        raise BadAccount(
            f"a province is told by its code or Thai name, as 21 or ระยอง, got {given!r}"
        )
    return code
