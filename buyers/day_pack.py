"""What the gates have on paper: everybody with a valid badge, by name."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from buyers.codes import spaced
from buyers.models import Badge
from fairs.day_packs import DayList, Heading, add_lists
from fairs.models import Edition


def at_the_gate(edition: Edition, day: date) -> Iterator[list[Any]]:
    """Name, company, kind and short code of each valid badge."""
    kinds = dict(Badge.Kind.choices)
    badges = Badge.objects.valid().filter(edition=edition).order_by("person__folded", "pk")
    known = badges.values_list("person__full_name", "company__name_vi", "kind", "short_code")
    for name, company, kind, code in known.iterator(chunk_size=2000):
        yield [name, company or "", str(kinds[kind]), spaced(code)]


add_lists(
    [
        DayList(
            "10-gate",
            _("Gate list by name"),
            frozenset({"gate"}),
            [
                Heading(_("Name"), 2.4),
                Heading(_("Company"), 3),
                Heading(_("Kind"), 1.4),
                Heading(_("Short code"), 1.2),
            ],
            at_the_gate,
            note=_("Valid when printed. A badge that was revoked later is not known to this paper."),
        )
    ]
)
