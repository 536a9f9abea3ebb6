"""Reports: the numbers that pages say."""
