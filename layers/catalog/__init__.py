"""A pair of files per layer: `<layer>.py` says what it means, `<layer>.sql` what it shows."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from layers.model import Layer, LayerNotFound


@cache
def catalog() -> Mapping[str, Layer]:
    """Every layer by name, in the order of their names."""
    modules = (
        importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)
    )
    found: list[Layer] = [module.LAYER for module in modules]
    return {layer.name: layer for layer in sorted(found, key=lambda layer: layer.name)}


def layer_named(name: str) -> Layer:
    """Raises LayerNotFound, naming those there are."""
    if name not in catalog():
        raise LayerNotFound(f"no layer {name!r}; there are: {', '.join(catalog())}")
    return catalog()[name]


def view_sql(layer: Layer) -> str:
    """The statement that creates `published.<layer>`."""
    return (Path(__file__).parent / f"{layer.name}.sql").read_text(encoding="utf-8")
