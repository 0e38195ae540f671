from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("booths", "0004_floor_version"),
    ]

    operations = [
        migrations.AlterField(
            model_name="boothclass",
            name="code",
            field=models.CharField(max_length=40, verbose_name="code"),
        ),
    ]
