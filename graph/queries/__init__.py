"""Questions to a snapshot: the named views, one SPARQL file each, and what is asked with them."""
