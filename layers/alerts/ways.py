"""The ways in which one is told, as pages speak of them."""

from dataclasses import dataclass

from layers.model import Text


@dataclass(frozen=True)
class Way:
    """`asks` is the field in which a subscriber says where to: its name in forms and in what is
    kept; None where the subscriber is given an address of ours instead, and nothing is sent. What
    `needs_confirmation` is told nothing before its owner said yes."""

    name: str
    title: Text
    asks: str | None
    hint: Text
    needs_confirmation: bool = True


class BadAddress(ValueError):
    """Where to send to cannot be used; the message says what can."""
