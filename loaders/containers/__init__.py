"""Readers of what comments come in: JSON, NDJSON, CSV and XML, within bounds."""
