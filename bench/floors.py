"""Floors: PostgreSQL alone, by pgbench, answering the very statements that our service sends it."""

import re
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from psycopg2.extensions import connection as Connection

from bench.own import asking
from geo_api.database.connections import READER, Pool, Statement, Values, owner_connection
from geo_api.database.embedded.installation import find_installation
from geo_api.database.logins import login_url
from geo_api.database.prepared_statements import Often

# A script for each question; pgbench takes at most 128.
SCRIPTS = 100
CLIENTS = 8
# Seconds in which the clients warm up, which count for nothing.
_WARMING_S = 2
_OPTIONS = "-c role=fahsai_reader -c timezone=UTC -c max_parallel_workers_per_gather=0"
_PROGRESS = re.compile(r"progress: [\d.]+ s, ([\d.]+) tps, lat ([\d.]+) ms")
_TEXT = re.compile(r"'(?:[^']|'')*'")
_VARIABLE = re.compile(r"(?<!:):(?=[A-Za-z_])")


class FloorFailed(RuntimeError):
    """pgbench could not run the statements; the message has its words."""


class _Recording(Pool):
    """A pool that keeps the text of each statement as PostgreSQL gets it."""

    def __init__(self, url: str, texts: Connection) -> None:
        super().__init__(url, 1)
        self.statements: list[str] = []
        self.prepared = False
        self._texts = texts

    def fetch(self, statement: Statement, values: Values | None = None) -> list[tuple[object, ...]]:
        with self._texts.cursor() as cursor:
            text = cursor.mogrify(statement, values).decode()
        self.statements.append(text)
        self.prepared |= isinstance(statement, Often)
        return super().fetch(statement, values)


def statements(url: str, home: Path, paths: Sequence[str]) -> tuple[list[list[str]], bool]:
    """For each path what our service sends to the database when it answers, in order; and whether
    it prepares any of that.

    What it asks once and then remembers is asked before, for a path of the same kind.
    """
    found = []
    with closing(owner_connection(url)) as texts:
        pool = _Recording(login_url(url, READER), texts)
        with asking(pool, home) as ask:
            for path in [paths[-1], *paths]:
                pool.statements = []
                ask(path)
                found.append(pool.statements)
    return found[1:], pool.prepared


def as_one(several: Sequence[str]) -> list[str]:
    """One statement whose answer has all that several would give."""
    parts = [
        f"(SELECT string_agg(q::text, '') FROM ({text.strip().rstrip(';')}) AS q)"
        for text in several
    ]
    return [f"SELECT {', '.join(parts)}"]


def pgbench(
    url: str, scripts: Sequence[Sequence[str]], prepared: bool, seconds: int
) -> tuple[float, float]:
    """Scripts a second and mean milliseconds of one with 8 clients; the median of single seconds,
    but for the first ones. `prepared` statements are planned once by each client, then only run.
    Raises FloorFailed."""
    with tempfile.TemporaryDirectory(prefix="fahsai-bench-") as folder:
        files = []
        for number, texts in enumerate(scripts):
            file = Path(folder) / f"{number}.sql"
            file.write_text(script(texts), encoding="utf-8")
            files.append(f"--file={file}")
        done = subprocess.run(
            [
                find_installation().programs / "pgbench",
                *("--no-vacuum", "--progress=1"),
                f"--protocol={'prepared' if prepared else 'simple'}",
                *(f"--client={CLIENTS}", "--jobs=2", f"--time={seconds + _WARMING_S + 1}"),
                *files,
                f"{url}&options={_OPTIONS.replace(' ', '%20').replace('=', '%3D')}",
            ],
            capture_output=True,
            text=True,
        )
    told = [(float(tps), float(ms)) for tps, ms in _PROGRESS.findall(done.stderr)]
    if done.returncode or len(told) <= _WARMING_S:
        raise FloorFailed(done.stderr.strip()[-600:])
    per_s, ms = zip(*told[_WARMING_S:], strict=True)
    return statistics.median(per_s), statistics.median(ms)


def script(texts: Sequence[str]) -> str:
    """Statements as pgbench takes them: within a text, a colon before a letter would name one of
    its variables."""
    return "".join(
        _TEXT.sub(lambda found: _VARIABLE.sub("'||chr(58)||'", found[0]), text.strip()) + ";\n"
        for text in texts
    )
