"""A pair of files per layer: `<layer>.py` says what it means, `<layer>.sql` what it shows. Both are
found from this folder and from those of plugins; those of a register are in layers/registers."""

import importlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from layers.model import Layer, LayerNotFound, register_layer
from layers.plugins import extend, modules
from layers.registers import registers

extend(__path__, __name__)


@cache
def catalog() -> Mapping[str, Layer]:
    """Every layer by name, in the order of their names."""
    found: list[Layer] = [module.LAYER for module in modules(__path__, __name__)]
    found += map(register_layer, registers().values())
    return {layer.name: layer for layer in sorted(found, key=lambda layer: layer.name)}


def layer_named(name: str) -> Layer:
    """Raises LayerNotFound, naming those there are."""
    if name not in catalog():
        raise LayerNotFound(f"no layer {name!r}; there are: {', '.join(catalog())}")
    return catalog()[name]


def view_sql(layer: Layer) -> str:
    """The statement that creates `published.<layer>`."""
    folder = "layers.registers" if layer.name in registers() else __name__
    declared = importlib.import_module(f"{folder}.{layer.name}")
    assert declared.__file__
    return Path(declared.__file__).with_suffix(".sql").read_text(encoding="utf-8")
