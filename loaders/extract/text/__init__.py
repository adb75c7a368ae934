"""What a comment says: its blocks, sentences and clauses, with their words and cues."""
