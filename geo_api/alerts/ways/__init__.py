"""The ways in which messages leave: a module each, found from this folder, or from a plugin's.

A module NAME has `WAY`, a Sender whose `way.name` is NAME. One that needs nobody to send anything,
as a feed that is fetched, has `way.asks` None, and no delivery is made for it.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import cache
from typing import Protocol

from geo_api.settings import Settings
from layers.alerts.messages import Message
from layers.alerts.ways import Way
from layers.plugins import extend, modules

extend(__path__, __name__)

# Sends one message. Raises PutOff, Refused or Gone, and WayDown where none can be sent at all.
Send = Callable[[Message], None]


class PutOff(RuntimeError):
    """This message was not taken, and may be later; the message says why."""


class Refused(RuntimeError):
    """This message is not taken, and will not be: it is given up."""


class Gone(Refused):
    """Nobody receives there any more: all that is sent there ends."""


class WayDown(RuntimeError):
    """Nothing can be sent just now: what waits goes on waiting, and no attempt is counted."""


class Sender(Protocol):
    """What a way's module declares."""

    @property
    def way(self) -> Way:
        """As pages speak of it."""

    def missing(self, settings: Settings) -> str | None:
        """Which setting is needed before anything can be sent; None where nothing is."""

    def read(self, given: str) -> Mapping[str, str]:
        """What is kept, sealed, of where to send to; the same for the same place however it is
        written. Raises BadAddress."""

    def opened(self, settings: Settings) -> AbstractContextManager[Send]:
        """One connection, or whatever is kept between messages. Raises WayDown."""


@cache
def ways() -> Mapping[str, Sender]:
    """By name."""
    return {one.WAY.way.name: one.WAY for one in modules(__path__, __name__)}
