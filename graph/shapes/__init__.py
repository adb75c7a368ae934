"""Whether a graph keeps to the shapes: told fast by what cannot break them, else by SHACL."""
