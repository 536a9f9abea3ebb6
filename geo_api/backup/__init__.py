"""Backups: a folder each, whole or not there, and the way back from one."""
