"""PostgreSQL's own programs at work: a snapshot into a file, and a file into a database."""

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from psycopg2.extensions import make_dsn, parse_dsn

from geo_api.backup.errors import DumpFailed
from geo_api.database.embedded.installation import client_program
from geo_api.database.embedded.server import Say
from geo_api.processes import kill_with_parent
from layers.sizes import size_told

_TOLD_EVERY_S = 15.0
_LOOKED_EVERY_S = 0.05
# The owner of a database need not own its extensions, and may not comment on them then.
_LEFT_OUT = " COMMENT - EXTENSION "


def dump(url: str, major: int, snapshot: str, into: Path, say: Say) -> None:
    """Writes the database as the snapshot shows it, in pg_dump's custom format. Roles belong to the
    server and are not in it. Raises DumpFailed and ClusterError."""
    options = ["--format=custom", "--compress=1", f"--snapshot={snapshot}", f"--file={into}"]
    _run(url, [str(client_program("pg_dump", major)), *options], into, say)


def load_dump(url: str, major: int, dumped: Path, say: Say) -> None:
    """Reads it into an empty database, all or nothing, as the owner that `url` names. Raises
    DumpFailed and ClusterError."""
    program = str(client_program("pg_restore", major))
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as listed:
        lines = _listed(program, dumped)
        listed.write("\n".join(line for line in lines if _LEFT_OUT not in line))
        listed.flush()
        options = ["--single-transaction", "--exit-on-error", "--no-owner"]
        _run(url, [program, *options, f"--use-list={listed.name}", str(dumped)], None, say)


def _listed(program: str, dumped: Path) -> list[str]:
    told = subprocess.run([program, "--list", dumped], capture_output=True, text=True, check=False)
    if told.returncode:
        raise DumpFailed(f"pg_restore cannot read {dumped}: {_end_of(told.stderr)}")
    return told.stdout.splitlines()


def _run(url: str, command: Sequence[str], grows: Path | None, say: Say) -> None:
    """With the password where other users cannot see it; ended when we are, however that is."""
    parts = parse_dsn(url)
    password = parts.pop("password", None)
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        process = subprocess.Popen(
            [*command, "--no-password", f"--dbname={make_dsn(**parts)}"],
            env=os.environ | ({"PGPASSWORD": password} if password else {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            preexec_fn=kill_with_parent,
        )
        try:
            _wait(process, Path(command[0]).name, grows, say)
        finally:
            process.kill()  # which one that has ended does not notice
            process.wait()
        if process.returncode:
            said.seek(0)
            raise DumpFailed(f"{Path(command[0]).name} gave up: {_end_of(said.read())}")


def _wait(process: subprocess.Popen[bytes], name: str, grows: Path | None, say: Say) -> None:
    began = told_at = time.monotonic()
    while process.poll() is None:
        time.sleep(_LOOKED_EVERY_S)
        now = time.monotonic()
        if now - told_at > _TOLD_EVERY_S:
            far = f", {size_told(grows.stat().st_size)} so far" if grows and grows.exists() else ""
            say(f"{name} is at work for {now - began:.0f} s{far} …")
            told_at = now


def _end_of(said: str) -> str:
    return " ".join(said.strip().splitlines()[-3:])
