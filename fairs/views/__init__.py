"""The pages of the common ground."""
