"""Queries of SPARQL: what is refused, what is answered, over HTTP and on the command line."""
