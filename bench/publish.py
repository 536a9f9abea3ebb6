"""What the published site weighs and takes, by its parts, as the table of docs/scaling.md.

    python -m bench.publish FOLDER

Publishes the database of FAHSAI_HOME or FAHSAI_DATABASE_URL into FOLDER twice: from nothing, and
again when nothing has changed. Memory is that of the largest process, the one that publishes or one
that writes a table for it. FOLDER must not be there.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from geo_api import cli
from layers.sizes import size_told


def main() -> None:
    """Prints the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    folder = asked.parse_args().folder
    if folder.exists():
        asked.error(f"{folder} is there already: name another")
    first, again = (_published(folder) for _ in range(2))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    lines = [
        *("| from nothing | again | most memory |", "|---|---|---|"),
        f"| {first} s | {again} s | {memory:.0f} MB |",
        *("", "| in the folder | files | size |", "|---|---|---|"),
        *(_line(part, sizes) for part, sizes in sorted(_parts(folder).items())),
        _line("all", [size for sizes in _parts(folder).values() for size in sizes]),
    ]
    sys.stdout.write("\n".join(["", *lines, ""]))


def _line(part: str, sizes: Sequence[int]) -> str:
    return f"| {part} | {len(sizes)} | {size_told(sum(sizes))} |"


def _published(folder: Path) -> int:
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", cli.__name__, "publish", str(folder)], check=True)
    return round(time.monotonic() - began)


def _parts(folder: Path) -> dict[str, list[int]]:
    """The sizes of files by the folder's entry that they are in; pages are those at its top."""
    found: dict[str, list[int]] = defaultdict(list)
    for path in folder.rglob("*"):
        if path.is_file():
            top, *below = path.relative_to(folder).parts
            found[top if below else "pages"].append(path.stat().st_size)
    return found


if __name__ == "__main__":
    main()
