"""Every target has its version now."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("fairs", "0026_first_versions"),
    ]

    operations = [
        migrations.AlterField(
            model_name='target',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='fairs.planversion'),
        ),
        migrations.RemoveConstraint(
            model_name='target',
            name='one_target_a_figure',
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(fields=('version', 'figure'), name='one_target_a_version_and_figure'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(condition=models.Q(('holds', True)), fields=('edition', 'figure'), name='one_target_a_figure'),
        ),
    ]
