"""Extraction from flattened dumps: whose words each paragraph holds, what it does, and to what."""
