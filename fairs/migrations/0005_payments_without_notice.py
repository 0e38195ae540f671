from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('fairs', '0004_postings'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='payment',
            name='notice',
        ),
    ]
