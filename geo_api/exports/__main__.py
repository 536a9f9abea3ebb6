"""The process of one download: reads a Job from standard input, writes the file to standard output.

Ends with EXIT_UNAVAILABLE where the database does not answer now, else with 1 and a traceback.
"""

import ctypes
import importlib
import os
import pickle
import signal
import sys

import psycopg2

from geo_api.exports.formats import EXIT_UNAVAILABLE, WRITERS
from geo_api.exports.job import Job

_PR_SET_PDEATHSIG = 1
_BUFFER_BYTES = 2**18
# Connection exception, insufficient resources, operator intervention (PostgreSQL's appendix A).
_PASSING = ("08", "53", "57")


def main() -> None:
    """See the module."""
    _die_with_the_server()
    os.nice(5)
    job: Job = pickle.load(sys.stdin.buffer)
    family = next(name for name, written in WRITERS.items() if job.format in written)
    module = importlib.import_module(f"geo_api.exports.{family}")
    try:
        with open(sys.stdout.fileno(), "wb", buffering=_BUFFER_BYTES, closefd=False) as out:
            module.write(job, out)
    except Exception as problem:
        if _may_pass(problem):
            sys.exit(EXIT_UNAVAILABLE)
        raise


def _may_pass(problem: Exception) -> bool:
    """Whether the database says that it cannot now."""
    state = getattr(problem, "pgcode", None) or ""
    return state.startswith(_PASSING) or isinstance(problem, psycopg2.OperationalError)


def _die_with_the_server() -> None:
    """A server that is killed must not leave queries behind; Linux alone can promise that."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main()
