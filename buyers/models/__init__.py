"""The people who come: importers' registrations, badges, gates, scans."""

from buyers.models.badge import Badge, Gate, Scan, SigningKey
from buyers.models.grade import Grade, Market, Quota, QuotaPlace
from buyers.models.registration import Registration

__all__ = ["Badge", "Gate", "Grade", "Market", "Quota", "QuotaPlace", "Registration", "Scan", "SigningKey"]
