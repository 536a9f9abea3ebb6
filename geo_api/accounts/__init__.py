"""Who signs in, as whom PostgreSQL then knows them, and the log of what they did."""
