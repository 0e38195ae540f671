"""The demonstration: a whole fair, lived through by the same actions that people use."""
