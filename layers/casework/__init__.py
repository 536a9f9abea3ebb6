"""Work on complaints as pages and routes speak of it: who works, on which cases, by which steps."""
