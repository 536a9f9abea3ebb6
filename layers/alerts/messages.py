"""A message as every way is given it: what it says, whom it is for, and how it is ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Line:
    """One event as it is told. Texts are in the language of the message and hold what people wrote:
    whoever puts them into markup escapes them. `why` is the rule in words, `caveat` its method and
    uncertainty, `map_url` the page that shows it. Times are UTC."""

    event_id: int
    rule: str
    place: str
    why: str
    said: str
    value: float
    source: str
    observed_at: datetime
    caveat: str
    map_url: str
    simulated: bool


@dataclass(frozen=True)
class Message:
    """`id` is the same whenever the same is sent again, so that who receives it twice can tell.
    `subject` has no line breaks. `address` is what the way keeps of the recipient. Each address
    of ours is whole; `unsubscribe_url` takes a POST and needs no session."""

    id: str
    way: str
    language: str
    subject: str
    opening: str
    lines: tuple[Line, ...]
    closing: str
    address: Mapping[str, str]
    manage_url: str
    unsubscribe_url: str
