"""The revisions. A revision builds on the one it needs, so there may be several heads."""
