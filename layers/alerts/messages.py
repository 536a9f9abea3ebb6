"""A message as every way is given it: what it says, whom it is for, and how it is ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from layers.model import Text


@dataclass(frozen=True)
class Line:
    """One event as it is told, in both languages, Thai first. It holds what people wrote: whoever
    puts it into markup escapes it. `why` is the rule in words, `said` what was found, `caveat` its
    method and uncertainty, `map_url` the page that shows it, `label` what the subscriber calls it,
    if anything. Times are UTC."""

    event: int
    rule: str
    place: Text
    why: Text
    said: Text
    value: float
    source: Text
    observed_at: datetime
    caveat: Text
    map_url: str
    simulated: bool
    label: str = ""


@dataclass(frozen=True)
class Message:
    """`id` is the same whenever the same is sent again, so that who receives it twice can tell.
    `subject` has no line breaks. `address` is what the way keeps of the recipient. Each address of
    ours is whole; `unsubscribe_url` takes a POST and needs no session. What asks whether somebody
    wants to be told has a `confirm_url`, and no `lines`."""

    id: str
    subject: str
    opening: Text
    lines: tuple[Line, ...]
    address: Mapping[str, str]
    manage_url: str
    unsubscribe_url: str
    confirm_url: str | None = None
