"""The numbers that pages say, over published views."""
