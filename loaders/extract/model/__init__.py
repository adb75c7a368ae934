"""Linear models with readable weights, and confidence as the last of its steps."""
