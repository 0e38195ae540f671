"""The people who come: importers' registrations, badges, gates, scans."""

from buyers.models.badge import Badge, SigningKey
from buyers.models.gate import AccessRule, Area, Device, Gate, GateRules, Scan
from buyers.models.printing import PrintRun
from buyers.models.registration import Registration

__all__ = [
    "AccessRule", "Area", "Badge", "Device", "Gate", "GateRules", "PrintRun", "Registration", "Scan", "SigningKey",
]  # fmt: skip
