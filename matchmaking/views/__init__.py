"""The pages of matchmaking."""
