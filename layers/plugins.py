"""Plugins: folders of others whose layers, sources, analyses and routes are found beside our own.

FAHSAI_PLUGINS names them, with a colon between. Each has those folders of this repository to which
it adds, as layers/catalog and migrations/versions, without __init__.py. An environment variable and
not PYTHONPATH: where Fahsai is installed to be edited, a folder `layers` on that path would hide
ours, whose name many others may have too.
"""

import importlib
import os
import pkgutil
from collections.abc import Iterator, MutableSequence
from pathlib import Path
from types import ModuleType

VARIABLE = "FAHSAI_PLUGINS"


class DuplicateModule(RuntimeError):
    """Two folders have a module of one name, of which only one would be seen."""


def plugins() -> list[Path]:
    """The folders as configured, whether or not they exist."""
    named = os.environ.get(VARIABLE, "").split(os.pathsep)
    return [Path(text).expanduser().absolute() for text in named if text.strip()]


def folders(*parts: str) -> list[str]:
    """The folder of this path in each plugin that has one."""
    found = (plugin.joinpath(*parts) for plugin in plugins())
    return [str(folder) for folder in found if folder.is_dir()]


def extend(path: MutableSequence[str], package: str) -> None:
    """Adds the plugins' folders to the `__path__` of a package of ours."""
    path.extend(folders(*package.split(".")))


def modules(path: MutableSequence[str], package: str) -> Iterator[ModuleType]:
    """Those of the package, in the order of their names. Raises DuplicateModule."""
    seen: dict[str, str] = {}
    for folder in path:
        for module in pkgutil.iter_modules([folder]):
            if module.name in seen:
                raise DuplicateModule(
                    f"{package}.{module.name} is both in {seen[module.name]} and in {folder}:"
                    " give one of them another name"
                )
            seen[module.name] = folder
    for name in sorted(seen):
        yield importlib.import_module(f"{package}.{name}")
