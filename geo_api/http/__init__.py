"""Everything that speaks HTTP: routes, parameters, answers, caching, documents."""
