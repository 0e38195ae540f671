"""Who meets for a side, and when they are not there."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition, OpeningDay, Participation, Person
from fairs.permissions import Actor, require
from matchmaking.actions.times import Slot, when
from matchmaking.models import Occupancy, Seat, cells

MOST_SEATS = 20
BLOCK = timedelta(minutes=30)  # in which people say when they are away


def add_seat(
    part: Participation, *, name: str, by: Actor, languages: Iterable[str] = (), person: Person | None = None
) -> Seat:
    """Name one more who meets for a side: at each time as many meetings are possible as it has seats.

    Refuses with `name`, `not_of_the_company`, `too_many_seats` and `has_a_seat`.
    """
    require(by, "matchmaking.set_seats", part)
    if person and part.company_id not in person.company_ids:
        raise Invalid("not_of_the_company", _("Choose somebody of the company."))
    try:
        with transaction.atomic():
            last = _locked(part).seats.aggregate(last=Max("number"))["last"] or 0
            if last >= MOST_SEATS:
                raise Refused("too_many_seats", _("A company names at most %(most)d people.") % {"most": MOST_SEATS})
            seat = Seat.objects.create(
                part=part, number=last + 1, name=checked_name(name), person=person, languages=joined(languages)
            )
            record("add", seat, by=by)
            announce(part.edition, "meetings")
    except IntegrityError:
        raise Refused("has_a_seat", _("This person is on the list already.")) from None
    return seat


def change_seat(seat: Seat, *, name: str, by: Actor, languages: Iterable[str] = (), open: bool = True) -> Seat:
    """Say anew who it is, what they speak, and whether they meet; meetings that are agreed stay.

    Refuses with `name`.
    """
    require(by, "matchmaking.set_seats", seat.part)
    new = {"name": checked_name(name), "languages": joined(languages), "open": open}
    changed = [field for field, value in new.items() if getattr(seat, field) != value]
    for field, value in new.items():
        setattr(seat, field, value)
    if changed:
        with transaction.atomic():
            seat.save(update_fields=changed)
            record("change", seat, by=by, fields=changed)
            announce(seat.part.edition, "meetings")
    return seat


def set_away(part: Participation, *, seat: int, blocks: Iterable[datetime], by: Actor) -> None:
    """Say in which half hours somebody is not there; all others are free. What is agreed stands against it.

    Refuses with `no_such_seat`, `not_a_block`, and `meets_then`, naming the times.
    """
    require(by, "matchmaking.set_seats", part)
    known = set(blocks_of(part.edition))
    wanted = set(blocks)
    if not wanted <= known:
        raise Invalid("not_a_block", _("Choose half hours of the fair’s days."))
    if seat != 1 and not Seat.objects.filter(part=part, number=seat).exists():
        raise Invalid("no_such_seat", _("Nobody of this number is on the list."))
    away = [cell for block in sorted(wanted) for cell in cells(block, block + BLOCK)]
    try:
        with transaction.atomic():
            own = Occupancy.objects.filter(participation=_locked(part), seat=seat)
            own.filter(kind=Occupancy.Kind.AWAY).delete()
            own.filter(kind=Occupancy.Kind.WAY, starts_at__in=away).delete()
            kind = Occupancy.Kind.AWAY
            Occupancy.objects.bulk_create(
                Occupancy(participation=part, seat=seat, starts_at=cell, kind=kind) for cell in away
            )
            record("set_away", part, by=by)
            announce(part.edition, "meetings")
    except IntegrityError:
        raise _meets_then(part, seat, away) from None


def blocks_of(edition: Edition) -> list[datetime]:
    """The half hours of the trade days, by their beginnings."""
    days = edition.days.filter(audience=OpeningDay.Audience.TRADE).select_related("edition").order_by("date")
    return [day.starts + BLOCK * number for day in days for number in range((day.ends - day.starts) // BLOCK)]


def away_of(part: Participation) -> dict[int, set[datetime]]:
    """When the people of each seat are away, in base slots."""
    rows = Occupancy.objects.filter(participation=part, kind=Occupancy.Kind.AWAY)
    found: dict[int, set[datetime]] = {}
    for seat, cell in rows.values_list("seat", "starts_at"):
        found.setdefault(seat, set()).add(cell)
    return found


def checked_name(name: str) -> str:
    """Of somebody who meets or translates; refuses with `name`."""
    if not name.strip() or len(name.strip()) > 150:
        sentence = _("Write the name, in up to 150 letters.")
        raise Invalid("name", sentence, {"name": [sentence]})
    return name.strip()


def joined(languages: Iterable[str]) -> str:
    """Codes as a list of people keeps them: vi,en."""
    return ",".join(dict.fromkeys(languages))[:60]


def _meets_then(part: Participation, seat: int, away: list[datetime]) -> Refused:
    held = Occupancy.objects.filter(participation=part, seat=seat, starts_at__in=away, kind="meeting")
    pairs = held.values_list("meeting__starts_at", "meeting__ends_at").distinct().order_by("meeting__starts_at")
    times = [Slot(*(moment.astimezone(part.edition.zone) for moment in pair)) for pair in pairs]
    sentence = _("There are agreed meetings then: %(times)s. Move them or call them off first.")
    return Refused("meets_then", sentence % {"times": ", ".join(map(when, times))})


def _locked(part: Participation) -> Participation:
    return Participation.objects.select_for_update(no_key=True).get(pk=part.pk)
