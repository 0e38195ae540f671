from django.db import migrations
from django.db.models import F

LIVE = ["issued", "paid"]


def write_grants(apps, schema_editor):
    """Support that stands on notices was granted by the rule of its name."""
    Allowance, Grant = apps.get_model("fairs", "Allowance"), apps.get_model("fairs", "Grant")
    SupportRule, NoticeLine = apps.get_model("fairs", "SupportRule"), apps.get_model("fairs", "NoticeLine")
    rules = {(rule.edition_id, rule.name_vi): rule for rule in SupportRule.objects.order_by("-order", "-pk")}
    lines = NoticeLine.objects.filter(kind="support", amount__lt=0).select_related("notice__edition")
    for line in lines.order_by("pk"):
        notice = line.notice
        rule = rules.get((notice.edition_id, line.text_vi))
        if rule is None:
            continue
        facts = {"company_id": notice.company_id, "year": notice.edition.opens_on.year, "kind": rule.kind}
        allowance, _new = Allowance.objects.get_or_create(**facts)
        stands = notice.state in LIVE
        if stands:
            Allowance.objects.filter(pk=allowance.pk).update(granted=F("granted") - line.amount)
        Grant.objects.create(
            edition_id=notice.edition_id, company_id=notice.company_id, allowance=allowance, rule=rule, line=line,
            amount=-line.amount, granted_at=notice.issued_at, state="granted" if stands else "withdrawn",
            state_changed_at=notice.issued_at if stands else notice.state_changed_at,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('fairs', '0007_terms'),
    ]

    operations = [
        migrations.RunPython(write_grants, migrations.RunPython.noop),
    ]
