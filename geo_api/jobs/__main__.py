"""The process of one job, or of help with one: reads what to do from standard input, and ends with
0 where it was done or its failure noted, with EXIT_BUSY where another process does it."""

import os
import pickle
import sys

from geo_api.jobs.helping import Help, perform_help
from geo_api.jobs.perform import EXIT_BUSY, perform
from geo_api.processes import end_with_parent


def main() -> None:
    """See the module."""
    end_with_parent()
    os.nice(5)
    settings, url, asked = pickle.load(sys.stdin.buffer)
    if isinstance(asked, Help):
        perform_help(settings, url, asked)
        return
    sys.exit(0 if perform(settings, url, asked) else EXIT_BUSY)


if __name__ == "__main__":
    main()
