"""Citations of answers and pages: what is kept of each, and whether its rows are the same."""
