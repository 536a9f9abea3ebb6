"""What each analysis takes: seconds and memory, from nothing and by the next Run.

    python -m bench.analyses [ANALYSIS …]

Over the demo world of FAHSAI_HOME or FAHSAI_DATABASE_URL; what was computed before is lost. Each is
a process of its own, as `fahsai analyse` of one worker; its memory is what it had at most, of which
Python with its libraries is the same for all. PostgreSQL has its own beside it, bounded by work_mem
and the settings of the server. No data change before the next Run: most find nothing to do, and
those that compute some days a Run go on with older ones.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from typing import NamedTuple

from bench.fan_out import forget, log, rows_of, tell
from geo_api import cli
from geo_api import settings as settings_module
from geo_api.database.connections import owner_connection
from geo_api.database.embedded.cluster import database
from layers.analyses import analyses


class _Took(NamedTuple):
    seconds: float
    megabytes: float


def main() -> None:
    """Prints a table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("analysis", nargs="*")
    names = asked.parse_args().analysis or list(analyses())
    with database(settings_module.from_environment(), log) as url:
        with closing(owner_connection(url)) as connection:
            for name in reversed(names):
                forget(connection, name)
        first = [_took(name) for name in names]
        following = [_took(name) for name in names]
        tell("| analysis | rows | from nothing | memory | next Run |")
        tell("|---|---|---|---|---|")
        with closing(owner_connection(url)) as connection:
            for name, made, after in zip(names, first, following, strict=True):
                tell(
                    f"| `{name}` | {rows_of(connection, name):,} | {made.seconds:.1f} s"
                    f" | {made.megabytes:.0f} MB | {after.seconds:.1f} s |"
                )


def _took(name: str) -> _Took:
    command: Sequence[str] = [sys.executable, "-m", cli.__name__, "analyse", "--workers", "1", name]
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=sys.stderr)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - began
    log(f"{name}: {seconds:.1f} s, exit code {process.returncode}")
    return _Took(seconds, used.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
