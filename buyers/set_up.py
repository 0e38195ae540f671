"""What a new edition takes over from an earlier one: its gates, and how many may come with an importer."""

from buyers.models import CompanionRules, Gate
from fairs.discovery import add_copier
from fairs.models import Edition


def copy_gates(source: Edition, target: Edition) -> None:
    """The same doors under the same names."""
    Gate.objects.bulk_create(
        Gate(edition=target, name_vi=gate.name_vi, name_en=gate.name_en) for gate in source.gates.all()
    )


add_copier(copy_gates)


def copy_companion_rules(source: Edition, target: Edition) -> None:
    """As many companions as before."""
    for rules in CompanionRules.objects.filter(edition=source):
        CompanionRules.objects.update_or_create(edition=target, defaults={"at_most": rules.at_most})


add_copier(copy_companion_rules)
