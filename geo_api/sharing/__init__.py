"""What people hand on: short links, citations, and the features that an offline map carries."""
