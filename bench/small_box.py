"""python -m bench.small_box URL [--layer hotspots]: how much of a file a reader fetches for a box.

URL is that of a running service. The box is a quarter of a degree around a feature of the layer.
Both files are read over HTTP, by parts: FlatGeobuf by GDAL, which counts what it downloads, and
GeoParquet by geopandas, whose file object here counts. Beside each stands the whole file.
"""

import argparse
import io
import json
import re
import subprocess
import sys
from urllib.request import Request, urlopen

import geopandas
import requests

HALF_DEGREES = 0.125
Box = tuple[float, float, float, float]
# Prints how many features it found; GDAL adds, at the end, what it fetched.
_READ_BY_GDAL = """
import sys, pyogrio
print(len(pyogrio.read_dataframe(sys.argv[1], bbox=tuple(map(float, sys.argv[2:6])))))
"""


class RangeFile(io.RawIOBase):
    """A file behind HTTP, which counts the bytes that were read of it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.size = size_of(url)
        self.fetched = self.requests = self._at = 0

    def readable(self) -> bool:
        """As every file that is read."""
        return True

    def seekable(self) -> bool:
        """As ranges are."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Asks for nothing yet."""
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        return self._at

    def tell(self) -> int:
        """Where the next byte comes from."""
        return self._at

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """One request."""
        last = min(self._at + len(buffer), self.size) - 1
        if last < self._at:
            return 0
        found = requests.get(
            self.url, headers={"Range": f"bytes={self._at}-{last}"}, timeout=60
        ).content
        buffer[: len(found)] = found
        self.fetched += len(found)
        self.requests += 1
        self._at += len(found)
        return len(found)


def main() -> None:
    """Prints the figures."""
    asked = argparse.ArgumentParser(prog="python -m bench.small_box")
    asked.add_argument("url")
    asked.add_argument("--layer", default="hotspots")
    given = asked.parse_args()
    items = f"{given.url.rstrip('/')}/ogc/collections/{given.layer}/items"
    box = box_of(items)
    told = {
        "box": box,
        "FlatGeobuf": by_gdal(f"{items}?f=fgb", box),
        "GeoParquet": by_geopandas(f"{items}?f=parquet", box),
    }
    sys.stdout.write(json.dumps(told, indent=2) + "\n")


def box_of(items: str) -> Box:
    """Around the first feature of the middle page."""
    count = requests.get(f"{items}?limit=1", timeout=60).json()["numberMatched"]
    offset = min(count // 2, 10_000)
    page = requests.get(f"{items}?limit=1&offset={offset}", timeout=60).json()
    lon, lat = page["features"][0]["geometry"]["coordinates"]
    half = HALF_DEGREES
    return (lon - half, lat - half, lon + half, lat + half)


def size_of(url: str) -> int:
    """In bytes, of the file, which is made for whoever asks for its head."""
    with urlopen(Request(url, method="HEAD"), timeout=600) as answer:
        return int(answer.headers["Content-Length"])


def by_gdal(url: str, box: Box) -> dict[str, float]:
    """What one process of GDAL downloads for the features in the box."""
    whole = size_of(url)
    done = subprocess.run(
        [sys.executable, "-c", _READ_BY_GDAL, f"/vsicurl/{url}", *map(str, box)],
        env={
            "CPL_VSIL_SHOW_NETWORK_STATS": "YES",
            "CPL_VSIL_NETWORK_STATS_ENABLED": "YES",
            "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    told = done.stdout + done.stderr
    fetched = re.findall(r'"downloaded_bytes":\s*(\d+)', told)
    if not fetched:
        raise RuntimeError(f"GDAL did not say what it downloaded: {told}")
    return figures(int(done.stdout.split()[0]), int(fetched[0]), whole)


def by_geopandas(url: str, box: Box) -> dict[str, float]:
    """What pyarrow asks of a file for the row groups that the box touches."""
    file = RangeFile(url)
    found = geopandas.read_parquet(file, bbox=box)
    return figures(len(found), file.fetched, file.size)


def figures(features: int, fetched: int, whole: int) -> dict[str, float]:
    """Of one format."""
    return {
        "features": features,
        "bytes_read": fetched,
        "bytes_of_the_file": whole,
        "share": round(fetched / whole, 4),
    }


if __name__ == "__main__":
    main()
