"""The pages of booths."""
