"""Every write of buyers."""
