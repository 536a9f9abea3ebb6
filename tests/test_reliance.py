"""What we rely on though nobody promises it: a test for each, which fails when that changes.

Each names the module of ours to look at then. What one of them no longer says may be dropped there.
"""

import subprocess
import sys

DATA_FRAMES = {"pandas", "geopandas", "shapely"}


def loaded_with(module: str) -> set[str]:
    """Those of DATA_FRAMES that a process has which imports a module."""
    asked = f"import sys, {module}; print(*{DATA_FRAMES} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_pyogrio_loads_data_frames_and_can_do_without_them() -> None:
    """geo_api.exports.gdal, which keeps them out; test_files writes with it."""
    assert loaded_with("pyogrio.raw") == DATA_FRAMES
    assert loaded_with("geo_api.exports.gdal") == set()
