"""Whom to answer about a complaint, as staff ask for it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Complainant:
    """As they gave it themselves; what they did not give is empty."""

    name: str = ""
    telephone: str = ""
    mail: str = ""


class ContactNotFound(LookupError):
    """No contact was left, or it was erased, or there is no such case for who asks: the three are
    not told apart."""
