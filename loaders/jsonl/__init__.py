"""Rejoinder's own JSONL, step by step: a line, the comment on it, whose thread it is, and what is said of comments."""
