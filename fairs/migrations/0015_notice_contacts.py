from django.db import migrations


def name_contacts(apps, schema_editor):
    """The contact of a notice is who got it when it was issued."""
    Notice, Delivery = apps.get_model("fairs", "Notice"), apps.get_model("fairs", "Delivery")
    letters = Delivery.objects.filter(kind="fairs.notice_issued").order_by("pk").values_list("about", "to")
    for about, person in letters.iterator():
        Notice.objects.filter(pk=int(about.partition(":")[2]), contact=None).update(contact=person)


class Migration(migrations.Migration):

    dependencies = [
        ('fairs', '0014_notice_contact'),
    ]

    operations = [
        migrations.RunPython(name_contacts, migrations.RunPython.noop),
    ]
