"""The named views: one SPARQL file each, its header comment being its documentation."""
