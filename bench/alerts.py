"""10,000 subscriptions and one new satellite pass: evaluated, built, received by a mail server; and
again, with the sender killed in the middle. `python -m bench.alerts` prints the figures."""

import multiprocessing
import os
import signal
import sys
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

from psycopg2.extras import execute_values

from geo_api.accounts.sealing import Sealer
from geo_api.alerts.addresses import sealed_address
from geo_api.alerts.evaluation import evaluate
from geo_api.alerts.outbox import deliver
from geo_api.database.connections import owner_connection
from geo_api.database.migrations import migrate
from geo_api.settings import Settings
from tests import databases
from tests.databases import EMPTY, new_database
from tests.geo_api.alerts.rows import Inbox, mail_server

SUBSCRIPTIONS = 10_000
NOW = datetime(2026, 3, 2, 5, tzinfo=UTC)
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


def main() -> None:
    """See the module."""
    home = Path(mkdtemp(prefix="fahsai-bench-"))
    with databases.server(home, None) as server, new_database(server, EMPTY) as url:
        migrate(url)
        settings = Settings(home=home)
        _fill(url, settings)
        _say("one pass", _run(url, settings, kill_after=None))
        with closing(owner_connection(url)) as connection, connection, connection.cursor() as it:
            it.execute("UPDATE alert.delivery SET state = 'waiting'")
        _say("killed once", _run(url, settings, kill_after=SUBSCRIPTIONS // 2))


def _fill(url: str, settings: Settings) -> None:
    sealer = Sealer(settings)
    rows = [
        ("email", sealed_address(sealer, {"address": f"n{n}@example.org"}), NOW, 100)
        for n in range(SUBSCRIPTIONS)
    ]
    with closing(owner_connection(url)) as connection, connection, connection.cursor() as it:
        insert = "INSERT INTO alert.recipient (way, sealed, confirmed_at, most_a_day) VALUES %s"
        execute_values(it, insert, rows)
        it.execute(_PLACES, {"most": SUBSCRIPTIONS})
        it.execute(_SUBSCRIBE)
        at = NOW - timedelta(hours=1)
        it.execute("SELECT ensure_months('hotspot', %(at)s, %(at)s)", {"at": at})
        it.execute(_PASS, {"at": at})


def _run(url: str, settings: Settings, kill_after: int | None) -> str:
    inbox = Inbox()
    with mail_server(inbox) as smtp:
        mailing = replace(settings, smtp_url=smtp)
        began = time.monotonic()
        with closing(owner_connection(url)) as connection:
            evaluated = evaluate(connection, NOW, ["fires"])
        evaluated_s = time.monotonic() - began
        if kill_after is not None:
            process = multiprocessing.get_context("spawn").Process(
                target=_deliver, args=(url, mailing)
            )
            process.start()
            while len(inbox.mails) < kill_after:
                time.sleep(0.001)
            os.kill(process.pid or 0, signal.SIGKILL)
            process.join()
        _deliver(url, mailing)
        took = time.monotonic() - began
    ids = [str(mail["Message-ID"]) for mail in inbox.mails]
    return (
        f"{evaluated}; evaluated in {evaluated_s:.1f} s, all received after {took:.1f} s;"
        f" {len(ids)} received, {len(set(ids))} different, {len(ids) - len(set(ids))} repeated"
    )


def _deliver(url: str, settings: Settings) -> None:
    with closing(owner_connection(url)) as connection:
        deliver(connection, settings, NOW)


def _say(title: str, text: str) -> None:
    sys.stdout.write(f"{title}: {text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
