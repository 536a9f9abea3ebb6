"""The command `fahsai alerts`."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import click

from geo_api.alerts import outbox_sql as sql
from geo_api.alerts.evaluation import due_rules, evaluate
from geo_api.alerts.outbox import deliver, missing_settings
from geo_api.database.connections import owner_connection
from geo_api.database.prepared_statements import Session
from geo_api.settings import Opens
from layers.alerts.rules import RULES
from layers.times import THAI_TIME

_RULE_HEADS = (
    *("rule", "told of it", "to confirm", "paused", "watches", "events", "failing", "evaluated"),
    "",
)
_WAY_HEADS = ("way", "subscribers", "waiting", "due", "sent", "given up", "withdrawn", "oldest due")


def alerts_command(opened: Opens) -> click.Command:
    """`opened` gives the settings and the URL of a database that is up to date."""

    @click.command()
    @click.option("--evaluate", "evaluates", is_flag=True, help="The rules that are due, now.")
    @click.option("--send", "sends", is_flag=True, help="What is due, now.")
    def alerts(evaluates: bool, sends: bool) -> None:
        """Of each rule who is told of it, of each way what waits, was sent and was given up. A
        worker does both by itself (`fahsai jobs`: send_alerts)."""
        now = datetime.now(UTC)
        with opened() as (settings, url), closing(owner_connection(url)) as connection:
            if evaluates:
                click.echo(evaluate(connection, now))
            if sends:
                click.echo(deliver(connection, settings, now))
            found = standing(connection, now)
            missing = missing_settings(settings)
        click.echo(as_text(found))
        if missing:
            click.echo(f"\nnot sent: {missing}")

    return alerts


@dataclass(frozen=True)
class Standing:
    """Rows as outbox_sql has them, and the rules that are due."""

    rules: Sequence[tuple[Any, ...]]
    ways: Sequence[tuple[Any, ...]]
    due: Sequence[str]


def standing(connection: Session, now: datetime) -> Standing:
    """Of all that somebody is told of at `now` (UTC)."""
    with connection:
        rules = connection.rows(sql.BY_RULE, {"rules": list(RULES)})
        ways = connection.rows(sql.BY_WAY, {"now": now})
        return Standing(rules, ways, due_rules(connection, now))


def as_text(found: Standing) -> str:
    """Two tables; no address is in them."""
    rules = [
        (name, *counts, _time(at), "due" if name in found.due else "")
        for name, *counts, at in found.rules
    ]
    ways = [(name, *counts, _time(at)) for name, *counts, at in found.ways]
    return "\n".join([*_table([_RULE_HEADS, *rules]), "", *_table([_WAY_HEADS, *ways])])


def _table(lines: Sequence[Sequence[object]]) -> list[str]:
    texts = [[str(cell) for cell in line] for line in lines]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in texts
    ]


def _time(at: datetime | None) -> str:
    return f"{at.astimezone(THAI_TIME):%Y-%m-%d %H:%M}" if at else "-"
