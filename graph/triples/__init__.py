"""A thread as triples, and read back: terms, N-Triples, what was written and what was found."""
