"""Reads what somebody asks to be told of into what is kept: checked, and addresses sealed."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID, uuid4

from geo_api.accounts.sealing import Sealer
from geo_api.alerts.addresses import canonical, sealed_address
from geo_api.alerts.tokens import CONFIRM, MANAGE, address_hash, token, token_hash
from geo_api.alerts.ways import Sender, ways
from geo_api.features.cursors import cursor_secret
from geo_api.settings import Settings
from layers.alerts.desk import MOST_A_DAY, Asked, BadAlert, Hours
from layers.alerts.places import (
    AREA,
    AROUND,
    KINDS,
    LEAST_RADIUS_M,
    MOST_AREA_KM2,
    MOST_CORNERS,
    MOST_RADIUS_M,
    Place,
    area_km2,
)
from layers.alerts.rules import BadRule, Rule, read_parameters, rule_named
from layers.alerts.ways import BadAddress
from layers.model import Text

_LONGEST_LABEL, _LONGEST_CODE, _LONGEST_ADDRESS = 120, 200, 4000
MAIL = "email"
NO_PLACE = Text("ไม่พบสถานที่นี้ เลือกใหม่", "there is no such place: choose another")
_NO_WAY = Text("เลือกวิธีรับการแจ้งเตือน", "choose a way to be told")
_NOT_OF_PLACE = Text(
    "กฎนี้ใช้กับสถานที่ชนิดนี้ไม่ได้ เลือกกฎอื่น", "this rule is not for such a place: choose another rule"
)
_FOR_STAFF = Text("กฎนี้สำหรับเจ้าหน้าที่เท่านั้น", "this rule is for staff alone")
_HOURS = Text("ชั่วโมงต้องเป็น 0 ถึง 23", "hours are from 0 to 23; both quiet hours, or none")
_MOST = Text(
    f"ข้อความต่อวันต้องเป็น {MOST_A_DAY[0]} ถึง {MOST_A_DAY[1]}",
    f"messages a day are from {MOST_A_DAY[0]} to {MOST_A_DAY[1]}",
)
_RADIUS = Text(
    f"รัศมีต้องเป็น {LEAST_RADIUS_M} ถึง {MOST_RADIUS_M} เมตร",
    f"the radius must be from {LEAST_RADIUS_M} to {MOST_RADIUS_M} m",
)
_AREA = Text(
    f"พื้นที่ต้องเป็น GeoJSON Polygon ไม่เกิน {MOST_CORNERS} จุด ในประเทศไทย",
    f"an area must be a GeoJSON Polygon of at most {MOST_CORNERS} corners within Thailand",
)


def read(settings: Settings, asked: Asked, audience: str) -> dict[str, Any]:
    """What functions of the database keep (functions/subscribing.sql), of a rule for the audience.
    Raises BadAlert."""
    rule = _rule(asked, audience)
    sender = _sender(asked.way)
    address = _address(sender, asked.address)
    recipient, subscription = uuid4(), uuid4()
    secret, way = cursor_secret(settings), sender.way
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
        "token_hash": _hashed(secret, MANAGE, recipient),
        "confirm_hash": _hashed(secret, CONFIRM, subscription),
        "language": asked.language,
        "label": asked.label.strip()[:_LONGEST_LABEL].replace("\0", ""),
        **asdict(read_hours(asked.hours)),
    }
    hashed = address_hash(secret, way.name, canonical(address)) if address else None
    sealed = sealed_address(Sealer(settings), address) if address else None
    return {"asked": json.dumps(row), "hashed": hashed, "sealed": sealed}


def read_hours(hours: Hours) -> Hours:
    """When somebody is told, where it can be. Raises BadAlert."""
    least, most = MOST_A_DAY
    named = (hours.digest_hour, hours.quiet_from, hours.quiet_to)
    if any(one is not None and not 0 <= one <= 23 for one in named):
        raise BadAlert("hours", _HOURS)
    if (hours.quiet_from is None) != (hours.quiet_to is None):
        raise BadAlert("hours", _HOURS)
    if not least <= hours.most_a_day <= most:
        raise BadAlert("hours", _MOST)
    return hours


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
        raise BadAlert("place", NO_PLACE)
    if place.kind not in rule.places:
        raise BadAlert("rule", _NOT_OF_PLACE)
    if place.kind in AROUND and not LEAST_RADIUS_M <= place.radius_m <= MOST_RADIUS_M:
        raise BadAlert("radius", _RADIUS)
    if place.kind == AREA:
        _check_area(place.code)
    elif "\0" in place.code or len(place.code) > _LONGEST_CODE:
        raise BadAlert("place", NO_PLACE)


def _check_area(text: str) -> None:
    try:
        read = json.loads(text)
        rings = [[(float(lon), float(lat)) for lon, lat in ring] for ring in read["coordinates"]]
        found_km2 = area_km2(rings[0])
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError):
        raise BadAlert("area", _AREA) from None
    corners = sum(map(len, rings))
    if read.get("type") != "Polygon" or not 4 <= corners <= MOST_CORNERS:
        raise BadAlert("area", _AREA)
    if not found_km2 <= MOST_AREA_KM2:
        raise BadAlert("area", _too_large(found_km2))


def _too_large(found_km2: float) -> Text:
    return Text(
        f"พื้นที่ {found_km2:,.0f} ตร.กม. ใหญ่เกินไป วาดให้ไม่เกิน {MOST_AREA_KM2:,} ตร.กม."
        " หรือเลือกเป็นรายจังหวัด",
        f"this area has {found_km2:,.0f} km²: draw one of at most {MOST_AREA_KM2:,} km², or choose"
        " provinces",
    )


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


def _hashed(secret: bytes, purpose: str, uid: UUID) -> str:
    return (token_hash(token(secret, purpose, uid)) or b"").hex()
