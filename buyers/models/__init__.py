"""The people who come: importers' registrations, badges, gates, scans."""

from buyers.models.badge import Badge, Gate, Scan, SigningKey
from buyers.models.registration import Registration

__all__ = ["Badge", "Gate", "Registration", "Scan", "SigningKey"]
