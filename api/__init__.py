"""The HTTP side: the SPARQL endpoint, the pages, the embeds and what they share."""
