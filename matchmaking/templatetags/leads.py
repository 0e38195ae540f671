"""How visitors at a booth are named: as they agreed to be, else by kind and country."""

from typing import Any

from django import template
from django.urls import reverse

from fairs.models import Company, Person
from fairs.templatetags.fair import country, local
from matchmaking.actions.booth_cards import sharing_link
from matchmaking.actions.lead_digests import DayOfLeads, day_of_leads
from matchmaking.models import Lead, LeadDigest

register = template.Library()
RATING_KINDS = {"A": "ok", "B": "info", "C": "off"}


@register.simple_tag
def lead_name(lead: Lead) -> str:
    """The name and company of a visitor who stands by their yes; of any other the kind and the country.

    For letters and sheets, which are copies: what was taken back goes into none. `lead` comes from `with_contacts`.
    """
    known = lead.contact
    if known is None or not lead.stands:  # type: ignore[attr-defined]
        return nameless(lead)
    return ", ".join(filter(None, [known.name, company_name(known.company)]))


@register.filter
def company_name(company: Any) -> str:
    """The name of a company that the fair knows, or the one that was typed."""
    return local(company, "name") if isinstance(company, Company) else str(company)


@register.filter
def nameless(lead: Lead) -> str:
    """What is said of a visitor who did not hand over a name: "Importer, France"."""
    return ", ".join(filter(None, [lead.get_kind_display(), country(lead.country) if lead.country else ""]))


@register.filter
def rating_kind(rating: str) -> str:
    """The kind of the sign of a rating."""
    return RATING_KINDS.get(rating, "off")


@register.simple_tag
def sharing_url(lead: Lead, person: Person) -> str:
    """Where the holder of a badge says yes to a maker who was given its code."""
    return reverse("matchmaking:share", args=[sharing_link(lead, person)])


@register.simple_tag
def digest(about: LeadDigest) -> DayOfLeads:
    """What the evening letter says."""
    return day_of_leads(about)
