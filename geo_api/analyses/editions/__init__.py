"""What was published of returns before: the next must not tell more with it than by itself."""
