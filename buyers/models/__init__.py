"""The people who come: importers' registrations, badges, gates, scans."""

from buyers.models.badge import Badge, SigningKey
from buyers.models.campaign import Campaign, Invitee
from buyers.models.companion import Companion, CompanionRules
from buyers.models.gate import AccessRule, Area, Device, Gate, GateRules, Scan
from buyers.models.printing import PrintRun
from buyers.models.registration import Registration
from buyers.models.wishes import Market

__all__ = [
    "AccessRule", "Area", "Badge", "Campaign", "Companion", "CompanionRules", "Device", "Gate", "GateRules", "Invitee",
    "Market", "PrintRun", "Registration", "Scan", "SigningKey",
]  # fmt: skip
