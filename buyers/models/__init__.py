"""The people who come: importers' registrations, badges, gates, scans."""

from buyers.models.badge import Badge, Gate, Scan, SigningKey
from buyers.models.campaign import Campaign, Invitee
from buyers.models.companion import Companion, CompanionRules
from buyers.models.registration import Registration
from buyers.models.wishes import Market

__all__ = [
    "Badge", "Campaign", "Companion", "CompanionRules", "Gate", "Invitee", "Market", "Registration", "Scan",
    "SigningKey",
]  # fmt: skip
