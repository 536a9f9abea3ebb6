"""From a provider's feed or file to rows in the tables: payloads, records, staging, merging."""
