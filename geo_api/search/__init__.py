"""Search: places, factories and estates by name, part of a name, sound or number."""
