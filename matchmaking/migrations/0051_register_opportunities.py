"""Contracts recorded before there were opportunities get theirs."""

from django.db import migrations

STAGES = {"contract": "signed", "trial_order": "trial_order", "memorandum": "memorandum"}


def open_opportunities(apps, schema_editor):
    """Each contract or memorandum that stands came of something talked about."""
    Deal = apps.get_model("matchmaking", "Deal")
    Opportunity = apps.get_model("matchmaking", "Opportunity")
    for deal in Deal.objects.exclude(state="cancelled").order_by("pk").iterator(chunk_size=500):
        deal.opportunity = Opportunity.objects.create(
            edition_id=deal.edition_id, exhibitor_id=deal.exhibitor_id, importer_id=deal.importer_id,
            product_group_id=deal.product_group_id, goods=deal.goods, source="paper", meeting_id=deal.meeting_id,
            opened_by_id=deal.recorded_by_id, opened_at=deal.recorded_at, state=STAGES[deal.kind],
            state_changed_at=deal.recorded_at, key=f"deal-{deal.pk}",
        )
        deal.save(update_fields=["opportunity"])


class Migration(migrations.Migration):
    dependencies = [("matchmaking", "0050_register")]
    operations = [migrations.RunPython(open_opportunities, migrations.RunPython.noop)]
