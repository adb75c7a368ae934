"""The commands, one a file, each under its own name."""
