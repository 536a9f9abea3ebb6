"""Evaluates rules over what is published, all watches of a rule at once, and makes events of what
reached its threshold, with a delivery to everybody who is told of it. A rule or a watch that fails
is noted, and the others go on."""

import json
import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from psycopg2 import DatabaseError
from psycopg2.extensions import cursor as Cursor

from geo_api.alerts import evaluation_sql as sql
from geo_api.alerts.isolation import NO_RULE, Made, Work, attempt, code
from geo_api.alerts.measures_sql import (
    CLEAR,
    CLEAR_SEEN,
    INDEX_SEEN,
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
_PLACES = "places"
_log = logging.getLogger(__name__)
_FOLLOWED = json.dumps(
    [{"rule": one.name, "parameters": usual_parameters(one)} for one in FOLLOWED]
)


@dataclass(frozen=True)
class Evaluated:
    """Of how many rules, what fired and how many deliveries that made; what could not be evaluated,
    in words that hold no row of anybody's."""

    rules: int = 0
    events: int = 0
    deliveries: int = 0
    problems: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = f"{self.rules} rules evaluated, {self.events} events, {self.deliveries} deliveries"
        return f"{told}; cannot be evaluated: {', '.join(self.problems)}" if self.problems else told

    def __add__(self, other: "Evaluated") -> "Evaluated":
        return Evaluated(
            self.rules + other.rules,
            self.events + other.events,
            self.deliveries + other.deliveries,
            self.problems + other.problems,
        )


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
    told = _prepare(connection, now)
    for name in due_rules(connection, now) if chosen is None else sorted(chosen):
        try:
            told += _evaluate_rule(connection, name, now, is_asked=chosen is not None)
        except DatabaseError as problem:
            if connection.closed:
                raise
            told += _failed(name, "", problem)
            with connection, connection.cursor() as cursor:
                cursor.execute(sql.NOTE_RULE_PROBLEM, {"rule": name, "problem": code(problem)})
    return told


def _prepare(connection: Session, now: datetime) -> Evaluated:
    """Places follow their layers, everybody is told of each province."""
    told = Evaluated()
    for statement in (sql.RENEW_PLACES, sql.KEEP_FOLLOWED):
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(sql.LOCK)
                cursor.execute(statement, {"followed": _FOLLOWED, "now": now})
        except DatabaseError as problem:
            if connection.closed:
                raise
            told += _failed(_PLACES, "", problem)
    with connection, connection.cursor() as cursor:
        cursor.execute(sql.NOTE_UNKNOWN, {"rules": list(RULES), "problem": NO_RULE})
        unknown = [f"{count} watches of {rule} ({NO_RULE})" for rule, count in cursor.fetchall()]
    return replace(told, problems=(*told.problems, *unknown))


def _evaluate_rule(connection: Session, name: str, now: datetime, *, is_asked: bool) -> Evaluated:
    """Commits. Raises DatabaseError where it fails of every watch."""
    with connection, connection.cursor() as cursor:
        cursor.execute(sql.LOCK)
        found = [one for one in _standings(cursor) if one.rule.name == name]
        # Whoever evaluated meanwhile has done it.
        if not found or not (is_asked or found[0].is_due(now)):
            return Evaluated()
        made = _evaluate(connection, cursor, found[0], now)
    told = Evaluated(1, made.events, made.deliveries)
    kinds: dict[str, DatabaseError] = {code(one): one for one in made.failed.values()}
    for kind, count in Counter(map(code, made.failed.values())).items():
        told += _failed(name, f"{count} watches of ", kinds[kind])
    return told


def _failed(what: str, of_it: str, problem: DatabaseError) -> Evaluated:
    """Our log, which those who run the service read, has the words of the database as well."""
    said = f"{of_it}{what} ({code(problem)} {type(problem).__name__})"
    _log.warning("alerts: cannot evaluate %s: %s", said, problem.diag.message_primary)
    return Evaluated(problems=(said,))


def _standings(cursor: Cursor) -> list[_Standing]:
    pairs = [(rule.name, view) for rule in RULES.values() for view in rule.views]
    values = {"rules": [name for name, _ in pairs], "views": [view for _, view in pairs]}
    cursor.execute(sql.STANDING, values)
    return [_Standing(RULES[name], *rest) for name, *rest in cursor.fetchall() if name in RULES]


def _evaluate(connection: Session, cursor: Cursor, standing: _Standing, now: datetime) -> Made:
    rule = standing.rule
    see, measure = MEASURES[rule.name]
    values = _values(connection, cursor, rule, now)
    if see is not None:
        cursor.execute(see, values)
        cursor.execute(INDEX_SEEN)

    def work(watches: Sequence[int]) -> tuple[int, int]:
        cursor.execute(STAGE_WATCHES, {"watches": watches})
        if see is not None:
            cursor.execute(STAGE_FOUND)
        cursor.execute(keep_measured(measure), values)
        cursor.execute(sql.REARM, values)
        cursor.execute(sql.FIRE, values)
        made, put = cursor.fetchone() or (0, 0)
        cursor.execute(sql.NOTE_WATCHES, values)
        cursor.execute(CLEAR)
        return made, put

    made = _each(cursor, rule, work)
    noted = {"data_version": standing.data_version, "events": made.events}
    cursor.execute(sql.NOTE, {**values, **noted, "evaluated": made.watches})
    cursor.execute(CLEAR_SEEN)
    return made


def _each(cursor: Cursor, rule: Rule, work: Work) -> Made:
    """Those that failed the last time apart, so that the others are done in one go."""
    cursor.execute(sql.WATCHES, {"rule": rule.name})
    rows = cursor.fetchall()
    made = Made()
    for is_well in (True, False):
        attempt(cursor, [id for id, was_well in rows if was_well == is_well], work, made)
    for watch, problem in made.failed.items():
        cursor.execute(sql.NOTE_PROBLEM, {"watch": watch, "problem": code(problem)})
    return made


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
