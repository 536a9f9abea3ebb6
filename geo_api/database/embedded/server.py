"""One embedded PostgreSQL server: create, start, stop, and tell whether it runs."""

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from urllib.parse import quote

import psycopg2
from psycopg2.extensions import connection as Connection

from geo_api.database.embedded import sql
from geo_api.database.embedded.data_directory import Account, claim, close_to_others, digest, run_as
from geo_api.database.embedded.installation import (
    ClusterError,
    find_installation,
    machine_memory,
    tuning,
)

OWNER = "fahsai"
DATABASE = "fahsai"
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_BYTES = 107  # sun_path in Linux's unix(7), less the closing zero
START_SECONDS = 600  # a recovery replays up to max_wal_size
STOP_SECONDS = 60  # a last checkpoint; one that takes longer is made up for by the next start
ORPHAN_SECONDS = 30
LOG_BYTES = 10_000_000
Say = Callable[[str], None]


@dataclass(frozen=True)
class Server:
    """The server whose data, socket and log are in `folder`; callers take turns to change it."""

    folder: Path
    account: Account

    @property
    def url(self) -> str:
        """As libpq reads it, for the owner of the database and of the cluster."""
        return self._url_of(DATABASE)

    @property
    def log(self) -> Path:
        """What the server says; cut at a start, when it has grown large."""
        return self.folder / "server.log"

    def running(self) -> bool:
        """Whether the postmaster lives, ready or not."""
        pid = self._recorded_pid()
        return pid is not None and self._is_ours(_command_line(pid))

    def start(self, say: Say) -> None:
        """Create what is missing; adopt a server that runs. Raises ClusterError."""
        if not self.running():
            if not self._data.exists():
                self._create(say)
            self._launch(say)
        with closing(self._connect()) as connection, connection.cursor() as cursor:
            connection.autocommit = True
            cursor.execute(sql.DATABASE_EXISTS, {"name": DATABASE})
            if cursor.fetchone() == (False,):
                cursor.execute(sql.create_database(DATABASE))

    def stop(self) -> None:
        """Close every connection, write all down and end. Raises ClusterError."""
        if not self.running():
            return
        # PostgreSQL 15 that is told to end amid the recovery from a crash never does; and a crash
        # may come unnoticed in between. Ended at once it loses nothing: its next start recovers.
        with suppress(ClusterError):
            self._connect().close()
        for mode in ("fast", "immediate"):
            done = self._pg_ctl("stop", "-m", mode, "-t", str(STOP_SECONDS))
            if not self.running():
                return
        if done.returncode:
            raise ClusterError(f"PostgreSQL in {self.folder} did not stop: {done.stdout.strip()}")

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _name(self) -> str:
        return f"fahsai-{digest(self.folder)}"

    @property
    def _sockets(self) -> Path:
        """Not in the home if the path is too long, or has a comma, which parts libpq's hosts."""
        inside = self.folder / "run"
        fits = len(os.fsencode(inside / SOCKET)) <= SOCKET_PATH_BYTES
        return inside if fits and "," not in str(inside) else Path("/tmp") / self._name

    def _url_of(self, database: str) -> str:
        return f"postgresql://{OWNER}@/{database}?host={quote(str(self._sockets))}&port=5432"

    def _create(self, say: Say) -> None:
        """Made aside and renamed when whole, so that being killed leaves nothing half made."""
        say(f"Creating a PostGIS database in {self.folder} …")
        unfinished = self.folder / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", f"--username={OWNER}"]
        initdb = find_installation().programs / "initdb"
        done = run_as(self.account, [initdb, *options, "--pgdata=data.new"], self.folder)
        if done.returncode:
            raise ClusterError(f"initdb failed in {self.folder}:\n{done.stdout.strip()}")
        with (unfinished / "postgresql.conf").open("a") as conf:
            conf.write("include 'fahsai.conf'  # rewritten at each start\n")
        unfinished.rename(self._data)

    def _launch(self, say: Say) -> None:
        if (self._data / "postmaster.pid").exists():
            say("The database was not shut down; recovering it …")
        self._end_orphans()
        self._clear_stale_locks()
        self._configure()
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        named = f"-c cluster_name={self._name}"
        done = self._pg_ctl("start", "-t", str(START_SECONDS), "-l", self.log.name, "-o", named)
        if done.returncode:
            raise ClusterError(f"PostgreSQL did not start.\n{self._log_tail()}")

    def _end_orphans(self) -> None:
        """End children that outlive a killed postmaster as it would have ended them in a crash.

        One busy with a query notices nothing and would hold up the next start.
        """
        begun = time.monotonic()
        while orphans := list(self._processes()):
            waited = time.monotonic() - begun
            if waited > ORPHAN_SECONDS:
                raise ClusterError(f"processes {orphans} of the last PostgreSQL do not end")
            for pid in orphans:
                _send(pid, signal.SIGQUIT if waited < ORPHAN_SECONDS / 6 else signal.SIGKILL)
            time.sleep(0.05)

    def _clear_stale_locks(self) -> None:
        """Their process ids may belong to another program by now, which PostgreSQL would respect.

        Should a server run on these data all the same, their shared memory still stops a second.
        """
        close_to_others(self._sockets, self.account)
        for stale in (self._data / "postmaster.pid", *self._sockets.iterdir()):
            stale.unlink(missing_ok=True)

    def _configure(self) -> None:
        chosen = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._sockets),
            "unix_socket_permissions": "0700",
            **tuning(machine_memory()),
        }
        conf = self._data / "fahsai.conf"
        conf.write_text("".join(f"{name} = {_quoted(value)}\n" for name, value in chosen.items()))
        conf.chmod(0o644)  # root may write files that only root can read

    def _connect(self) -> Connection:
        """To the maintenance database, as soon as the server is ready."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                return psycopg2.connect(self._url_of("postgres"))
            except psycopg2.OperationalError as error:
                if not self.running() or time.monotonic() > deadline:
                    raise ClusterError(f"PostgreSQL gave up: {error}{self._log_tail()}") from error
            time.sleep(0.05)

    def _pg_ctl(self, verb: str, *options: str) -> CompletedProcess[str]:
        # Relative paths: pg_ctl hands them to a shell, which would trip over a home named "a$b".
        major = int((self._data / "PG_VERSION").read_text())
        program = find_installation(major).programs / "pg_ctl"
        return run_as(self.account, [program, verb, "-w", "-D", "data", *options], self.folder)

    def _log_tail(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join([f"The end of {self.log}:", *lines[-15:]])

    def _recorded_pid(self) -> int | None:
        try:
            return int((self._data / "postmaster.pid").read_text().split("\n")[0])
        except (FileNotFoundError, ValueError):  # not running; not written to its end yet
            return None

    def _is_ours(self, command_line: bytes) -> bool:
        """Of the postmaster or a child: both carry the cluster's name where all may read it."""
        name = self._name.encode()
        postmaster = b"cluster_name=" + name in command_line.split(b"\0")
        return postmaster or command_line.startswith(b"postgres: " + name + b": ")

    def _processes(self) -> Iterator[int]:
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal() and self._is_ours(_command_line(int(entry.name))):
                yield int(entry.name)


def server_of(home: Path, say: Say) -> Server:
    """The server of a FAHSAI_HOME, whose folder is made if need be. Raises ClusterError."""
    return Server(*claim(home, say))


def _command_line(pid: int) -> bytes:
    """Empty for a process that has ended, also while its parent has not noticed."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # gone, or hidden from us and so not ours
        return b""


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _send(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
