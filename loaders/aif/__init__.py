"""The Argument Interchange Format: its graph from JSON or RDF, and the claims and moves in it."""
