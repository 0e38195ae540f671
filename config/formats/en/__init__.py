"""English, for readers from everywhere."""
