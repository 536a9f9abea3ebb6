"""Folders that tests use as FAHSAI_HOME: empty, or with a database that is there already."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo_api.database.embedded.cluster import database
from geo_api.database.migrations import migrate
from geo_api.settings import Settings

MEMORY = Path("/dev/shm")
MEMORY_BYTES = 6 * 2**30  # of free memory; a run needs a quarter of it


def new_home() -> Path:
    """An empty folder, in memory where there is plenty of it; the caller removes it."""
    # Not tmp_path: pytest closes that to other users, and root's PostgreSQL runs as another one.
    path = Path(tempfile.mkdtemp(prefix="fahsai-test-", dir=_memory()))
    path.chmod(0o755)
    return path


@contextmanager
def temporary_home() -> Iterator[Path]:
    """An empty folder, gone on leaving."""
    path = new_home()
    try:
        yield path
    finally:
        shutil.rmtree(path)


def migrated_home(run_home: Path) -> Path:
    """A home to copy, whose database has every migration. The first worker that asks makes it."""
    made = run_home / "migrated-home"
    with turn(run_home, made.name):
        if not made.exists():
            unfinished = run_home / "unfinished-home"
            unfinished.mkdir()
            with database(Settings(home=unfinished), say=print) as url:
                migrate(url)
            unfinished.rename(made)
    return made


def copy_home(home: Path, to: Path) -> None:
    """What is in the one goes into the other, with its owners: PostgreSQL minds them."""
    subprocess.run(["cp", "-a", f"{home}/.", to], check=True)


@contextmanager
def turn(run_home: Path, name: str) -> Iterator[None]:
    """Held by one worker of the run at a time, for what is made once."""
    with (run_home / f"{name}.turn").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _memory() -> Path | None:
    """A database is a thousand files: to make them on a disk takes longer than most tests."""
    if "TMPDIR" in os.environ or not MEMORY.is_dir():
        return None
    lines = Path("/proc/meminfo").read_text().splitlines()
    [available] = (int(line.split()[1]) for line in lines if line.startswith("MemAvailable:"))
    free = min(available * 1024, shutil.disk_usage(MEMORY).free)
    return MEMORY if free > MEMORY_BYTES else None
