"""What people hand on: short links, and the features that an offline map carries."""
