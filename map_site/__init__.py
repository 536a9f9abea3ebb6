"""The maps people open: pages built from layers, and every asset they load."""
