"""Where the quads live: the embedded Oxigraph store of one machine, written in batches, read as snapshots."""
