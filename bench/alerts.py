"""10,000 subscriptions and one new satellite pass: evaluated, built, received by a mail server; and
again, with the sender killed in the middle.

    python -m bench.alerts [--subscriptions 10000]

The database waits for its disk as it does for others (a commit for each mail); the mail server is a
process of its own (aiosmtpd), which keeps each Message-ID that it took. The floor is what no sender
of one mail at a time goes below: mails of one text over one connection, a commit of one row after
each.
"""

import argparse
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Event
from pathlib import Path
from smtplib import SMTP
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from psycopg2.extras import execute_values

from geo_api.accounts.sealing import Sealer
from geo_api.alerts.addresses import sealed_address
from geo_api.alerts.evaluation import evaluate
from geo_api.alerts.mails import mail
from geo_api.alerts.outbox import deliver
from geo_api.database.connections import owner_connection
from geo_api.database.embedded.cluster import database
from geo_api.database.migrations import migrate
from geo_api.settings import Settings
from tests.geo_api.alerts.messages import message
from tests.geo_api.alerts.rows import Inbox, mail_server

NOW = datetime(2026, 3, 2, 5, tzinfo=UTC)
_SPAWN = multiprocessing.get_context("spawn")
_LOOK_S = 0.002
_ID = b"message-id:"
_PLACES = """
    WITH p AS (
        INSERT INTO alert.place (kind, code, radius_m, name_th, name_en, geom)
        SELECT 'point', n::text, 10000, 'จุด ' || n, 'Point ' || n,
            ST_SetSRID(ST_MakePoint(98 + 7 * random(), 13 + 6 * random()), 4326)
        FROM generate_series(1, %(most)s) AS n RETURNING id, code
    )
    INSERT INTO alert.watch (rule, place_id, parameters, audience)
    SELECT 'fires', id, '{"least": 1, "land": "any"}', 'public' FROM p
"""
_SUBSCRIBE = """
    INSERT INTO alert.subscription (recipient_id, watch_id, confirmed_at)
    SELECT r.id, w.id, now()
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM alert.recipient) AS r
    JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM alert.watch) AS w USING (n)
"""
# Near each place one, so that everybody is told.
_PASS = """
    INSERT INTO hotspot (id, acquired_at, geom, time_precision, sources, satellite)
    SELECT 'f' || n, %(at)s, ST_Translate(p.geom, 0.01, 0.01), 'minute', ARRAY['firms'], 'N20'
    FROM (SELECT geom, row_number() OVER (ORDER BY id) AS n FROM alert.place) AS p
"""
_MARK = "UPDATE alert.delivery SET ended_at = now() WHERE id = %(id)s"
_AGAIN = "UPDATE alert.delivery SET state = 'waiting'"


class Kept(Inbox):
    """What the mail server does with a mail: a line in a file, which others read."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = path.open("ab", buffering=0)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """aiosmtpd's."""
        lines = envelope.content.splitlines(keepends=True)
        self._file.write(next(line for line in lines if line.lower().startswith(_ID)))
        return "250 OK"


def main() -> None:
    """See the module."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--subscriptions", type=int, default=10_000)
    most = asked.parse_args().subscriptions
    with TemporaryDirectory(prefix="fahsai-bench-") as folder:
        settings = Settings(home=Path(folder))
        with database(settings, lambda text: None) as url:
            migrate(url)
            _fill(url, settings, most)
            _say("one pass", _pass(url, settings, kill_after=None))
            with closing(owner_connection(url)) as connection, connection:
                connection.cursor().execute(_AGAIN)
            _say("killed once", _pass(url, settings, kill_after=most // 2))
            _say("floor", _floor(url, settings, most))


def _fill(url: str, settings: Settings, most: int) -> None:
    sealer = Sealer(settings)
    rows = [
        ("email", sealed_address(sealer, {"address": f"n{n}@example.org"}), NOW, 100)
        for n in range(most)
    ]
    with closing(owner_connection(url)) as connection, connection, connection.cursor() as it:
        insert = "INSERT INTO alert.recipient (way, sealed, confirmed_at, most_a_day) VALUES %s"
        execute_values(it, insert, rows)
        it.execute(_PLACES, {"most": most})
        it.execute(_SUBSCRIBE)
        at = NOW - timedelta(hours=1)
        it.execute("SELECT ensure_months('hotspot', %(at)s, %(at)s)", {"at": at})
        it.execute(_PASS, {"at": at})


def _pass(url: str, settings: Settings, kill_after: int | None) -> str:
    with _received(settings.home / f"received-{kill_after}") as (smtp, received):
        mailing = replace(settings, smtp_url=smtp)
        began = time.monotonic()
        with closing(owner_connection(url)) as connection:
            evaluated = evaluate(connection, NOW, ["fires"])
        evaluated_s = time.monotonic() - began
        if kill_after is not None:
            _kill(_SPAWN.Process(target=_deliver, args=(url, mailing)), received, kill_after)
        worked = time.process_time()
        _deliver(url, mailing)
        took, worked_s = time.monotonic() - began, time.process_time() - worked
        ids = received.read_bytes().splitlines()
    return (
        f"{evaluated}; evaluated in {evaluated_s:.1f} s, all received after {took:.1f} s"
        f" ({worked_s:.1f} s of it our own work);"
        f" {len(ids)} received, {len(set(ids))} different, {len(ids) - len(set(ids))} repeated"
    )


def _floor(url: str, settings: Settings, most: int) -> str:
    sent = message({"address": "n@example.org"})
    body = mail("fahsai@localhost", sent)
    with (
        _received(settings.home / "received-floor") as (smtp, _),
        SMTP("127.0.0.1", urlsplit(smtp).port or 0) as server,
        closing(owner_connection(url)) as connection,
        connection.cursor() as cursor,
    ):
        connection.autocommit = True
        began = time.monotonic()
        for number in range(most):
            server.sendmail("fahsai@localhost", ["n@example.org"], body)
            cursor.execute(_MARK, {"id": number})
        took = time.monotonic() - began
    return (
        f"{most} mails of one text, each marked, after {took:.1f} s; load {os.getloadavg()[0]:.1f}"
    )


def _kill(process: Any, received: Path, after: int) -> None:
    process.start()
    while received.read_bytes().count(b"\n") < after:
        time.sleep(_LOOK_S)
    os.kill(process.pid, signal.SIGKILL)
    process.join()


@contextmanager
def _received(path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a mail server in a process of its own, and the file of what it took."""
    path.touch()
    ours, theirs = _SPAWN.Pipe()
    ending = _SPAWN.Event()
    process = _SPAWN.Process(target=_receive, args=(path, theirs, ending))
    process.start()
    try:
        yield ours.recv(), path
    finally:
        ending.set()
        process.join()


def _receive(path: Path, told: Any, ending: Event) -> None:
    with mail_server(Kept(path)) as url:
        told.send(url)
        ending.wait()


def _deliver(url: str, settings: Settings) -> None:
    with closing(owner_connection(url)) as connection:
        deliver(connection, settings, NOW)


def _say(title: str, text: str) -> None:
    sys.stdout.write(f"{title}: {text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
