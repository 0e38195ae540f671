"""What a vehicle's pass shows: on a phone, on paper, to an officer."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from booths.actions.yard import Answer
from booths.models import VehiclePass
from booths.vehicle_codes import spaced
from fairs.papers.booth_card import CardFace
from fairs.templatetags.fair import clock, day, day_range

# How each answer looks: ground and shape (one class), and icon.
SIGNS = {
    Answer.WELCOME: ("ok", "check"),
    Answer.EARLY: ("wait", "clock"),
    Answer.OVER: ("wait", "calendar-off"),
    Answer.OTHER_ENTRANCE: ("wait", "map-pin"),
    Answer.INSIDE: ("off", "truck"),
    Answer.GONE: ("off", "door-exit"),
    Answer.CANCELLED: ("stop", "x"),
    Answer.NO_PERMIT: ("stop", "receipt"),
    Answer.UNKNOWN: ("stop", "help-circle"),
}


def address_of(vehicle_pass: VehiclePass) -> str:
    """What its QR code holds: the page of the pass, which opens without signing in."""
    path = reverse("booths:vehicle_pass", args=[vehicle_pass.edition.slug, vehicle_pass.token])
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def hours_of(vehicle_pass: VehiclePass) -> str:
    """Its slot, as 16/10/2018, 08:00–09:00, at the place of the fair."""
    slot = vehicle_pass.slot
    with timezone.override(vehicle_pass.edition.zone):
        return f"{day(slot.starts_at)}, {clock(slot.starts_at)}–{clock(slot.ends_at)}"


def card_face(vehicle_pass: VehiclePass) -> CardFace:
    """The card on A6 that lies behind the windscreen."""
    window, edition = vehicle_pass.slot.window, vehicle_pass.edition
    return CardFace(
        name=vehicle_pass.plate or spaced(vehicle_pass.short_code),
        name_other=f"{hours_of(vehicle_pass)} · {window.entrance_vi}",
        place=vehicle_pass.company.name_vi,
        booths=" · ".join(vehicle_pass.codes),
        address=address_of(vehicle_pass),
        edition=edition.series.short_name or edition.name_en,
        dates=day_range(edition.opens_on, edition.closes_on),
        words=(_in("vi", vehicle_pass), _in("en", vehicle_pass)),
    )


def sign_of(answer: Any) -> dict[str, str]:
    """Ground and icon of an answer, its word, and the word in the other language."""
    css, icon = SIGNS[Answer(answer)]
    other = "en" if translation.get_language() == "vi" else "vi"
    with translation.override(other):
        word_other = str(Answer(answer).label)
    return {"css": css, "icon": icon, "word": str(Answer(answer).label), "other": word_other, "language": other}


def _in(language: str, vehicle_pass: VehiclePass) -> str:
    with translation.override(language):
        way = vehicle_pass.slot.window.get_way_display()
        return _("%(way)s. Show this code at the entrance: %(code)s") % {
            "way": way, "code": spaced(vehicle_pass.short_code)
        }  # fmt: skip
