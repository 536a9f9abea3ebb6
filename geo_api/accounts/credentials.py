"""Transactions of staff, whom PostgreSQL knows by the credential that the transaction names."""

from collections.abc import Iterator
from contextlib import contextmanager

from geo_api.accounts import credentials_sql as sql
from geo_api.database.connections import Transaction, Writes
from layers.casework.staff import NotSignedIn, Staff


@contextmanager
def as_holder(writes: Writes, credential: str) -> Iterator[Transaction]:
    """What is read and written within sees the rows that the credential opens, and no other; with
    one that nobody holds, none."""
    with writes.transaction() as transaction:
        transaction.fetch(sql.USE_CREDENTIAL, {"credential": credential.replace("\0", "")})
        yield transaction


def staff_of(writes: Writes, credential: str) -> Staff:
    """Whose credential it is. Raises NotSignedIn."""
    with as_holder(writes, credential) as transaction:
        found = transaction.fetch(sql.SIGNED_IN)
    if not found:
        raise NotSignedIn("sign in first: the session or key is unknown, has ended or was revoked")
    [(account_id, name, role, province_code, scopes)] = found
    return Staff(account_id, name, role, province_code, frozenset(scopes), credential)
