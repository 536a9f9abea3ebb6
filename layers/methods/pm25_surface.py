"""How PM2.5 is estimated between stations: what the daily surface takes for granted, our choice."""

# Inverse distance weighting (`interpolation`): the power of the distance, and how far a station
# still speaks.
POWER = 2.0
REACH_M = 80_000.0
# With fewer stations nothing can be said between them.
LEAST_STATIONS = 3
