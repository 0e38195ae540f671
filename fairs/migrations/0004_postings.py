from django.db import migrations


def write_postings(apps, schema_editor):
    """Each payment was for one notice, whole: it came in and was put onto that."""
    Posting = apps.get_model("fairs", "Posting")
    Payment = apps.get_model("fairs", "Payment")
    for payment in Payment.objects.select_related("notice").order_by("pk"):
        facts = {"payment": payment, "at": payment.recorded_at, "by_id": payment.recorded_by_id}
        Posting.objects.bulk_create(
            [
                Posting(kind="received", amount=payment.amount, **facts),
                Posting(kind="assigned", amount=-payment.amount, **facts),
                Posting(kind="assigned", amount=payment.amount, notice=payment.notice, **facts),
            ]
        )
        payment.company_id = payment.notice.company_id
        payment.assigned = payment.amount
        payment.state_changed_at = payment.recorded_at
        payment.save(update_fields=["company", "assigned", "state_changed_at"])


class Migration(migrations.Migration):

    dependencies = [
        ('fairs', '0003_ledger'),
    ]

    operations = [
        migrations.RunPython(write_postings, migrations.RunPython.noop),
    ]
