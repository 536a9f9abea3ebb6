"""With which programs and how tuned the embedded PostgreSQL runs."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEBIAN_PROGRAMS = Path("/usr/lib/postgresql")
MEBIBYTE = 2**20


class ClusterError(RuntimeError):
    """The embedded PostGIS cannot be made or started; the message says why and what helps."""


@dataclass(frozen=True)
class Installation:
    """Programs of one major version of PostgreSQL, with PostGIS beside them."""

    major: int
    programs: Path


def find_installation(major: int | None = None) -> Installation:
    """The newest that has PostGIS, or the one of `major`. Raises ClusterError with the remedy."""
    found = [made for folder in _program_folders() if (made := _installation_in(folder))]
    fitting = [made for made in found if major in (None, made.major)]
    if not fitting:
        wanted = f"PostgreSQL {major}" if major else "PostgreSQL"
        raise ClusterError(
            f"{wanted} with PostGIS is not installed: run "
            f"`apt-get install postgresql-{major or _debian_major()}-postgis-3` as root, "
            "or set FAHSAI_DATABASE_URL to a PostGIS server"
        )
    return max(fitting, key=lambda made: made.major)


def client_program(name: str, major: int) -> Path:
    """That of the oldest PostgreSQL that is no older than a server of `major`, as pg_dump must be.
    Raises ClusterError with the remedy."""
    found = []
    for folder in _program_folders():
        if (folder / name).exists():
            told = subprocess.check_output([folder / name, "--version"], text=True)
            number = re.search(r"\d+", told)
            # Debian's program in /usr/bin chooses among the others by rules of its own.
            is_debians = folder.parent.parent == DEBIAN_PROGRAMS
            found.append((int(number[0]) if number else 0, not is_debians, folder / name))
    fitting = [one for one in found if one[0] >= major]
    if not fitting:
        raise ClusterError(
            f"{name} of PostgreSQL {major} is not installed: run"
            f" `apt-get install postgresql-client-{major}` as root"
        )
    return min(fitting)[2]


def machine_memory() -> int:
    """Bytes of memory this machine or container may use."""
    limits = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for limit in ("memory.max", "memory/memory.limit_in_bytes"):  # cgroup v2, v1
        path = Path("/sys/fs/cgroup") / limit
        if path.exists() and (text := path.read_text().strip()).isdecimal():
            limits.append(int(text))
    return min(limits)


def tuning(memory: int) -> Mapping[str, str]:
    """Server settings for `memory` bytes shared with the service; committed rows stay durable.

    A quarter for shared buffers is the advice of PostgreSQL's manual (20.4.1).
    """
    mebibytes = memory // MEBIBYTE
    return {
        "shared_buffers": f"{min(mebibytes // 4, 2048)}MB",
        "effective_cache_size": f"{mebibytes * 6 // 10}MB",
        "work_mem": f"{min(max(mebibytes // 256, 4), 32)}MB",
        "maintenance_work_mem": f"{min(max(mebibytes // 32, 64), 512)}MB",
        # Docker gives /dev/shm 64 MB, too little for one parallel hash join.
        "dynamic_shared_memory_type": "sysv",
        # Four workers hold 18 each, and jobs, commands and analysts want theirs.
        "max_connections": "150",
        # A query over every month's partition locks each one and its indexes.
        "max_locks_per_transaction": "256",
        # Nothing replicates a private cluster, and COPY into a new table then skips the log.
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "max_wal_size": "4GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "effective_io_concurrency": "200",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_checkpoints": "off",
        # What a statement does wrong its session is told; a log of it would have no bound, and
        # would repeat what people wrote.
        "log_min_messages": "log",
        "log_min_error_statement": "panic",
    }


def _program_folders() -> list[Path]:
    search_path = os.environ.get("PATH", os.defpath).split(os.pathsep)
    elsewhere = {Path(entry).resolve() for entry in search_path if Path(entry).is_absolute()}
    return sorted(elsewhere.union(DEBIAN_PROGRAMS.glob("*/bin")))


def _installation_in(folder: Path) -> Installation | None:
    programs = ("initdb", "postgres", "pg_ctl", "pg_config")
    if not all(shutil.which(program, path=str(folder)) for program in programs):
        return None
    asked = [str(folder / "pg_config"), "--version", "--sharedir"]
    share, version = sorted(subprocess.check_output(asked, text=True).splitlines())
    number = re.search(r"\d+", version)
    if number is None or not (Path(share) / "extension" / "postgis.control").exists():
        return None
    return Installation(int(number[0]), folder)


def _debian_major() -> int:
    """That of the PostgreSQL that lacks PostGIS, or Debian 12's."""
    majors = [int(path.name) for path in DEBIAN_PROGRAMS.glob("*") if path.name.isdecimal()]
    return max(majors, default=15)
