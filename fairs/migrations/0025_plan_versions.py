"""Targets become those of a version of the plan."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fairs.clock
import fairs.models.fields

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
    ]
