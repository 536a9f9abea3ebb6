"""Who is told of what, as pages, routes and the service speak of it: places, rules, ways."""
