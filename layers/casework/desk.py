"""What the pages of the staff desk ask, and of whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from layers.casework.cases import Casework
from layers.casework.performance import Performance
from layers.casework.staff import Staff

# The complainant's name, telephone and mail, by these names; what they did not give is empty.
ReadContact = Callable[[Staff, str], Mapping[str, str]]


@dataclass(frozen=True)
class Desk:
    """`read_contact` notes each reading itself; None where there is no key to open contacts."""

    casework: Casework
    performance: Performance
    read_contact: ReadContact | None = None
