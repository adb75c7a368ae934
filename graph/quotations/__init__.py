"""Quoted words sought in all threads of the store, and an index that makes the search short."""
