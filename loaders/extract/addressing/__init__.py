"""Whom a comment answers where its source does not say it."""
