"""Complaints from their receipt to their end, and what of them is released to the public."""
