"""Bank lines against what is owed."""
