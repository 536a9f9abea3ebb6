"""What lies upwind of a place: the rule, and the names of directions.

A screening, not a model: a source counts as upwind where it lies towards the wind's origin. It says
nothing of whether smoke arrived.
"""

# Within this angle of the wind's origin: an eighth of a turn to each side, our choice, for the rule
# sets none.
UPWIND_DEG = 45
# Winds below this have no direction to speak of.
CALM_M_S = 1
# How near and how recent a station's reading must be to speak for a place.
STATION_WITHIN_M = 50_000
STATION_WITHIN_H = 3
# How far off a fire still counts, our choice: about what a light wind crosses in one hour.
FIRE_WITHIN_M = 10_000

DIRECTIONS = (
    *("north", "north_east", "east", "south_east"),
    *("south", "south_west", "west", "north_west"),
)


def is_upwind(bearing_deg: float, wind_from_deg: float | None) -> bool | None:
    """Whether what lies towards `bearing_deg` of a place is upwind of it; None where the wind's
    direction is not known. Degrees clockwise from north."""
    if wind_from_deg is None:
        return None
    return abs((bearing_deg - wind_from_deg + 540) % 360 - 180) <= UPWIND_DEG


def direction(bearing_deg: float) -> str:
    """One of the eight DIRECTIONS, the nearest."""
    return DIRECTIONS[round(bearing_deg / 45) % 8]
