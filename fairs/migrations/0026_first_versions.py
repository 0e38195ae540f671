"""What an edition plans is version 1 of its plan, made when its targets were last set.

On its own: PostgreSQL alters no table to which the same transaction wrote.
"""

from django.db import migrations
from django.utils import timezone

SET = 'fairs.edition.set_targets'


def make_first_versions(apps, schema_editor):
    """Version 1 of each edition that has targets, by whoever set them last, as the journal knows."""
    Edition, Entry, PlanVersion, Target = (
        apps.get_model('fairs', name) for name in ('Edition', 'Entry', 'PlanVersion', 'Target')
    )
    planned = Target._base_manager.order_by().values('edition')
    for edition in Edition._base_manager.filter(pk__in=planned):
        entry = Entry._base_manager.filter(edition=edition, verb=SET).order_by('-at', '-pk').first()
        at = entry.at if entry else timezone.now()
        version = PlanVersion._base_manager.create(
            edition=edition, number=1, since=at.date(), made_at=at, made_by_id=entry.actor_id if entry else None
        )
        Target._base_manager.filter(edition=edition).update(version=version)


def move_visitors_noted(apps, schema_editor):
    """Visitors noted at booths are line E3 now: E2 is the line of the official form about meetings a company."""
    for target in apps.get_model('fairs', 'Target')._base_manager.filter(figure__in=['E2', 'E2.noted', 'E2.named']):
        target.figure = f'E3{target.figure[2:]}'
        target.save(update_fields=['figure'])


def move_back(apps, schema_editor):
    for target in apps.get_model('fairs', 'Target')._base_manager.filter(figure__in=['E3', 'E3.noted', 'E3.named']):
        target.figure = f'E2{target.figure[2:]}'
        target.save(update_fields=['figure'])


class Migration(migrations.Migration):

    dependencies = [
        ("fairs", "0025_plan_versions"),
    ]

    operations = [
        migrations.RunPython(make_first_versions, migrations.RunPython.noop),
        migrations.RunPython(move_visitors_noted, move_back),
    ]
