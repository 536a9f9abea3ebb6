"""How PM2.5 is estimated between stations: what the surfaces take for granted, our choice.

Ordinary kriging (`kriging`), whose sill is of each time's own values. `bench/pm25_surface.py`
leaves stations out and tells what other choices give. Choosing range and nugget anew for every day
or fortnight told left-out stations of Air4Thai and of the simulated world no better than these.
"""

# With fewer stations nothing can be said between them, and beyond so far from one nothing of a
# place: whether fires burn in the next valley, no variogram knows.
LEAST_STATIONS = 3
REACH_M = 80_000.0
# An hour's mean is less alike from station to station than a day's.
RANGE_M = 200_000.0
NUGGET_OF_DAY = 0.1
NUGGET_OF_HOUR = 0.5
# Not estimated where the standard error exceeds this, the width of the class of the Thai index that
# ends with the standard (25.0 to 37.5), and also this share of the value.
MOST_ERROR_UG_M3 = 12.5
MOST_ERROR_SHARE = 0.4
# Of the choices above: a surface of another version is made anew.
VERSION = 3
