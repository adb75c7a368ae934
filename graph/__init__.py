"""Records to quads, quads to a checked store, the store to published snapshots, snapshots to views."""
