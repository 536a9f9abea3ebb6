"""Contacts of complainants: read one at a time, sealed again, erased when their time has come."""

import json
from datetime import datetime, timedelta

from geo_api.accounts import contacts_sql as sql
from geo_api.accounts.credentials import as_holder
from geo_api.accounts.sealing import Sealer
from geo_api.accounts.sign_in import note
from geo_api.database.connections import Writes
from layers.casework.contacts import Complainant, ContactNotFound


def read_contact(contacts: Writes, sealer: Sealer, credential: str, complaint: str) -> Complainant:
    """That it was read is noted in the log and in the story of the case, in one transaction with
    the reading. Raises ContactNotFound."""
    with as_holder(contacts, credential) as transaction:
        [(sealed,)] = transaction.fetch(sql.READ, {"complaint": complaint.replace("\0", "")})
        if sealed is None:
            raise ContactNotFound("there is no contact to be read for this complaint")
        return complainant(sealer.open(bytes(sealed)))


def complainant(text: bytes) -> Complainant:
    """As it was sealed: JSON of what was given."""
    given = json.loads(text)
    return Complainant(*(str(given.get(name, "")) for name in ("name", "telephone", "mail")))


def seal_all_again(owner: Writes, sealer: Sealer) -> int:
    """Every contact, and every address of a subscriber, with the newest key; how many. Raises
    Unsealable."""
    with owner.transaction() as transaction:
        kept = [(id, bytes(sealed)) for id, sealed in transaction.fetch(sql.SEALED)]
        for complaint, before in kept:
            values = {"complaint": complaint, "before": before}
            transaction.execute(sql.SEAL_AGAIN, {**values, "sealed": sealer.seal_again(before)})
        told = [(id, bytes(sealed)) for id, sealed in transaction.fetch(sql.SEALED_SUBSCRIBERS)]
        for subscriber, before in told:
            values = {"id": subscriber, "before": before, "sealed": sealer.seal_again(before)}
            transaction.execute(sql.SEAL_SUBSCRIBER_AGAIN, values)
        sealed_again = len(kept) + len(told)
        note(transaction, None, "contacts_sealed_again", "contacts", {"contacts": sealed_again})
    return sealed_again


def erase_closed(owner: Writes, now: datetime, after: timedelta) -> int:
    """The contacts of cases that were closed longer ago than `after`; how many."""
    with owner.transaction() as transaction:
        [(erased,)] = transaction.fetch(sql.ERASE_CLOSED, {"before": now - after, "now": now})
        if erased:
            detail: dict[str, object] = {"contacts": erased, "days": after.days}
            note(transaction, None, "contacts_erased", "contacts", detail)
    return int(erased)
