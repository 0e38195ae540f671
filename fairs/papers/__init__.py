"""Papers the fair prints: pure functions from dataclasses with translated strings to PDF bytes."""
