"""Pure science: one module per method, importing nothing of ours."""
