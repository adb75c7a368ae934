"""A user's SPARQL query: guarded, its mistakes explained, answered in a process of its own."""
