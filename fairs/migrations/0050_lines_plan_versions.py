"""Targets become those of a version of the plan; what an edition has is its version 1, made when it was last set."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

import fairs.clock
import fairs.models.fields

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
        ('fairs', '0024_offers'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlanVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('since', models.DateField(verbose_name='since')),
                ('why', fairs.models.fields.NameField(blank=True, max_length=500, verbose_name='why')),
                ('made_at', models.DateTimeField(default=fairs.clock.now, verbose_name='made')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plan_versions', to='fairs.edition')),
                ('legal_paper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plan_versions', to='fairs.legalpaper', verbose_name='legal paper')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'version of the plan',
                'verbose_name_plural': 'versions of the plan',
                'ordering': ['-number'],
                'constraints': [
                    models.UniqueConstraint(fields=('edition', 'number'), name='one_plan_a_number'),
                    models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='plans_count_from_one'),
                ],
            },
        ),
        migrations.AddField(
            model_name='target',
            name='holds',
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.AddField(
            model_name='target',
            name='version',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='fairs.planversion'),
        ),
        migrations.RunPython(make_first_versions, migrations.RunPython.noop),
        migrations.RunPython(move_visitors_noted, move_back),
    ]
