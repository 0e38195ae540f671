from collections import Counter

from django.db import migrations


def move_rates(apps, schema_editor):
    """What most prices of an edition name is its rate for booths, from the beginning."""
    Price, VatRate = apps.get_model("booths", "Price"), apps.get_model("fairs", "VatRate")
    rates = {}
    for edition, rate in Price.objects.order_by("pk").values_list("booth_class__edition", "vat_rate"):
        rates.setdefault(edition, Counter())[rate] += 1
    VatRate.objects.bulk_create(
        VatRate(edition_id=edition, item="booth", percent=counted.most_common(1)[0][0])
        for edition, counted in rates.items()
    )


class Migration(migrations.Migration):

    dependencies = [
        ('booths', '0007_lengthened'),
        ('fairs', '0012_vat_rates'),
    ]

    operations = [
        migrations.RunPython(move_rates, migrations.RunPython.noop),
    ]
