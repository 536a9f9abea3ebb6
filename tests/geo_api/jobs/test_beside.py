"""The worker of `fahsai up`."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

from geo_api import cli
from geo_api.database.connections import owner_connection
from geo_api.database.embedded.cluster import database
from geo_api.settings import Settings
from tests.geo_api.database.asking import answer
from tests.geo_api.database.servers import wait_until
from tests.geo_api.jobs.rows import pause_all_but
from tests.geo_api.test_cli import environment, free_port


def ours(home: Path) -> list[int]:
    """Processes of Python that were started for the home."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            of_home = f"FAHSAI_HOME={home}\0".encode() in (entry / "environ").read_bytes()
            if of_home and b"python" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except (OSError, ValueError):
            continue
    return found


def test_up_has_a_worker_which_ends_with_it_however_that_ends(migrated_home: Path) -> None:
    with database(Settings(migrated_home), say=print) as url:
        with closing(owner_connection(url)) as connection:
            pause_all_but(connection)
        command = [sys.executable, "-m", cli.__name__, "up", "--no-demo"]
        process = subprocess.Popen(
            [*command, "--port", str(free_port())],
            env=environment(migrated_home, FAHSAI_WORKERS="1"),
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until(lambda: answer(url, "SELECT job_workers('3 s')") == 1)
        finally:
            process.kill()
            process.wait()

        wait_until(lambda: ours(migrated_home) == [])
