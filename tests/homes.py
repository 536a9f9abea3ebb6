"""Folders that tests use as FAHSAI_HOME: empty, or with a database that is there already."""

import fcntl
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo_api.database.embedded.cluster import database
from geo_api.database.migrations import migrate
from geo_api.settings import Settings


def new_home() -> Path:
    """An empty folder; the caller removes it."""
    # Not tmp_path: pytest closes that to other users, and root's PostgreSQL runs as another one.
    path = Path(tempfile.mkdtemp(prefix="fahsai-test-"))
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
