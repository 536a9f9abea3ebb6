"""Reads the emission factors that carbon is reckoned with."""

from geo_api.database.connections import Reads
from geo_api.reports.emission_factors_sql import EMISSION_FACTORS
from layers.reports.emission_factors import EmissionFactor


def emission_factors(reads: Reads) -> tuple[EmissionFactor, ...]:
    """By energy, unit, scope and time."""
    return tuple(EmissionFactor(*row) for row in reads.fetch(EMISSION_FACTORS))
