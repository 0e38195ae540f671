"""A visitor at a booth whom an exhibitor follows as far as the contract."""

from django.utils.translation import gettext as _

from fairs.errors import Refused
from fairs.permissions import Actor, require
from matchmaking.actions.leads import buyers_part
from matchmaking.actions.opportunities import begun_between, opened
from matchmaking.models import Lead, Opportunity


def follow_lead(lead: Lead, *, by: Actor) -> Opportunity:
    """Follow what is talked about with a visitor; neither their name nor the note goes along, only the two companies.

    Refuses with `not_named` without the visitor's standing yes, and `not_a_buyer` when no importer's part stands behind
    them.
    """
    require(by, "matchmaking.keep_leads", lead)
    if not Lead.objects.filter(pk=lead.pk).standing().exists():
        raise Refused("not_named", _("It names both companies, and this visitor has not agreed to that."))
    importer = buyers_part(lead)
    if importer is None:
        raise Refused("not_a_buyer", _("No importing company of this fair stands behind this visitor."))
    new = Opportunity(
        edition=lead.edition, exhibitor=lead.exhibitor, importer=importer, product_group=lead.product_group,
        source=Opportunity.Source.LEAD, lead=lead, key=f"lead-{lead.pk}",
    )  # fmt: skip
    return begun_between(lead.exhibitor, importer) or opened(new, by=by)
