"""What a new edition takes over from an earlier one: its areas, gates and their rules, and who may come along."""

from buyers.models import Area, CompanionRules, Gate, GateRules
from fairs.discovery import add_copier
from fairs.models import Edition


def copy_gates(source: Edition, target: Edition) -> None:
    """The same doors under the same names; who may pass them when depends on the days, and is set anew."""
    areas = {
        area.pk: Area.objects.create(edition=target, name_vi=area.name_vi, name_en=area.name_en)
        for area in source.areas.all()
    }
    Gate.objects.bulk_create(
        Gate(
            edition=target,
            name_vi=gate.name_vi,
            name_en=gate.name_en,
            area=areas.get(gate.area_id),
            per_minute=gate.per_minute,
        )
        for gate in source.gates.all()
    )
    if rules := GateRules.objects.filter(edition=source).first():
        GateRules.objects.create(edition=target, again_minutes=rules.again_minutes, wipe_days=rules.wipe_days)


add_copier(copy_gates)


def copy_companion_rules(source: Edition, target: Edition) -> None:
    """As many companions as before."""
    for rules in CompanionRules.objects.filter(edition=source):
        CompanionRules.objects.update_or_create(edition=target, defaults={"at_most": rules.at_most})


add_copier(copy_companion_rules)
