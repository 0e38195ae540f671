"""The people who come: importers' registrations, badges, gates, scans."""

from buyers.models.badge import Badge, SigningKey
from buyers.models.campaign import Campaign, Invitee
from buyers.models.companion import Companion, CompanionRules
from buyers.models.contract import HostedContract, HostedTerms, TravelItem
from buyers.models.evidence import Evidence, EvidenceItem, Question
from buyers.models.gate import AccessRule, Area, Device, Gate, GateRules, Scan
from buyers.models.grade import Grade, Market, Quota, QuotaPlace
from buyers.models.printing import PrintRun
from buyers.models.registration import Registration
from buyers.models.visa import VisaLetter, VisaRules
from buyers.models.wishes import SalesMarket

__all__ = [
    "AccessRule", "Area", "Badge", "Campaign", "Companion", "CompanionRules", "Device", "Evidence", "EvidenceItem",
    "Gate", "GateRules", "Grade", "HostedContract", "HostedTerms", "Invitee", "Market", "PrintRun", "Question", "Quota",
    "QuotaPlace", "Registration", "SalesMarket", "Scan", "SigningKey", "TravelItem", "VisaLetter", "VisaRules",
]  # fmt: skip
