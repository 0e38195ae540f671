"""The permit to build as its paper shows it."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booths.models import Reservation
from fairs.money.face import letterhead
from fairs.papers.letter import Pair, Signature
from fairs.papers.permit import PermitFace
from fairs.templatetags.fair import day, day_range, language, local, number


def permit_face(reservations: Sequence[Reservation]) -> PermitFace:
    """One permit for the paid booths of one exhibitor, in the active language."""
    first = reservations[0]
    edition, company = first.edition, first.application.company
    halls = dict.fromkeys(local(row.booth.hall, "name") for row in reservations)
    zones = dict.fromkeys(local(row.booth.zone, "name") for row in reservations)
    return PermitFace(
        head=letterhead(first.edition),
        title=_("Permit to build"),
        subtitle="Permit to build" if language() == "vi" else "Giấy phép dàn dựng",
        facts=_facts(reservations),
        booths_title=ngettext("Booth", "Booths", len(reservations)),
        booths=[row.booth.code for row in reservations],
        place=", ".join([*halls, *zones]),
        holder_title=_("Exhibitor"),
        holder=company.name_vi,
        rows=[
            (_("Fair"), local(edition, "name")),
            (_("Days and place"), f"{day_range(edition.opens_on, edition.closes_on)}, {local(edition, 'venue')}"),
            (_("Answers for it"), first.application.contact.full_name),
            (_("Phone"), company.phone),
            (_("Area"), f"{number(sum(row.booth.area for row in reservations))} m²"),
        ],
        conditions_title=_("Conditions"),
        conditions=_conditions(),
        verify_url=f"{settings.SITE_URL}{reverse('booths:booth', args=[edition.slug, first.booth.code])}",
        code_title=_("Check this permit"),
        code_note=_("The page says who has the booth and whether it is confirmed."),
        signature=Signature(_("Booth desk"), hint=_("signature and stamp")),
        page_word=_("Page"),
        lang=language(),
    )


def _facts(reservations: Sequence[Reservation]) -> list[Pair]:
    numbers = [row.permit for row in reservations]
    shown = numbers[0] if len(numbers) == 1 else f"{numbers[0]} … {numbers[-1].rpartition('-')[2]}"
    return [(_("Number"), shown), (_("Date"), day(max(row.state_changed_at for row in reservations)))]


def _conditions() -> list[str]:
    return [
        _("Build within the lines of your booth, at most as high as its walls, and leave the aisles free."),
        _("Ask the booth desk before you connect more power or water than the booth has."),
        _("Fire exits, hydrants and signs stay free and visible."),
        _("Show this permit to the hall steward when you come in with material."),
        _("Goods on display leave the fair only with the organiser’s written consent."),
    ]
