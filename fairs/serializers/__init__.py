"""The shapes in which the common ground speaks to programs."""
