"""Who is told of what: subscriptions, rules evaluated over published data, the outbox, the ways."""
