"""What Fahsai publishes: layers, queries, drawing, sources and methods; no database, no web."""
