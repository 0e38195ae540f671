"""Runs every check of the project, stage by stage: `./run test`."""
