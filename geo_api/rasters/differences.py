"""How the difference of two rasters of a layer is shown: a scale that diverges from no change."""

import math
from dataclasses import replace

from geo_api.rasters.registry import ranges
from layers.model import Layer, Style, Text

# ColorBrewer 2.0, RdBu of seven classes, from less to more: told apart by the colour-blind too.
_COLORS = ("#2166ac", "#67a9cf", "#d1e5f0", "#f7f7f7", "#fddbc7", "#ef8a62", "#b2182b")
_STEPS = (-4, -2, -1, 1, 2, 4)
_NICE = (1.0, 2.0, 5.0, 10.0)


def difference(layer: Layer) -> Layer:
    """The layer of what one raster of `layer` has more than another, in the same unit."""
    (value,) = layer.fields
    step = _step(layer.style.breaks)
    breaks = tuple(step * times for times in _STEPS)
    names = [f"change_{number}" for number in range(1, len(_COLORS) + 1)]
    classes = dict(zip(names, ranges(breaks, value.unit), strict=True))
    changed = Text(f"ผลต่างของ{value.title.th}", f"Difference of {value.title.en}")
    return replace(
        layer,
        title=Text(f"ผลต่าง: {layer.title.th}", f"Difference: {layer.title.en}"),
        style=Style(
            color=_COLORS[0],
            by=value.name,
            colors=dict(zip(names, _COLORS, strict=True)),
            breaks=breaks,
            fill_opacity=layer.style.fill_opacity,
        ),
        fields=(replace(value, title=changed, values=classes),),
    )


def _step(breaks: tuple[float, ...]) -> float:
    """About a tenth of what the layer's own breaks span, as a round number."""
    wanted = (breaks[-1] - breaks[0] if len(breaks) > 1 else abs(breaks[0]) or 1.0) / 10
    scale = 10.0 ** math.floor(math.log10(wanted))
    return scale * max(nice for nice in _NICE if nice * scale <= wanted * (1 + 1e-9))
