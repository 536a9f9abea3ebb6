"""One module per analysis; each declares ANALYSIS and is found from this folder."""
