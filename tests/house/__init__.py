"""The house itself: its imports, its documentation, its wheel."""
