"""The drawing of an edition's floor, kept until the floor changes, with its statuses of this moment."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from booths import drawing
from booths.drawing import Walk
from booths.floorplan import Rect
from booths.models import Booth, Reservation, SaleTerms
from fairs import clock
from fairs.models import Edition
from fairs.templatetags.fair import local

KEPT_FOR = 3600
"""Seconds; a new version of the floor has a new key anyway."""


@dataclass(frozen=True, order=True)
class Size:
    """Sides of a booth in metres."""

    width: float
    depth: float

    @property
    def key(self) -> str:
        """As an address names it."""
        return f"{self.width:.2f}x{self.depth:.2f}"


@dataclass
class Plan:
    """A floor as it stands now."""

    edition: Edition
    version: int
    drawing: drawing.Drawing
    statuses: Mapping[int, str]
    next_lapse: datetime | None
    told: int = 0  # the version of the statuses that open pages were last told; what is shown is as new or newer

    @cached_property
    def signs(self) -> str:
        """One letter for each booth, in the drawing's order."""
        return self.drawing.signs(self.statuses)

    def markup(self, found: Collection[str] = ()) -> SafeString:
        """What goes inside the svg element, with the found booths marked."""
        return mark_safe(drawing.with_signs(self.drawing, self.signs, found))  # the drawing escapes every name

    @property
    def markup_as_picture(self) -> SafeString:
        """The same without links, for a small picture."""
        return mark_safe(drawing.picture(self.drawing, self.signs))  # the drawing escapes every name

    def walk_to(self, code: str) -> Walk | None:
        """The way on foot to a booth from the nearest gate; None where no way leads."""
        key = f"walks:{self.edition.pk}:{self.version}:{get_language()}"
        walks: dict[str, Walk] | None = cache.get(key)
        if walks is None:
            walks = drawing.nearest_walks(_floor(self.edition))
            cache.set(key, walks, KEPT_FOR)
        return walks.get(code)

    @property
    def counts(self) -> dict[str, int]:
        """How many booths are free, held, reserved, confirmed, blocked."""
        found = Counter(self.signs)
        return {status: found[sign] for status, sign in drawing.SIGNS.items() if status != "handed_over"}

    @property
    def sizes(self) -> list[Size]:
        """Each size that booths have, the smallest first."""
        return sorted({Size(rect.width, rect.height) for rect in self.drawing.places.values()})

    @property
    def seconds_to_next_lapse(self) -> int | None:
        """Until the first hold runs out, so that an open page asks again by itself."""
        return None if self.next_lapse is None else max(0, int((self.next_lapse - clock.now()).total_seconds())) + 1


def plan_of(edition: Edition) -> Plan:
    """The floor of an edition in the active language, in three queries once it has been drawn."""
    terms = SaleTerms.objects.filter(edition=edition).order_by()
    version, told = terms.values_list("floor_version", "edition__floor_signs__version").first() or (0, 0)
    key = f"plan:{edition.pk}:{version}:{get_language()}"
    drawn = cache.get(key)
    if drawn is None:
        drawn = drawing.draw(_floor(edition), _words(), booth_url=_booth_url(edition))
        cache.set(key, drawn, KEPT_FOR)
    statuses, next_lapse = _statuses(edition)
    return Plan(edition, version, drawn, statuses, next_lapse, told or 0)


def rect_of(place: Any) -> Rect:
    """The ground of a hall, booth or facility."""
    return Rect(float(place.x), float(place.y), float(place.width), float(place.depth))


def sign_words() -> dict[str, str]:
    """What each letter of a sign means."""
    return {
        "f": pgettext("booth", "free"),
        "h": pgettext("booth", "on hold"),
        "r": pgettext("booth", "reserved, payment due"),
        "c": pgettext("booth", "confirmed"),
        "x": pgettext("booth", "not to let"),
    }


def _statuses(edition: Edition) -> tuple[dict[int, str], datetime | None]:
    """Status by booth; free ones are not named. And when the first hold runs out."""
    live = Reservation.objects.live(clock.now()).filter(edition=edition).order_by()
    rows = list(live.values_list("booth_id", "state", "held_until"))
    blocked = Booth.objects.filter(edition=edition).exclude(blocked="").order_by().values_list("pk", flat=True)
    statuses = dict.fromkeys(blocked, "blocked") | {booth: state for booth, state, _until in rows}
    return statuses, min((until for _booth, state, until in rows if state == "held"), default=None)


def _floor(edition: Edition) -> drawing.Floor:
    return drawing.Floor(
        halls=[drawing.Hall(hall.code, local(hall, "name"), rect_of(hall)) for hall in edition.halls.all()],
        zones=[drawing.Zone(zone.code, zone.letters, local(zone, "name")) for zone in edition.zones.all()],
        stands=[
            drawing.Stand(booth.pk, booth.code, booth.hall.code, booth.zone.code, rect_of(booth))
            for booth in edition.booths.select_related("hall", "zone")
        ],
        facilities=[
            drawing.Facility(facility.kind, local(facility, "name"), rect_of(facility))
            for facility in edition.facilities.exclude(kind="power")  # for those who build, not for those who visit
        ],
    )


def _words() -> drawing.Words:
    return drawing.Words(hall=_("{count} booths, {width} × {depth} m"), signs=sign_words())


def _booth_url(edition: Edition) -> str:
    return reverse("booths:booth", args=[edition.slug, "CODE"]).replace("CODE", "{code}")
