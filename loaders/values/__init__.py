"""What a field of a record holds: its type, its text, its dates, its hosts."""
