"""Every SQL statement: `reading` for what layers publish, `merging` for what sources deliver."""
