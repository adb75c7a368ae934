"""Where the quads live: the embedded Oxigraph store of one machine."""
