"""An exhibitor's visitors as a worksheet: a copy, so it holds no details that were taken back."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from fairs.models import Edition
from fairs.sheets.columns import Column
from fairs.sheets.contacts import Email
from fairs.sheets.kinds import Date, Integer, Kind, Text
from fairs.sheets.write import to_xlsx
from fairs.templatetags.fair import country, local
from matchmaking.models import Lead
from matchmaking.templatetags.leads import company_name


def leads_sheet(leads: Iterable[Lead], edition: Edition) -> bytes:
    """One row for each visitor; `leads` come from `with_contacts`."""
    return to_xlsx(_("Visitors"), _columns(), (_row(lead, edition) for lead in leads))


def _columns() -> list[Column]:
    titles: list[tuple[str, Kind]] = [
        (_("First visit"), Date()),
        (_("Last visit"), Date()),
        (_("Visits"), Integer()),
        (_("Rating"), Text()),
        (_("Kind"), Text()),
        (_("Country or territory"), Text()),
        (_("Full name"), Text()),
        (_("Position"), Text()),
        (_("Company"), Text()),
        (_("E-mail"), Email()),
        (_("Product"), Text()),
        (_("Product group"), Text()),
        (_("Note"), Text()),
        (_("Next step"), Text()),
        (_("Until"), Date()),
        (_("Done"), Date()),
        (_("Details"), Text()),
    ]
    return [Column(f"c{place}", (title,), kind) for place, (title, kind) in enumerate(titles)]


def _row(lead: Lead, edition: Edition) -> list[Any]:
    zone = edition.zone
    return [
        lead.first_at.astimezone(zone), lead.last_at.astimezone(zone), lead.times, lead.rating,  # type: ignore[attr-defined]
        lead.get_kind_display(), country(lead.country) if lead.country else "", *_contact(lead),
        local(lead.product, "name") if lead.product else "",
        local(lead.product_group, "name") if lead.product_group else "",
        lead.note, lead.get_next_step_display(), lead.next_on, lead.done_at and lead.done_at.astimezone(zone),
        _agreed(lead),
    ]  # fmt: skip


def _contact(lead: Lead) -> list[str]:
    known = lead.contact if lead.stands else None  # type: ignore[attr-defined]
    return [known.name, known.job_title, company_name(known.company), known.email] if known else [""] * 4


def _agreed(lead: Lead) -> str:
    """By what the details were handed over, or why there are none."""
    if lead.handed_at is None:
        return _("Anonymous visit")
    return lead.get_means_display() if lead.stands else _("The visitor took the details back")  # type: ignore[attr-defined]
