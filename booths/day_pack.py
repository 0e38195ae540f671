"""What the booth desk has on paper: each booth, and who stands in it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from booths.models import Booth, Reservation
from fairs.day_packs import DayList, Heading, add_lists
from fairs.models import Edition
from fairs.templatetags.fair import local


def each_booth(edition: Edition, day: date) -> Iterator[list[Any]]:
    """Code, hall, zone and holder of each booth, in the order of the codes."""
    held = Reservation.objects.kept().filter(edition=edition).select_related("company")
    holders = {one.booth_id: one for one in held}
    booths = Booth.objects.filter(edition=edition).select_related("hall", "zone").order_by("hall__code", "code")
    for booth in booths:
        one = holders.get(booth.pk)
        who = [one.company.name_vi, one.company.phone, one.get_state_display()] if one else ["", "", ""]
        yield [booth.code, local(booth.hall, "name"), local(booth.zone, "name") if booth.zone else "", *who]


add_lists(
    [
        DayList(
            "20-booths",
            _("Booths and who stands in them"),
            frozenset({"booth_desk", "gate"}),
            [
                Heading(_("Booth"), 0.8),
                Heading(_("Hall"), 1.2),
                Heading(_("Zone"), 1.4),
                Heading(_("Exhibitor"), 3.2),
                Heading(_("Phone"), 1.4),
                Heading(_("State"), 1.2),
            ],
            each_booth,
            wide=True,
        )
    ]
)
