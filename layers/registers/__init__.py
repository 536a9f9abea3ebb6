"""A pair of files per register: `<register>.py` declares REGISTER, of which its source and its
layer are made, `<register>.sql` what the layer shows. Found from this folder and those of plugins.
"""

from collections.abc import Mapping
from functools import cache

from layers.model import Register
from layers.plugins import extend, modules

extend(__path__, __name__)


@cache
def registers() -> Mapping[str, Register]:
    """Every register by name, in the order of their names."""
    found: list[Register] = [module.REGISTER for module in modules(__path__, __name__)]
    return {register.name: register for register in found}
