"""What a reply does: the rules by which points become moves, each with its target, its confidence and its reasons."""
