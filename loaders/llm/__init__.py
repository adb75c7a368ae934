"""An extractor that asks a language model over HTTP, and believes only what it can verify."""
