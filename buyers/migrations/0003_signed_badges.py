"""Every edition with badges gets a key, and every badge its signature."""

from django.db import migrations, models
from django.db.models import deletion

KINDS = [
    ("importer", "Importer"), ("companion", "Companion of an importer"), ("trade_visitor", "Trade visitor"),
    ("visitor", "Visitor"), ("exhibitor", "Exhibitor"), ("press", "Press"), ("delegate", "Delegate"),
    ("speaker", "Speaker"), ("organiser", "Organiser"), ("staff", "Staff"), ("contractor", "Contractor"),
    ("volunteer", "Volunteer"), ("interpreter", "Interpreter"),
]


def sign_badges(apps, schema_editor):
    """As buyers.actions.badges signs new ones."""
    from buyers.codes import signature_digits, signed_text
    from buyers.signing import new_private_key, public_key, sign
    from fairs.encryption import encrypted

    badges, keys = apps.get_model("buyers", "Badge").objects, apps.get_model("buyers", "SigningKey").objects
    for edition in badges.order_by("edition_id").values_list("edition_id", flat=True).distinct():
        private = new_private_key()
        keys.create(edition_id=edition, private=encrypted(private), public=public_key(private))
        rows = list(badges.filter(edition_id=edition))
        for badge in rows:
            badge.signature = signature_digits(sign(private, signed_text(edition, badge.kind, badge.token)))
        badges.bulk_update(rows, ["signature"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("buyers", "0002_initial"), ("fairs", "0015_notice_contacts")]

    operations = [
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("private", models.TextField()),
                ("public", models.CharField(max_length=100, verbose_name="public key")),
                ("edition", models.OneToOneField(on_delete=deletion.PROTECT, related_name="signing_key", to="fairs.edition")),
            ],
            options={"verbose_name": "signing key", "verbose_name_plural": "signing keys"},
        ),
        migrations.AddField("badge", "signature", models.CharField(default="", max_length=103), preserve_default=False),
        migrations.AlterField("badge", "kind", models.CharField(choices=KINDS, max_length=15, verbose_name="kind")),
        migrations.RunPython(sign_badges, migrations.RunPython.noop),
    ]
