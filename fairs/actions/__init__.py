"""Every write of the common ground."""
