"""The people who come: importers' registrations, badges, gates, scans."""

from buyers.models.badge import Badge, SigningKey
from buyers.models.contract import HostedContract, HostedTerms, TravelItem
from buyers.models.evidence import Evidence, EvidenceItem, Question
from buyers.models.gate import AccessRule, Area, Device, Gate, GateRules, Scan
from buyers.models.grade import Grade, Market, Quota, QuotaPlace
from buyers.models.printing import PrintRun
from buyers.models.registration import Registration

__all__ = [
    "AccessRule", "Area", "Badge", "Device", "Evidence", "EvidenceItem", "Gate", "GateRules", "Grade",
    "HostedContract", "HostedTerms", "Market", "PrintRun", "Question", "Quota", "QuotaPlace", "Registration", "Scan",
    "SigningKey", "TravelItem",
]  # fmt: skip
