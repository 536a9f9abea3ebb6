"""What certification did to complaints, or why it can't be told."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Ratio:
    """Complaints over what they would have been, less 1, with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class EffectStep:
    """The change in some months, counted from that of certification (0)."""

    first_month: int
    last_month: int
    change: Ratio


@dataclass(frozen=True)
class CertificationEffect:
    """Of certificates of `level` or higher. `verdict` is prints, permutation_only or refuses, with
    its `reasons` as codes of layers.methods.green_effect; `change` is None unless it prints.
    `steps` show why it refuses, and are no effect. `computed_at` UTC."""

    level: int
    first_month: date
    last_month: date
    verdict: str
    reasons: tuple[str, ...]
    certified: int
    with_complaints: int
    complaints_after: int
    change: Ratio | None
    steps: tuple[EffectStep, ...]
    permutation_p: float | None
    computed_at: datetime | None


@dataclass(frozen=True)
class CertificationEffects:
    """By level; none before the analysis ran over complaints that name factories."""

    effects: tuple[CertificationEffect, ...]
