"""Readers of what comments come in: JSON, NDJSON, CSV, XML, saved pages and mail, within bounds."""
