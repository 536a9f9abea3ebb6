"""Whole layers as files, for those formats a module per family, each run in a process of its own.

A process, because the libraries that write these formats take more memory than the service itself,
and give it back only with their end; because a client that goes away ends it, and with it the
query; and because what it computes takes no time from other requests.
"""
