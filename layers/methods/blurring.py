"""How complaints are blurred before anybody sees them: the database does, a test compares."""

# The side of a cell whose centre is told instead of the place, in degrees, and about how far that
# is here.
CELL_DEG = 0.01
CELL_KM = 1
# Fewer in one cell and month are told by the month, not by the day
# (geo_api/ingest/functions/complaints.sql).
LEAST_FOR_A_DAY = 5
