"""Draws what was measured: ratios as bars against their targets, and cost against size."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter

from bench.results import Row

_MET, _MISSED = "#1b7837", "#b2182b"
_NAMES = {"postgis": "PostGIS alone", "fixed": "a fixed body"}


def write(path: Path, rows: Sequence[Row]) -> None:
    """One picture: bars on the left, on a logarithmic scale, and the curves on the right."""
    mpl.rcParams["font.size"] = 8
    figure = Figure(figsize=(12, 7), layout="constrained")
    bars, curves = figure.subplots(1, 2, width_ratios=(3, 2))
    _bars(bars, rows)
    _curves(curves, {name: points for row in rows for name, points in row.curves.items()})
    figure.savefig(path, dpi=110)


def _bars(axes: Axes, rows: Sequence[Row]) -> None:
    """Each ratio in parts of its target, so that all can stand beside one line."""
    found = [(row.title, ratio) for row in rows for ratio in row.ratios][::-1]
    axes.barh(
        [f"{title}\nagainst {_NAMES.get(ratio.against, ratio.against)}" for title, ratio in found],
        [ratio.value / ratio.target for _, ratio in found],
        color=[_MET if ratio.met else _MISSED for _, ratio in found],
    )
    for place, (_, ratio) in enumerate(found):
        told = f" {ratio.value:.2f} (≥ {ratio.target:g})"
        axes.text(ratio.value / ratio.target, place, told, va="center")
    axes.axvline(1, color="black", linewidth=1)
    axes.set(xscale="log", xlabel="ratio, in parts of its target (the line)", title="Ratios")
    axes.xaxis.set_major_formatter("{x:g}")
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.margins(x=0.25)


def _curves(axes: Axes, curves: Mapping[str, Mapping[int, float]]) -> None:
    for name, points in curves.items():
        axes.plot(list(points), list(points.values()), marker="o", label=name)
    axes.set(xscale="log", xlabel="hotspots in the layer", title="Cost against size")
    axes.set_ylabel("median time of an answer, one connection, ms")
    axes.set_ylim(bottom=0)
    if curves:
        axes.legend()
