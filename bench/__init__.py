"""How fast the service is, beside its peers and PostGIS alone, as ratios in one run."""
