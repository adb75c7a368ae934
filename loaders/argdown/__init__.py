"""Argdown, step by step: words, blocks, the model, and the moves of it."""
