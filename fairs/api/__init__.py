"""The API of the common ground."""
