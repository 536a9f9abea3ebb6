"""Emission factors: what carbon is reckoned with."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class EmissionFactor:
    """kg CO2e per `unit` of an `energy`, with its biogenic CO2 apart in kg; valid from and to days,
    None where its `source` states none. `scope` is that of the GHG Protocol, and `basis` what the
    factor comprises: "combustion", "combined", "generation_and_losses" or "upstream". `quality` is
    where the value was read, and `uncertainty` half of the 95 % interval as a share of it, None
    where nobody states it."""

    energy: str
    unit: str
    kgco2e: float
    biogenic_kgco2: float
    scope: int
    basis: str
    valid_from: date | None
    valid_to: date | None
    gases: str
    gwp: str
    quality: str | None
    uncertainty: float | None
    source: str
