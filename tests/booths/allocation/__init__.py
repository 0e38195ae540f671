"""Booths given to exhibitors: generated floors, a judge of its own, the promises of the solver."""
