"""Evaluates rules over what is published, all watches of a rule at once, and makes events of what
reached its threshold, with a delivery to everybody who is told of it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg2.extensions import cursor as Cursor

from geo_api.alerts import evaluation_sql as sql
from geo_api.alerts.measures_sql import (
    CLEAR,
    MEASURES,
    STAGE_FOUND,
    STAGE_WATCHES,
    keep_measured,
)
from geo_api.database.connections import Statement, Values
from geo_api.database.prepared_statements import Session
from geo_api.features.freshness import world
from layers.alerts.rules import FOLLOWED, RULES, STAFF, Rule, rule_named, usual_parameters
from layers.catalog import catalog
from layers.methods.upwind import STATION_WITHIN_H, STATION_WITHIN_M, UPWIND_DEG

# Outlines may have changed with anything; they are compared whenever anything is evaluated.
_UPWIND = {
    "station_h": STATION_WITHIN_H,
    "station_m": STATION_WITHIN_M,
    "upwind_deg": UPWIND_DEG,
}
_QUIET = "feed_quiet"
_FOLLOWED = json.dumps(
    [{"rule": one.name, "parameters": usual_parameters(one)} for one in FOLLOWED]
)


@dataclass(frozen=True)
class Evaluated:
    """Of how many rules, what fired and how many deliveries that made."""

    rules: int = 0
    events: int = 0
    deliveries: int = 0

    def __str__(self) -> str:
        return f"{self.rules} rules evaluated, {self.events} events, {self.deliveries} deliveries"


@dataclass(frozen=True)
class _Standing:
    rule: Rule
    data_version: str
    evaluated_version: str | None
    evaluated_at: datetime | None
    has_new: bool

    def is_due(self, now: datetime) -> bool:
        """Where what it reads has changed, somebody subscribed, or time alone changed it."""
        if self.evaluated_at is None or self.has_new:
            return True
        if self.data_version != self.evaluated_version:
            return True
        return self.rule.every is not None and now - self.evaluated_at >= self.rule.every


def due_rules(connection: Session, now: datetime) -> list[str]:
    """Those that are worth evaluating at `now` (UTC)."""
    with connection.cursor() as cursor:
        return [one.rule.name for one in _standings(cursor) if one.is_due(now)]


def evaluate(connection: Session, now: datetime, names: Iterable[str] | None = None) -> Evaluated:
    """Those rules, by default the due ones; commits each. As of `now` (UTC)."""
    chosen = None if names is None else {rule_named(name).name for name in names}
    rules = events = deliveries = 0
    with connection, connection.cursor() as cursor:
        cursor.execute(sql.LOCK)
        cursor.execute(sql.RENEW_PLACES)
        cursor.execute(sql.KEEP_FOLLOWED, {"followed": _FOLLOWED, "now": now})
    for name in due_rules(connection, now) if chosen is None else sorted(chosen):
        with connection, connection.cursor() as cursor:
            cursor.execute(sql.LOCK)
            found = [one for one in _standings(cursor) if one.rule.name == name]
            # Whoever evaluated meanwhile has done it.
            if not found or (chosen is None and not found[0].is_due(now)):
                continue
            made, put = _evaluate(connection, cursor, found[0], now)
        rules, events, deliveries = rules + 1, events + made, deliveries + put
    return Evaluated(rules, events, deliveries)


def _standings(cursor: Cursor) -> list[_Standing]:
    pairs = [(rule.name, view) for rule in RULES.values() for view in rule.views]
    values = {"rules": [name for name, _ in pairs], "views": [view for _, view in pairs]}
    cursor.execute(sql.STANDING, values)
    return [_Standing(RULES[name], *rest) for name, *rest in cursor.fetchall() if name in RULES]


def _evaluate(
    connection: Session, cursor: Cursor, standing: _Standing, now: datetime
) -> tuple[int, int]:
    rule = standing.rule
    see, measure = MEASURES[rule.name]
    values = _values(connection, cursor, rule, now)
    cursor.execute(CLEAR)
    cursor.execute(STAGE_WATCHES, values)
    if see is not None:
        cursor.execute(see, values)
        cursor.execute(STAGE_FOUND)
    cursor.execute(keep_measured(measure), values)
    cursor.execute(sql.REARM, values)
    cursor.execute(sql.FIRE, values)
    made, put = cursor.fetchone() or (0, 0)
    cursor.execute(sql.NOTE_WATCHES, values)
    noted = {"data_version": standing.data_version, "events": made}
    cursor.execute(sql.NOTE, {**values, **noted})
    cursor.execute(CLEAR)
    return made, put


def _values(connection: Session, cursor: Cursor, rule: Rule, now: datetime) -> dict[str, Any]:
    of_cases = rule.audience == STAFF
    cursor.execute(sql.IS_SIMULATED, {"views": list(rule.views), "of_cases": of_cases})
    (simulated,) = cursor.fetchone() or (False,)
    return {
        "rule": rule.name,
        "now": now,
        "threshold": rule.threshold,
        "rearm_share": rule.rearm_share,
        "nothing_is_zero": rule.nothing_is_zero,
        # Null compares with nothing: what lasts is then never told again.
        "again_after": rule.again_after,
        "changes": rule.changes,
        "simulated": simulated,
        **_UPWIND,
        **(_quiet(connection, rule, now) if rule.name == _QUIET else {}),
    }


def _quiet(connection: Session, rule: Rule, now: datetime) -> Mapping[str, list[Any]]:
    layers = [catalog()[name] for name in rule.views]
    found = world(_OwnReads(connection), layers, now).freshness
    loaded = {name: one for name, one in found.items() if one.loaded}
    return {
        "layers": list(loaded),
        "newest": [one.newest for one in loaded.values()],
        "stale": [one.stale for one in loaded.values()],
        "stale_after_h": [one.stale_after / timedelta(hours=1) for one in loaded.values()],
    }


@dataclass(frozen=True)
class _OwnReads:
    """Reads within the transaction of the evaluation."""

    connection: Session

    @property
    def url(self) -> str:
        """See geo_api.database.connections.Reads."""
        return str(self.connection.dsn)

    def fetch(self, statement: Statement, values: Values | None = None) -> list[tuple[Any, ...]]:
        """See Reads."""
        return self.connection.rows(statement, values)

    def ping(self) -> None:
        """See Reads."""

    def listen(self) -> None:
        """See Reads."""
