"""What the graph holds, what follows from it, and how people are told."""
