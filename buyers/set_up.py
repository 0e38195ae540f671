"""What a new edition takes over from an earlier one: its gates, and how it writes letters for visas."""

from buyers.actions.visa_rules import copy_visa_rules
from buyers.models import Gate
from fairs.discovery import add_copier
from fairs.models import Edition


def copy_gates(source: Edition, target: Edition) -> None:
    """The same doors under the same names."""
    Gate.objects.bulk_create(
        Gate(edition=target, name_vi=gate.name_vi, name_en=gate.name_en) for gate in source.gates.all()
    )


add_copier(copy_gates)
add_copier(copy_visa_rules)
