"""Who may be told of what, as pages and routes ask for it; the service answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from layers.alerts.places import Place
from layers.alerts.ways import Way
from layers.casework.staff import Staff
from layers.model import Text

PAUSE, RESUME, DELETE = "pause", "resume", "delete"
ACTS = (PAUSE, RESUME, DELETE)
MOST_A_DAY = (1, 100)


@dataclass(frozen=True)
class Hours:
    """When somebody is told, in hours of Thai time (0 to 23). With a `digest_hour` once a day, else
    at once but for the quiet hours; `most_a_day` messages, what is more comes as one."""

    digest_hour: int | None = None
    quiet_from: int | None = None
    quiet_to: int | None = None
    most_a_day: int = 10


@dataclass(frozen=True)
class Asked:
    """What somebody wants to be told of; `parameters` and `address` as they were typed."""

    rule: str
    place: Place
    way: str
    address: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    language: str = "th"
    hours: Hours = Hours()
    label: str = ""


@dataclass(frozen=True)
class Kept:
    """`token` is of who needs no question, and leads to all that they are told of; of others it is
    in the question that they are sent."""

    token: str | None = None


@dataclass(frozen=True)
class Watched:
    """One subscription, in words: `why` is the rule with its numbers."""

    why: Text
    place: Text
    label: str


@dataclass(frozen=True)
class Subscription:
    """One of somebody's; `told_at` is when they were last told of it (UTC), `problem` why it cannot
    be evaluated."""

    uid: UUID
    watched: Watched
    confirmed: bool
    paused: bool
    told_at: datetime | None
    problem: Text | None = None


@dataclass(frozen=True)
class Mine:
    """What somebody is told of; of where to, only the way. `secret` is what a receiver knows our
    webhooks by."""

    way: Way
    language: str
    hours: Hours
    ended: bool
    subscriptions: Sequence[Subscription]
    secret: str | None = None


@dataclass(frozen=True)
class Waiting:
    """A message as it lies in the outbox: to whom is a number. Times are UTC."""

    recipient: int
    way: str
    kind: str
    state: str
    created_at: datetime
    due_at: datetime
    attempts: int
    error: str | None
    said: Text
    watched: Watched


@dataclass(frozen=True)
class Outbox:
    """The newest messages, how many there are of each state, and which setting sending lacks."""

    messages: Sequence[Waiting]
    counts: Mapping[str, int]
    missing: str | None


class BadAlert(ValueError):
    """What was asked for cannot be; `field` names the part of the form."""

    def __init__(self, field: str, said: Text) -> None:
        super().__init__(said.en)
        self.field = field
        self.said = said


class AlertNotFound(LookupError):
    """No token of ours, or a subscription of somebody else."""


class Alerts(Protocol):
    """Whoever keeps subscriptions. Tokens are those of messages; each call raises AlertNotFound for
    one that is none."""

    def ways(self) -> Sequence[tuple[Way, str | None]]:
        """Each with the setting that it lacks, if any."""

    def push_key(self) -> str:
        """What a browser is given to subscribe by (`applicationServerKey`), base64url."""

    def place_name(self, place: Place) -> Text | None:
        """What a place is called; None for one that is not there."""

    def subscribe(self, asked: Asked) -> Kept:
        """Whether or not the address was known. Raises BadAlert."""

    def staff_subscribe(self, staff: Staff, asked: Asked) -> None:
        """What only staff may know, to their own mail. Raises BadAlert and NotAllowed."""

    def question(self, token: str) -> Watched:
        """What its owner is asked to confirm."""

    def confirm(self, token: str) -> str:
        """The token by which the subscriber manages what they are told."""

    def mine(self, token: str) -> Mine:
        """All that the subscriber is told of."""

    def feed(self, token: str) -> tuple[bytes, str]:
        """The Atom feed of a subscriber whose way that is, the newest first; and its entity tag."""

    def followed(self, rule: str, province: str) -> tuple[bytes, str]:
        """The Atom feed of one of FOLLOWED in a province, which anybody may read."""

    def change(self, token: str, subscription: UUID, act: str) -> None:
        """One of ACTS."""

    def change_hours(self, token: str, hours: Hours) -> None:
        """From now on."""

    def end(self, token: str) -> None:
        """Nothing more is sent; and who ended it is forgotten after a time."""

    def outbox(self, staff: Staff, most: int) -> Outbox:
        """For national staff and admins. Raises NotAllowed."""
