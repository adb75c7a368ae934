"""What a file is by its beginning, and what to say of one that no format reads."""
