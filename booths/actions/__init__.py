"""Every write of booths."""
