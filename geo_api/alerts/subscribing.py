"""Keeps who is told of what, for pages and routes: what was typed is read, addresses are sealed,
and functions of the database do the rest."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg2.errors import InsufficientPrivilege

from geo_api.accounts.credentials import as_holder
from geo_api.accounts.sealing import Sealer
from geo_api.alerts import subscribing_sql as sql
from geo_api.alerts.addresses import canonical, sealed_address
from geo_api.alerts.atom import MOST_ENTRIES, Entry, Feed, atom, etag
from geo_api.alerts.outbox import composer, home_url, missing_settings
from geo_api.alerts.tokens import CONFIRM, MANAGE, address_hash, token, token_hash
from geo_api.alerts.ways import Sender, ways
from geo_api.alerts.ways.webhook import signing_secret
from geo_api.database.connections import Reads, Writes
from geo_api.features.cursors import cursor_secret
from geo_api.settings import Settings
from layers.alerts.desk import (
    ACTS,
    MOST_A_DAY,
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
from layers.alerts.places import (
    AREA,
    AROUND,
    KINDS,
    LEAST_RADIUS_M,
    MOST_CORNERS,
    MOST_RADIUS_M,
    Place,
)
from layers.alerts.rules import PUBLIC, STAFF, BadRule, Rule, read_parameters, rule_named
from layers.alerts.sentences import place_words, said, why
from layers.alerts.ways import BadAddress, Way
from layers.casework.staff import NotAllowed, Staff
from layers.model import Text

_LONGEST_LABEL, _LONGEST_CODE, _LONGEST_ADDRESS = 120, 200, 4000
_MAIL, _HOOK = "email", "webhook"
_FEED = Text("การแจ้งเตือนจากฟ้าใส", "Alerts by Fahsai")
_NO_PLACE = Text("ไม่พบสถานที่นี้ เลือกใหม่", "there is no such place: choose another")
_NO_WAY = Text("เลือกวิธีรับการแจ้งเตือน", "choose a way to be told")
_NOT_OF_PLACE = Text(
    "กฎนี้ใช้กับสถานที่ชนิดนี้ไม่ได้ เลือกกฎอื่น", "this rule is not for such a place: choose another rule"
)
_FOR_STAFF = Text("กฎนี้สำหรับเจ้าหน้าที่เท่านั้น", "this rule is for staff alone")
_HOURS = Text("ชั่วโมงต้องเป็น 0 ถึง 23", "hours are from 0 to 23; both quiet hours, or none")
_RADIUS = Text(
    f"รัศมีต้องเป็น {LEAST_RADIUS_M} ถึง {MOST_RADIUS_M} เมตร",
    f"the radius must be from {LEAST_RADIUS_M} to {MOST_RADIUS_M} m",
)
_AREA = Text(
    f"พื้นที่ต้องเป็น GeoJSON Polygon ไม่เกิน {MOST_CORNERS} จุด ในประเทศไทย",
    f"an area must be a GeoJSON Polygon of at most {MOST_CORNERS} corners within Thailand",
)


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

    def place_name(self, place: Place) -> Text | None:
        """See Alerts."""
        rows = self._fetch(sql.PLACE, asdict(place))
        return place_words(place.kind, Text(*rows[0]), place.radius_m) if rows else None

    def subscribe(self, asked: Asked) -> Kept:
        """See Alerts."""
        rule = _rule(asked, PUBLIC)
        sender = _sender(asked.way)
        address = _address(sender, asked.address)
        values = self._values(asked, rule, sender, address)
        self._keep(self._fetch(sql.SUBSCRIBE, values.row))
        return Kept(None if sender.way.needs_confirmation else values.manage)

    def staff_subscribe(self, staff: Staff, asked: Asked) -> None:
        """See Alerts."""
        rule = _rule(asked, STAFF)
        try:
            with as_holder(self.staff_writes, staff.credential) as transaction:
                [(mail,)] = transaction.fetch(sql.OWN_MAIL)
                if not mail:
                    raise NotAllowed("only an account with a mail is told of cases")
                sender = _sender(_MAIL)
                values = self._values(asked, rule, sender, _address(sender, mail))
                rows = transaction.fetch(sql.STAFF_SUBSCRIBE, values.row)
        except InsufficientPrivilege as problem:
            raise NotAllowed(str(problem).splitlines()[0]) from None
        self._keep(rows)

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
        home, by = home_url(self.settings), composer(self.settings)
        entries = [Entry(by.line(one), datetime.fromisoformat(one["at"])) for one in found["lines"]]
        page = f"{home}/alerts/{token}"
        since = datetime.fromisoformat(found["since"])
        body = atom(Feed(token, _FEED, home, f"{page}/feed.atom", page, since, entries))
        return body, etag(body)

    def change(self, token: str, subscription: UUID, act: str) -> None:
        """See Alerts."""
        if act not in ACTS:
            raise AlertNotFound(f"one can {', '.join(ACTS)} an alert, and not {act!r}")
        values = {"token": _hash(token), "subscription": str(subscription), "act": act}
        self._changed(sql.CHANGE, values)

    def change_hours(self, token: str, hours: Hours) -> None:
        """See Alerts."""
        self._changed(sql.CHANGE_HOURS, {"token": _hash(token), **asdict(_read_hours(hours))})

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

    def _values(
        self, asked: Asked, rule: Rule, sender: Sender, address: Mapping[str, str]
    ) -> "_Values":
        recipient, subscription = uuid4(), uuid4()
        secret, way = cursor_secret(self.settings), sender.way
        manage, confirm = (
            self._token(MANAGE, recipient),
            self._token(CONFIRM, subscription),
        )
        row = {
            "kind": asked.place.kind,
            "code": asked.place.code,
            "radius_m": asked.place.radius_m,
            "rule": rule.name,
            "parameters": _parameters(rule, asked.parameters),
            "way": way.name,
            "needs_confirmation": way.needs_confirmation,
            "recipient": str(recipient),
            "subscription": str(subscription),
            "token_hash": _hash(manage).hex(),
            "confirm_hash": _hash(confirm).hex(),
            "language": asked.language,
            "label": asked.label.strip()[:_LONGEST_LABEL].replace("\0", ""),
            **asdict(_read_hours(asked.hours)),
        }
        hashed = address_hash(secret, way.name, canonical(address)) if address else None
        sealed = sealed_address(Sealer(self.settings), address) if address else None
        return _Values({"asked": json.dumps(row), "hashed": hashed, "sealed": sealed}, manage)

    def _token(self, purpose: str, uid: UUID) -> str:
        return token(cursor_secret(self.settings), purpose, uid)

    def _keep(self, rows: list[tuple[Any, ...]]) -> None:
        if rows == [("no_place",)]:
            raise BadAlert("place", _NO_PLACE)

    def _changed(self, statement: str, values: Mapping[str, Any]) -> None:
        if self._fetch(statement, values) != [(True,)]:
            raise AlertNotFound(_UNKNOWN)

    def _fetch(self, statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        with self.writes.transaction() as transaction:
            return transaction.fetch(statement, values)


_UNKNOWN = "this address is none of an alert: open the newest message that you were sent"
_HOURS_KEPT = ("digest_hour", "quiet_from", "quiet_to", "most_a_day")


@dataclass(frozen=True)
class _Values:
    row: Mapping[str, Any]
    manage: str


def _rule(asked: Asked, audience: str) -> Rule:
    try:
        rule = rule_named(asked.rule)
    except BadRule as problem:
        raise BadAlert("rule", Text("เลือกเรื่องที่จะแจ้งเตือน", str(problem))) from None
    if rule.audience != audience:
        raise BadAlert("rule", _FOR_STAFF)
    _check_place(rule, asked.place)
    return rule


def _check_place(rule: Rule, place: Place) -> None:
    if place.kind not in KINDS:
        raise BadAlert("place", _NO_PLACE)
    if place.kind not in rule.places:
        raise BadAlert("rule", _NOT_OF_PLACE)
    if place.kind in AROUND and not LEAST_RADIUS_M <= place.radius_m <= MOST_RADIUS_M:
        raise BadAlert("radius", _RADIUS)
    if place.kind == AREA:
        _check_area(place.code)
    elif "\0" in place.code or len(place.code) > _LONGEST_CODE:
        raise BadAlert("place", _NO_PLACE)


def _check_area(text: str) -> None:
    try:
        read = json.loads(text)
        corners = [float(one) for ring in read["coordinates"] for at in ring for one in at[:2]]
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        raise BadAlert("place", _AREA) from None
    if read.get("type") != "Polygon" or not 8 <= len(corners) <= 2 * MOST_CORNERS:
        raise BadAlert("place", _AREA)


def _sender(name: str) -> Sender:
    try:
        return ways()[name]
    except KeyError:
        raise BadAlert("way", _NO_WAY) from None


def _address(sender: Sender, given: str) -> Mapping[str, str]:
    if sender.way.asks is None:
        return {}
    try:
        return sender.read(given[:_LONGEST_ADDRESS])
    except BadAddress as problem:
        raise BadAlert("address", Text(f"{sender.way.hint.th}", str(problem))) from None


def _parameters(rule: Rule, given: Mapping[str, str]) -> dict[str, int | str]:
    try:
        return read_parameters(rule, given)
    except BadRule as problem:
        raise BadAlert("parameters", Text(f"ค่าไม่ถูกต้อง: {problem}", str(problem))) from None


def _read_hours(hours: Hours) -> Hours:
    least, most = MOST_A_DAY
    named = (hours.digest_hour, hours.quiet_from, hours.quiet_to)
    if any(one is not None and not 0 <= one <= 23 for one in named):
        raise BadAlert("hours", _HOURS)
    if (hours.quiet_from is None) != (
        hours.quiet_to is None
    ) or not least <= hours.most_a_day <= most:
        raise BadAlert("hours", _HOURS)
    return hours


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
    return Watched(why(rule_named(told["rule"]), told["parameters"]), place, told["label"])


def _subscription(told: Mapping[str, Any]) -> Subscription:
    at = told["told_at"]
    return Subscription(
        UUID(told["uid"]),
        _watched(told),
        told["confirmed"],
        told["paused"],
        datetime.fromisoformat(at) if at else None,
    )


def _waiting(row: tuple[Any, ...]) -> Waiting:
    recipient, way, kind, state, created_at, due_at, attempts, error, line = row
    rule = rule_named(line["rule"])
    is_event = line["event"] is not None
    found = said(rule.name, line["value"], line["detail"]) if is_event else rule.about
    return Waiting(
        recipient, way, kind, state, created_at, due_at, attempts, error, found, _watched(line)
    )
