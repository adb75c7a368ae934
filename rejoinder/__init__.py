"""Rejoinder: comment threads in, a queryable argument map out."""

__version__ = "0.1.0"
