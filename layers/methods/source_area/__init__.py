"""Where complaints come from: a map of how much better a source at each place explains their winds
than winds of the same hours of other days do.

Each place where people complained, and each monitor, is a receptor. At a receptor r a source at s
raises the rate of reports in an hour t by

    λ(t) = base(r, hour of day) · (1 + a · f(d) · K(t)),   f(d) = exp(−d / 10 km),

where K is 1 when the wind comes from s and falls off as a Gaussian of 20° beside it, and a is a
strength that all receptors share. Given that somebody reported at r at that hour of the day, the
likelihood of the day is

    (1 + a f K(t)) / mean over all days of the same hour (1 + a f K),

so how many people live there, when they are awake and how often it blows from there cancel: a
case-crossover design (Maclure, M. 1991: The case-crossover design. American Journal of Epidemiology
133, 144–153) whose exposure is the wind. The map shows the logarithm of the product over reports,
at its best a. High hours of a monitor are reports of its own, with a strength of their own.

What it cannot tell: distances are told by how rays from several receptors cross and by how the
effect falls off, so that the answer is mostly a ridge, and it is shown as one: an area, no single
site. It takes one source to dominate. A bias of the vanes turns the whole map; the band allows for
a small one. It is screening: it says where to look.
"""

from layers.methods.source_area.evidence import (
    Evidence,
    Receptors,
    Reports,
    exceedances,
    winds_at,
)
from layers.methods.source_area.gathering import gather
from layers.methods.source_area.plane import Plane, plane_around
from layers.methods.source_area.ridge import Ridge
from layers.methods.source_area.search import (
    FEW_REPORTS,
    NO_WIND,
    NOT_THE_WIND,
    ROTATED_FITS,
    SHORT_PERIOD,
    SourceArea,
    compare_places,
    locate,
)

__all__ = [
    "FEW_REPORTS",
    "NOT_THE_WIND",
    "NO_WIND",
    "ROTATED_FITS",
    "SHORT_PERIOD",
    "Evidence",
    "Plane",
    "Receptors",
    "Reports",
    "Ridge",
    "SourceArea",
    "compare_places",
    "exceedances",
    "gather",
    "locate",
    "plane_around",
    "winds_at",
]
