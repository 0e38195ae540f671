"""The people who come: importers' registrations, badges, gates, scans."""

from buyers.models.badge import Badge, Gate, Scan, SigningKey
from buyers.models.registration import Registration
from buyers.models.wishes import Market

__all__ = ["Badge", "Gate", "Market", "Registration", "Scan", "SigningKey"]
