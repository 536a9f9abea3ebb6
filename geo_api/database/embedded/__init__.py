"""The private PostGIS of a FAHSAI_HOME: its programs, data directory, server and users."""
