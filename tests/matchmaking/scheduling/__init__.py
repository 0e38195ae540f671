"""Timetables: generated fairs, a judge of its own, the promises of the solver."""
