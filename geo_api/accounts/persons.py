"""All that is kept of one person, told or erased as they may ask; no count changes by it."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from geo_api.accounts import contacts_sql as sql
from geo_api.accounts.contacts import complainant
from geo_api.accounts.sealing import Sealer
from geo_api.accounts.sign_in import note
from geo_api.database.connections import Transaction, Writes

_COUNTRY, _TRUNK = "66", "0"  # of Thailand: +66 81 … is 081 …


class PersonNotFound(LookupError):
    """Nothing is kept of whoever was asked for."""


@dataclass(frozen=True)
class PersonQuery:
    """Whose: of a tracking code (its hash), of a complaint by its number, or of everybody who left
    that address of mail or that telephone."""

    tracking: bytes | None = None
    ticket: str | None = None
    mail: str | None = None
    telephone: str | None = None


def export_person(owner: Writes, sealer: Sealer, asked: PersonQuery) -> list[dict[str, Any]]:
    """Each complaint with what they gave and how it went. Raises PersonNotFound."""
    with owner.transaction() as transaction:
        complaints = _complaints(transaction, sealer, asked)
        rows = transaction.fetch(sql.PERSON, {"complaints": complaints})
        told = []
        for document, sealed in rows:
            contact = complainant(sealer.open(bytes(sealed))) if sealed is not None else None
            told.append({**document, "contact": asdict(contact) if contact else None})
        _note(transaction, "person_exported", complaints)
    return told


def erase_person(
    owner: Writes, sealer: Sealer, asked: PersonQuery, now: datetime, photos: Path
) -> int:
    """Their contact, words, address and photos (files of the folder `photos`), and their tracking
    codes; how many complaints that was. What of a complaint is counted stays, and what staff wrote.
    Raises PersonNotFound."""
    with owner.transaction() as transaction:
        complaints = _complaints(transaction, sealer, asked)
        values = {"complaints": complaints, "now": now}
        for statement in (
            sql.FORGET_CONTACT,
            sql.FORGET_WORDS,
            sql.FORGET_ADDRESS,
            sql.TELL_ERASED,
        ):
            transaction.execute(statement, values)
        files = [str(id) for (id,) in transaction.fetch(sql.FORGET_PHOTOS, values)]
        _note(transaction, "person_erased", complaints)
    for id in files:
        for file in photos.rglob(f"{id}*"):
            file.unlink(missing_ok=True)
    return len(complaints)


def _complaints(transaction: Transaction, sealer: Sealer, asked: PersonQuery) -> list[str]:
    found: list[str] = []
    if asked.tracking is not None:
        rows = transaction.fetch(sql.BY_TRACKING, {"tracking": asked.tracking})
        found += [id for (id,) in rows]
    if asked.ticket is not None:
        found += [id for (id,) in transaction.fetch(sql.BY_TICKET, {"ticket": asked.ticket})]
    is_theirs = _of(asked)
    if is_theirs is not None:
        # Nothing of a contact can be looked for in the database: each is opened.
        for id, sealed in transaction.fetch(sql.SEALED):
            if is_theirs(sealer.open(bytes(sealed))):
                found.append(id)
    if not found:
        raise PersonNotFound(
            "nothing is kept of this person: compare what they gave, or their code"
        )
    return sorted(set(found))


def _of(asked: PersonQuery) -> Callable[[bytes], bool] | None:
    mail = asked.mail.strip().casefold() if asked.mail else None
    number = telephone_number(asked.telephone) if asked.telephone else None
    if not mail and not number:
        return None

    def is_theirs(text: bytes) -> bool:
        one = complainant(text)
        same_mail = mail and one.mail.strip().casefold() == mail
        return bool(same_mail or (number and telephone_number(one.telephone) == number))

    return is_theirs


def telephone_number(written: str) -> str:
    """The digits, as dialled within Thailand, however it was written."""
    digits = "".join(str(int(letter)) for letter in written if letter.isdecimal())
    if digits.startswith(_COUNTRY) and len(digits) >= 11:
        return _TRUNK + digits.removeprefix(_COUNTRY).removeprefix(_TRUNK)
    return digits


def _note(transaction: Transaction, action: str, complaints: Sequence[str]) -> None:
    for id in complaints:
        note(transaction, None, action, f"complaint {id}", {})
