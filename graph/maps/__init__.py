"""A part of the map as people see it: named in plain English, gathered around a claim, drawn."""
