"""Simulated officers who are told, so that whoever looks at the demo sees alerts in the outbox."""

from typing import Any

from geo_api.alerts import subscribing_sql as sql
from geo_api.alerts.asking import MAIL, read
from geo_api.database.prepared_statements import Session
from geo_api.settings import Settings
from layers.alerts.desk import Asked
from layers.alerts.places import PROVINCE, Place
from layers.alerts.rules import STAFF, rule_named

_OFFICERS = 3
_TOLD_OF: tuple[tuple[str, dict[str, str]], ...] = (
    ("complainants", {}),
    ("fires", {"least": "10"}),
    ("air", {}),
)
_LABEL = "เจ้าหน้าที่จำลอง simulated officer"


def subscribe_officers(connection: Session, settings: Settings) -> str:
    """Those of the provinces that complain most, to what happens there; says what they are told of.
    The same again changes nothing. Their addresses are nobody's: no mail is sent there."""
    with connection, connection.cursor() as cursor:
        cursor.execute(sql.DEMO_OFFICERS, {"most": _OFFICERS})
        officers = cursor.fetchall()
        for officer in officers:
            for rule, numbers in _TOLD_OF:
                cursor.execute(sql.KEEP, _kept(settings, rule, numbers, *officer))
    rules = ", ".join(rule for rule, _ in _TOLD_OF)
    return f"{len(officers)} simulated officers are told of {rules}: `fahsai alerts`"


def _kept(
    settings: Settings, rule: str, numbers: dict[str, str], account: int, mail: str, province: str
) -> dict[str, Any]:
    audience = rule_named(rule).audience
    asked = Asked(rule, Place(PROVINCE, province), MAIL, mail, numbers, label=_LABEL)
    return {
        **read(settings, asked, audience),
        "account": account,
        "audience": audience,
        "scope": province if audience == STAFF else "",
    }
