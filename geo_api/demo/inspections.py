"""The simulated visits: a few open cases that somebody has been to, and one of which two edits
contradict each other."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import numpy as np
from psycopg2.extensions import cursor as Cursor

from geo_api.demo import inspections_sql as sql
from geo_api.demo.ground import moved
from geo_api.inspections.inspections_sql import ADD_ANSWERS, ADD_REVISION, BEGIN_INSPECTION
from layers.casework.inspections import CAUSE_FOUND, NO_CAUSE, NOT_ACCESSIBLE

VISITS = 12
_CHECKLIST = {"checklist": "starter", "version": 1}
_FINDINGS = (CAUSE_FOUND, NO_CAUSE, None, CAUSE_FOUND, NOT_ACCESSIBLE, NO_CAUSE)
_DUE = timedelta(days=15)


def inspect(cursor: Cursor, seed: int, until: datetime) -> None:
    """Visits of the newest open cases, none after `until`. The same again changes nothing."""
    cursor.execute(sql.INSPECTOR)
    [(account,)] = cursor.fetchall()
    rng = np.random.default_rng([seed, 14])
    cursor.execute(sql.CASES, {"most": VISITS})
    for number, (case, factory, lon, lat, reported_at) in enumerate(cursor.fetchall()):
        away = rng.uniform(0, 360, 1), rng.uniform(20, 160, 1)
        place = [float(one[0]) for one in moved(np.array([lon]), np.array([lat]), *away)]
        at = min(reported_at + timedelta(hours=float(rng.uniform(4, 48))), until)
        fix = {"lon": place[0], "lat": place[1], "accuracy_m": round(float(rng.uniform(4, 25)), 1)}
        about = {"account": account, "complaint": case, "factory": factory, **fix, **_CHECKLIST}
        for values in _edits(number, seed, case, at):
            cause = factory if values["finding"] == CAUSE_FOUND else None
            _write(cursor, {**about, **values, "cause": cause})


def _edits(number: int, seed: int, case: str, at: datetime) -> Iterator[dict[str, Any]]:
    """One edit, or of the first visit one and two that were made of it."""
    ids = [str(uuid5(NAMESPACE_URL, f"fahsai-demo/{seed}/{case}/{n}")) for n in range(4)]
    finding = _FINDINGS[number % len(_FINDINGS)]
    yield _edit(ids[0], ids[1], [], None if number == 0 else finding, at, number)
    if number == 0:
        yield _edit(ids[0], ids[2], [ids[1]], CAUSE_FOUND, at + timedelta(minutes=20), number)
        yield _edit(ids[0], ids[3], [ids[1]], NO_CAUSE, at + timedelta(minutes=25), number)


def _edit(
    inspection: str,
    revision: str,
    based_on: list[str],
    finding: str | None,
    at: datetime,
    number: int,
) -> dict[str, Any]:
    ordered = finding == CAUSE_FOUND
    is_seen = finding in (CAUSE_FOUND, NO_CAUSE)
    answers = {
        "met": "yes" if is_seen else "no",
        "working": "running" if is_seen else "unknown",
        "place_agrees": "yes",
        "odour": "clear" if ordered else "none",
        "smoke_dust": "no",
        "water": "na",
    }
    return {
        "inspection": inspection,
        "revision": revision,
        "based_on": based_on,
        "device_at": at,
        "started_at": at - timedelta(minutes=35),
        "fixed_at": at,
        "no_fix": None,
        "finding": finding,
        "order_section": "s37" if ordered else None,
        "order_number": f"จำลอง {number + 1}/{at.year + 543}" if ordered else None,
        "order_due_on": (at + _DUE).date() if ordered else None,
        "notes": None,
        "content_sha256": bytes(32),
        "answers": json.dumps(answers),
    }


def _write(cursor: Cursor, values: dict[str, Any]) -> None:
    cursor.execute(BEGIN_INSPECTION, values)
    cursor.execute(ADD_REVISION, values)
    if cursor.rowcount:
        cursor.execute(ADD_ANSWERS, values)
