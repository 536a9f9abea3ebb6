"""The log of what was done: whether it is whole, and its last rows.

Each row is sealed with the one before it. Who owns the database could take the trigger off that
keeps rows as they are, and seal all rows after a change anew: that is seen by whoever has written
down, elsewhere, the last row's seal as `fahsai audit verify` told it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo_api.accounts import audit_sql as sql
from geo_api.database.connections import Writes

_SEAL = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


class BrokenLog(RuntimeError):
    """A row of the log is not what it was; the message names the first."""


class BadSeal(ValueError):
    """What was given is no seal as `fahsai audit verify` tells one."""


@dataclass(frozen=True)
class Verified:
    """How many rows there are, and the seal of the last: its number and hash."""

    rows: int
    seal: str | None

    def __str__(self) -> str:
        if self.seal is None:
            return "the log is empty"
        return f"{self.rows} rows, each as it was written. Keep this elsewhere: {self.seal}"


def verify(owner: Writes, seal: str | None = None) -> Verified:
    """Reads the log from its first row to its last; `seal` is one that was told before, which it
    must still hold. Raises BrokenLog, BadSeal."""
    with owner.transaction() as transaction:
        for seq, is_gap, is_changed in transaction.fetch(sql.FIRST_BROKEN):
            what = "was changed" if is_changed else "does not follow the one before it"
            if is_gap:
                what = "follows one that is missing"
            raise BrokenLog(f"row {seq} of the log {what}: the log was tampered with there")
        if seal is not None:
            number, digest = _read(seal)
            if transaction.fetch(sql.HASH_OF, {"seq": number}) != [(digest,)]:
                raise BrokenLog(f"row {number} of the log is not the one whose seal was told")
        last = transaction.fetch(sql.LAST)
    return Verified(last[0][0], f"{last[0][0]}:{last[0][1]}") if last else Verified(0, None)


def tail(owner: Writes, most: int) -> Iterator[str]:
    """The last rows, oldest first, a line each."""
    with owner.transaction() as transaction:
        rows = transaction.fetch(sql.TAIL, {"most": most})
    for seq, at, who, action, subject, detail in reversed(rows):
        more = " ".join(f"{name}={value}" for name, value in detail.items())
        yield f"{seq} {at:%Y-%m-%d %H:%M:%S} {who} {action} {subject} {more}".rstrip()


def _read(seal: str) -> tuple[int, str]:
    found = _SEAL.fullmatch(seal.strip())
    if found is None:
        raise BadSeal(f"a seal is a number, a colon and 64 hexadecimal digits, got {seal[:80]!r}")
    return int(found[1]), found[2]
