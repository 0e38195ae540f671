"""The people who come: importers' registrations, badges, gates, scans."""

from buyers.models.badge import Badge, Gate, Scan, SigningKey
from buyers.models.contract import HostedContract, HostedTerms, TravelItem
from buyers.models.evidence import Evidence, EvidenceItem, Question
from buyers.models.grade import Grade, Market, Quota, QuotaPlace
from buyers.models.registration import Registration

__all__ = [
    "Badge", "Evidence", "EvidenceItem", "Gate", "Grade", "HostedContract", "HostedTerms", "Market", "Question",
    "Quota", "QuotaPlace", "Registration", "Scan", "SigningKey", "TravelItem",
]  # fmt: skip
