"""The simulated world: deterministic by seed, with its truth kept apart from what is published."""
