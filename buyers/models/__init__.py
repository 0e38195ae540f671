"""The people who come: importers' registrations, badges, gates, scans."""

from buyers.models.badge import Badge, BadgeKey, Gate, Scan
from buyers.models.grade import Grade, Market, Quota, QuotaPlace
from buyers.models.registration import Registration

__all__ = ["Badge", "BadgeKey", "Gate", "Grade", "Market", "Quota", "QuotaPlace", "Registration", "Scan"]
