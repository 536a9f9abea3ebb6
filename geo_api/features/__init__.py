"""What a layer's features are asked for: items, one item, what is near, freshness."""
