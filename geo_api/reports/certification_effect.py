"""What certification did to complaints, as the analysis green_effect kept it."""

from collections.abc import Mapping
from typing import Any

from geo_api.database.connections import Reads
from geo_api.reports.certification_effect_sql import EFFECT
from layers.reports.certification_effect import CertificationEffect, EffectStep, Ratio

VIEWS = ("green_effects",)


def certification_effects(reads: Reads) -> tuple[CertificationEffect, ...]:
    """By level; none before the analysis has run with complaints that name factories."""
    return tuple(_effect(*row) for row in reads.fetch(EFFECT))


def _effect(
    level: int, first: Any, last: Any, verdict: str, reasons: list[str], counts: Mapping[str, int],
    change: Mapping[str, float] | None, steps: list[Mapping[str, Any]] | None, p: float | None,
    computed_at: Any,
) -> CertificationEffect:  # fmt: skip
    return CertificationEffect(
        level=level,
        first_month=first,
        last_month=last,
        verdict=verdict,
        reasons=tuple(reasons),
        certified=counts["certified"],
        with_complaints=counts["with_complaints"],
        complaints_after=counts["complaints_after"],
        change=_ratio(change) if change else None,
        steps=tuple(
            EffectStep(one["first_month"], one["last_month"], _ratio(one["change"]))
            for one in steps or ()
        ),
        permutation_p=p,
        computed_at=computed_at,
    )


def _ratio(change: Mapping[str, float]) -> Ratio:
    return Ratio(change["value"], change["low"], change["high"])
