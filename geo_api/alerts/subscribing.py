"""Keeps who is told of what, for pages and routes: functions of the database do it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from psycopg2.errors import InsufficientPrivilege

from geo_api.accounts.credentials import as_holder
from geo_api.alerts import subscribing_sql as sql
from geo_api.alerts.asking import MAIL, NO_PLACE, read, read_hours
from geo_api.alerts.atom import MOST_ENTRIES, Entry, Feed, atom, etag
from geo_api.alerts.isolation import why_not
from geo_api.alerts.outbox import composer, home_url, missing_settings
from geo_api.alerts.push_key import public_bytes, signing_key
from geo_api.alerts.tokens import MANAGE, token, token_hash
from geo_api.alerts.ways import ways
from geo_api.alerts.ways.push import encoded
from geo_api.alerts.ways.webhook import signing_secret
from geo_api.database.connections import Reads, Writes
from geo_api.features.cursors import cursor_secret
from geo_api.settings import Settings
from layers.alerts.desk import (
    ACTS,
    AlertNotFound,
    Asked,
    BadAlert,
    Hours,
    Kept,
    Mine,
    Outbox,
    Subscription,
    Waiting,
    Watched,
)
from layers.alerts.places import KINDS, Place
from layers.alerts.rules import FOLLOWED, PUBLIC, RULES, STAFF, rule_named
from layers.alerts.sentences import place_words, said, why
from layers.alerts.ways import Way
from layers.casework.staff import NotAllowed, Staff
from layers.model import Text

_HOOK = "webhook"
_FOLLOWED = {rule.name: rule for rule in FOLLOWED}
_FEED = Text("การแจ้งเตือนจากฟ้าใส", "Alerts by Fahsai")


@dataclass(frozen=True)
class DatabaseAlerts:
    """The Alerts of the service; see layers.alerts.desk."""

    reads: Reads
    writes: Writes
    staff_writes: Writes
    settings: Settings

    def ways(self) -> Sequence[tuple[Way, str | None]]:
        """See Alerts."""
        return [(one.way, one.missing(self.settings)) for one in ways().values()]

    def push_key(self) -> str:
        """See Alerts."""
        return encoded(public_bytes(signing_key(self.settings)))

    def place_name(self, place: Place) -> Text | None:
        """See Alerts."""
        rows = self._fetch(sql.PLACE, asdict(place))
        return place_words(place.kind, Text(*rows[0]), place.radius_m) if rows else None

    def subscribe(self, asked: Asked) -> Kept:
        """See Alerts."""
        kept = _kept(self._fetch(sql.SUBSCRIBE, read(self.settings, asked, PUBLIC)))
        if ways()[asked.way].way.needs_confirmation:
            return Kept()
        return Kept(self._token(MANAGE, UUID(kept)))

    def staff_subscribe(self, staff: Staff, asked: Asked) -> None:
        """See Alerts."""
        try:
            with as_holder(self.staff_writes, staff.credential) as transaction:
                [(mail,)] = transaction.fetch(sql.OWN_MAIL)
                if not mail:
                    raise NotAllowed("only an account with a mail is told of cases")
                values = read(self.settings, replace(asked, way=MAIL, address=mail), STAFF)
                _kept(transaction.fetch(sql.STAFF_SUBSCRIBE, values))
        except InsufficientPrivilege as problem:
            raise NotAllowed(str(problem).splitlines()[0]) from None

    def question(self, token: str) -> Watched:
        """See Alerts."""
        rows = self._fetch(sql.QUESTION, {"token": _hash(token)})
        if not rows:
            raise AlertNotFound(_UNKNOWN)
        names = ("rule", "parameters", "kind", "name_th", "name_en", "radius_m", "label")
        return _watched(dict(zip(names, rows[0], strict=True)))

    def confirm(self, token: str) -> str:
        """See Alerts."""
        [(recipient,)] = self._fetch(sql.CONFIRM, {"token": _hash(token)})
        if recipient is None:
            raise AlertNotFound(_UNKNOWN)
        return self._token(MANAGE, UUID(str(recipient)))

    def mine(self, token: str) -> Mine:
        """See Alerts."""
        [(found,)] = self._fetch(sql.MINE, {"token": _hash(token)})
        if found is None or found["way"] not in ways():
            raise AlertNotFound(_UNKNOWN)
        hours = Hours(*(found[one] for one in _HOURS_KEPT))
        of = [_subscription(one) for one in found["subscriptions"]]
        way = ways()[found["way"]].way
        secret = signing_secret(cursor_secret(self.settings), token) if way.name == _HOOK else None
        return Mine(way, found["language"], hours, found["ended"], of, secret)

    def feed(self, token: str) -> tuple[bytes, str]:
        """See Alerts."""
        values = {"token": _hash(token), "most": MOST_ENTRIES}
        [(found,)] = self.reads.fetch(sql.FEED, values)
        if found is None:
            raise AlertNotFound(_UNKNOWN)
        page = f"/alerts/{token}"
        return self._atom(found, token, _FEED, f"{page}/feed.atom", page)

    def followed(self, rule: str, province: str) -> tuple[bytes, str]:
        """See Alerts."""
        values = {"rule": rule, "province": province, "most": MOST_ENTRIES}
        found = rule in _FOLLOWED and self.reads.fetch(sql.FOLLOWED, values)
        if not found or found[0][0] is None:
            raise AlertNotFound(f"rules with a feed of each province: {', '.join(_FOLLOWED)}")
        [(told,)] = found
        of, name = _FOLLOWED[rule].title, Text(told["name_th"], told["name_en"])
        title = Text(f"{of.th}: {name.th}", f"{of.en}: {name.en}")
        here = f"/alerts/feeds/{rule}/{quote(province, safe='')}.atom"
        return self._atom(told, here, title, here, f"/provinces/{quote(province, safe='')}")

    def _atom(
        self, found: Mapping[str, Any], name: str, title: Text, here: str, page: str
    ) -> tuple[bytes, str]:
        home, by = home_url(self.settings), composer(self.settings)
        entries = [Entry(by.line(one), datetime.fromisoformat(one["at"])) for one in found["lines"]]
        since = datetime.fromisoformat(found["since"])
        body = atom(Feed(name, title, home, home + here, home + page, since, entries))
        return body, etag(body)

    def change(self, token: str, subscription: UUID, act: str) -> None:
        """See Alerts."""
        if act not in ACTS:
            raise AlertNotFound(f"one can {', '.join(ACTS)} an alert, and not {act!r}")
        values = {"token": _hash(token), "subscription": str(subscription), "act": act}
        self._changed(sql.CHANGE, values)

    def change_hours(self, token: str, hours: Hours) -> None:
        """See Alerts."""
        self._changed(sql.CHANGE_HOURS, {"token": _hash(token), **asdict(read_hours(hours))})

    def end(self, token: str) -> None:
        """See Alerts."""
        self._changed(sql.END, {"token": _hash(token)})

    def outbox(self, staff: Staff, most: int) -> Outbox:
        """See Alerts."""
        try:
            with as_holder(self.staff_writes, staff.credential) as transaction:
                rows = transaction.fetch(sql.OUTBOX, {"most": most})
                [(counts,)] = transaction.fetch(sql.COUNTS)
        except InsufficientPrivilege as problem:
            raise NotAllowed(str(problem).splitlines()[0]) from None
        told = [_waiting(row) for row in rows]
        return Outbox(told, counts or {}, missing_settings(self.settings))

    def _token(self, purpose: str, uid: UUID) -> str:
        return token(cursor_secret(self.settings), purpose, uid)

    def _changed(self, statement: str, values: Mapping[str, Any]) -> None:
        if self._fetch(statement, values) != [(True,)]:
            raise AlertNotFound(_UNKNOWN)

    def _fetch(self, statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        with self.writes.transaction() as transaction:
            return transaction.fetch(statement, values)


_UNKNOWN = "this address is none of an alert: open the newest message that you were sent"
_HOURS_KEPT = ("digest_hour", "quiet_from", "quiet_to", "most_a_day")


def _kept(rows: list[tuple[Any, ...]]) -> str:
    """What the function keep_alert says but for what cannot be kept."""
    [(said,)] = rows
    if said == "no_place":
        raise BadAlert("place", NO_PLACE)
    return str(said)


def _hash(token: str) -> bytes:
    """Raises AlertNotFound for what can be no token."""
    found = token_hash(token)
    if found is None:
        raise AlertNotFound(_UNKNOWN)
    return found


def _watched(told: Mapping[str, Any]) -> Watched:
    name = Text(told["name_th"], told["name_en"])
    kind = told["kind"] if told["kind"] in KINDS else told["place"]
    place = place_words(kind, name, told["radius_m"])
    rule = RULES.get(told["rule"])
    # Somebody may still be subscribed to one that an earlier version of us had.
    asked = why(rule, told["parameters"]) if rule else Text(told["rule"], told["rule"])
    return Watched(asked, place, told["label"])


def _subscription(told: Mapping[str, Any]) -> Subscription:
    at = told["told_at"]
    return Subscription(
        UUID(told["uid"]),
        _watched(told),
        told["confirmed"],
        told["paused"],
        datetime.fromisoformat(at) if at else None,
        why_not(told["problem"]),
    )


def _waiting(row: tuple[Any, ...]) -> Waiting:
    recipient, way, kind, state, created_at, due_at, attempts, error, line = row
    rule = rule_named(line["rule"])
    is_event = line["event"] is not None
    found = said(rule.name, line["value"], line["detail"]) if is_event else rule.about
    return Waiting(
        recipient, way, kind, state, created_at, due_at, attempts, error, found, _watched(line)
    )
