"""The formats, one module each: NAME, SUMMARY, `recognises(path, head)` and `load(source)`."""
