"""A primary with streaming replicas and a pooler, as a server of one's own has them."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg2.extensions import make_dsn, parse_dsn

from geo_api.database.connections import READER, ROLES
from geo_api.database.embedded.data_directory import run_as
from geo_api.database.embedded.installation import find_installation
from geo_api.database.embedded.server import OWNER, Server, server_of
from geo_api.database.logins import login_url
from tests.geo_api.database.servers import server_processes, wait_until
from tests.homes import copy_home, migrated_home, temporary_home

# Goes before what the embedded server is set to, which nothing replicates.
_STREAMS = "wal_level = replica\nmax_wal_senders = 5\nwal_keep_size = '64MB'\n"


@contextmanager
def primary(run_home: Path) -> Iterator[Server]:
    """A migrated database that can be replicated, running."""
    with temporary_home() as home:
        copy_home(migrated_home(run_home), home)
        with (home / "postgres/data/postgresql.auto.conf").open("a") as conf:
            conf.write(_STREAMS)
        with _running(server_of(home, print)) as server:
            yield server


@contextmanager
def replica_of(server: Server) -> Iterator[Server]:
    """One that streams from it, running."""
    with temporary_home() as home:
        replica = server_of(home, print)
        host = str(parse_dsn(server.url)["host"])
        program = find_installation().programs / "pg_basebackup"
        of = ["--host", host, "--port", "5432", "--username", "fahsai", "--checkpoint", "fast"]
        done = run_as(
            replica.account, [program, "-D", "data", "--write-recovery-conf", *of], replica.folder
        )
        assert done.returncode == 0, done.stdout
        with _running(replica):
            yield replica


def reader_url(server: Server) -> str:
    """As the service reads it."""
    return login_url(server.url, READER)


def hosts(*servers: Server) -> str:
    """A libpq address of several hosts."""
    found = ",".join(str(parse_dsn(server.url)["host"]) for server in servers)
    return str(make_dsn(host=found, dbname="fahsai", target_session_attrs="prefer-standby"))


@contextmanager
def pooler(server: Server, forced_user: str = "") -> Iterator[str]:
    """The owner's URL through PgBouncer in transaction mode, of two connections to the server for
    each role; with a `forced_user`, whoever comes is logged in as that one."""
    with temporary_home() as folder:
        os.chown(folder, server.account.uid, server.account.gid)
        user = f" user={forced_user}" if forced_user else ""
        (folder / "users").write_text("".join(f'"{role}" ""\n' for role in (*ROLES, OWNER)))
        (folder / "pgbouncer.ini").write_text(
            "[databases]\n"
            f"fahsai = host={parse_dsn(server.url)['host']} port=5432 dbname=fahsai{user}\n"
            "[pgbouncer]\npool_mode = transaction\ndefault_pool_size = 2\n"
            f"auth_type = trust\nauth_file = {folder}/users\n"
            f"listen_addr =\nlisten_port = 6432\nunix_socket_dir = {folder}\n"
            "ignore_startup_parameters = options\n"
        )
        process = subprocess.Popen(
            ["/usr/sbin/pgbouncer", "--quiet", folder / "pgbouncer.ini"],
            user=server.account.uid if os.geteuid() == 0 else None,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until((folder / ".s.PGSQL.6432").exists)
            yield str(make_dsn(host=str(folder), port=6432, dbname="fahsai", user=OWNER))
        finally:
            process.terminate()
            process.wait(60)


def stop_short(server: Server) -> list[int]:
    """Has all processes of the server hang, as a machine that swaps; those, to be sent SIGCONT."""
    pids = server_processes(server.folder.parent)
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    return pids


@contextmanager
def _running(server: Server) -> Iterator[Server]:
    server.start(print)
    try:
        yield server
    finally:
        for pid in server_processes(server.folder.parent):
            os.kill(pid, signal.SIGCONT)
        server.stop()
