"""Makes messages of what is in the outbox: why it came, what was found, where to see and end it."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from geo_api.alerts.tokens import CONFIRM, MANAGE, token
from layers.alerts.messages import Line, Message
from layers.alerts.places import AREA, COUNTRY, DISTRICT, ECO_TOWN, FACTORY, PROVINCE
from layers.alerts.rules import rule_named
from layers.alerts.sentences import place_words, said, source, why
from layers.model import Text

_NOT_PRINTED = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029]+")
_SUBJECT = 120
_ALERT = Text("แจ้งเตือน", "Alert")
_SIMULATED = Text("ข้อมูลจำลอง", "simulated data")
_OPENING = Text(
    "คุณได้รับข้อความนี้เพราะสมัครรับการแจ้งเตือนไว้", "You receive this because you subscribed to it."
)
_QUESTION = Text(
    "มีผู้ขอให้ส่งการแจ้งเตือนต่อไปนี้มาที่นี่ ถ้าเป็นคุณ โปรดยืนยัน ถ้าไม่ใช่ ไม่ต้องทำอะไร จะไม่มีข้อความส่งมาอีก",
    "Somebody asked that the following be sent here. If it was you, please confirm. If not, do"
    " nothing: nothing further is sent.",
)
_CONFIRM = Text("โปรดยืนยันการแจ้งเตือน", "Please confirm your alert")
_PAGES = {PROVINCE: "/provinces/", DISTRICT: "/districts/", ECO_TOWN: "/eco-towns/"}
_MAPS = {
    "fires": "/maps/burning",
    "upwind_fires": "/maps/burning",
    "air": "/maps/air",
    "complaints_released": "/maps/complaints",
    "complainants": "/staff",
    "certificate_expiring": "/maps/green",
    "feed_quiet": "/status",
    "kpi": "/kpi",
}


@dataclass(frozen=True)
class Composer:
    """`home` is the address of the service as others reach it, `secret` what its tokens follow
    from."""

    home: str
    secret: bytes

    def message(
        self,
        recipient: UUID,
        lines: Sequence[Mapping[str, Any]],
        address: Mapping[str, str],
        id: str,
    ) -> Message:
        """Of what the function alert_line gives: one question, or one or more events."""
        mine = token(self.secret, MANAGE, recipient)
        manage, end = f"{self.home}/alerts/{mine}", f"{self.home}/alerts/{mine}/unsubscribe"
        told = tuple(self.line(one) for one in lines)
        if lines[0]["kind"] == CONFIRM:
            asked = token(self.secret, CONFIRM, UUID(lines[0]["subscription"]))
            confirm = f"{self.home}/alerts/confirm/{asked}"
            subject = one_line(f"{_CONFIRM.th} · {_CONFIRM.en}")
            return Message(id, subject, _QUESTION, told, address, manage, end, confirm)
        return Message(id, subject_of(told), _OPENING, told, address, manage, end)

    def line(self, given: Mapping[str, Any]) -> Line:
        """One event, or what a question is about."""
        rule = rule_named(given["rule"])
        is_event = given["event"] is not None
        detail = given["detail"] or {}
        name = Text(given["name_th"], given["name_en"])
        return Line(
            event=given["event"] or 0,
            rule=rule.name,
            place=place_words(given["place"], name, given["radius_m"]),
            why=why(rule, given["parameters"]),
            said=said(rule.name, given["value"], detail) if is_event else rule.about,
            value=given["value"] or 0.0,
            source=source(rule.name),
            observed_at=datetime.fromisoformat(detail.get("observed_at") or given["at"]),
            caveat=rule.caveat,
            map_url=self.home + self._map(rule.name, given),
            simulated=given["simulated"],
            # What anybody may type is not sent to an address before its owner said yes.
            label=one_line(given["label"]) if is_event else "",
        )

    def _map(self, rule: str, given: Mapping[str, Any]) -> str:
        kind, code = given["place"], quote(str(given["code"]), safe="")
        if rule in ("fires", "air", "upwind_fires", "certificate_expiring") and kind in _PAGES:
            return _PAGES[kind] + code
        if kind == FACTORY and rule != "complainants":
            return f"/factories/{code}"
        page = _MAPS[rule]
        if kind in (COUNTRY, *_PAGES) or not page.startswith("/maps/"):
            return page
        zoom = 9 if kind == AREA else 11
        return f"{page}#{zoom}/{given['lat']:.4f}/{given['lon']:.4f}"


def one_line(text: str) -> str:
    """What somebody wrote, without anything that could end a line or begin a header."""
    return _NOT_PRINTED.sub(" ", text).strip()


def subject_of(lines: Sequence[Line]) -> str:
    """Thai first; of several events how many."""
    first = lines[0]
    rule = rule_named(first.rule).title
    marked = f"[{_SIMULATED.th} simulated] " if any(one.simulated for one in lines) else ""
    if len(lines) > 1:
        return one_line(f"{marked}{_ALERT.th} {len(lines)} เรื่อง · {len(lines)} alerts")
    name = one_line(first.label) or first.place.th
    return one_line(f"{marked}{rule.th}: {name} · {rule.en}")[:_SUBJECT]


def message_id(deliveries: Sequence[int], secret: bytes, domain: str) -> str:
    """The same for the same deliveries, so that what is sent twice can be told to be one."""
    named = ",".join(map(str, sorted(deliveries))).encode()
    return f"<{hashlib.blake2b(named, key=secret[:64], digest_size=16).hexdigest()}@{domain}>"
