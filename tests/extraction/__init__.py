"""From words to claims and moves."""
