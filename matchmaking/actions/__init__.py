"""Every write of matchmaking."""
