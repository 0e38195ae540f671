"""Holding booths, keeping them, giving them back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from booths.actions.pricing import quote
from booths.models import Application, Booth, Reservation
from fairs import clock
from fairs.errors import Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition, Notice
from fairs.money.actions import issue_notice
from fairs.money.numbers import next_number
from fairs.permissions import Actor, require


def hold_booths(application: Application, *, booths: Sequence[Booth], by: Actor) -> list[Reservation]:
    """Keep booths for an accepted application for as long as the sale terms say: all of them or none.

    Holding again what the application already holds is no error and does not lengthen the hold. Refuses with
    `not_accepted`, `too_many_booths`, `blocked_booth` or `booth_taken`, the last with what is still free nearby.
    """
    require(by, "booths.hold", application)
    with transaction.atomic():
        application = (
            Application.objects.select_for_update(of=("self",))
            .select_related("edition__sale_terms")
            .get(pk=application.pk)
        )
        wanted = sorted(booths, key=lambda booth: booth.pk)
        _end_lapsed_holds(wanted)
        mine = {row.booth_id: row for row in application.reservations.live(clock.now()).select_related("booth")}
        new = [booth for booth in wanted if booth.pk not in mine]
        _check(application, new, already=len(mine))
        made = _insert(application, new)
        for reservation in made:
            record("hold", reservation, by=by, fields=["state"])
        announce(application.edition, "floor")
    return [mine.get(booth.pk) or next(row for row in made if row.booth_id == booth.pk) for booth in wanted]


def reserve_held(application: Application, *, by: Actor) -> Notice:
    """Turn the application's live holds into reservations, and issue the payment notice for them.

    Refuses with `hold_ran_out` when there is none any more. Asked twice, the second call answers the first's notice.
    """
    require(by, "booths.hold", application)
    with transaction.atomic():
        application = (
            Application.objects.select_for_update(of=("self",))
            .select_related("edition__sale_terms", "company")
            .get(pk=application.pk)
        )
        held = list(_of(application).filter(state="held", held_until__gt=clock.now()))
        if not held:
            return _notice_already_issued(application)
        for reservation in held:
            reservation.follow("reserve", by=by)
        terms = application.edition.sale_terms
        asked = quote(application, held)
        notice = issue_notice(
            application.edition,
            company=application.company,
            currency=asked.currency,
            lines=asked.lines,
            due_on=clock.today(application.edition) + timedelta(days=terms.payment_days),
            contact=application.contact,
            by=by,
        )
        announce(application.edition, "floor")
    return notice


def confirm_paid(*, ids: Sequence[int], by: Actor) -> None:
    """Confirm the reservations that a settled notice was about, and give each its permit to build.

    Called inside the transaction that settles the notice. A reservation that was given back meanwhile stays so.
    """
    for reservation in Reservation.objects.filter(pk__in=ids, state="reserved").select_related("edition", "booth"):
        reservation.follow("confirm", by=by, permit=next_number(reservation.edition, "GP"))
        announce(reservation.edition, "floor")


def release_booth(reservation: Reservation, *, by: Actor) -> Reservation:
    """Give a booth back. What was paid for it is a matter of the notice, not of the booth."""
    require(by, "booths.hold" if reservation.state == "held" else "booths.decide", reservation)
    with transaction.atomic():
        reservation.follow("release", by=by)
        announce(reservation.edition, "floor")
    return reservation


def release_unpaid(*, ids: Sequence[int], by: Actor) -> None:
    """Give back the reserved booths whose notice was cancelled, inside that transaction."""
    for reservation in Reservation.objects.filter(pk__in=ids, state="reserved").select_related("edition", "booth"):
        reservation.follow("release", by=by)
        announce(reservation.edition, "floor")


def hand_over(reservation: Reservation, *, by: Actor) -> Reservation:
    """Record that the exhibitor took the booth over at move-in."""
    require(by, "booths.hand_over", reservation)
    with transaction.atomic():
        reservation.follow("hand_over", by=by)
        announce(reservation.edition, "floor")
    return reservation


def announce_lapsed(edition: Edition, *, since: Any) -> None:
    """Tell open plans about holds that ran out since a moment; the rule itself needs no telling."""
    lapsed = Reservation.objects.filter(
        edition=edition, state="held", held_until__gt=since, held_until__lte=clock.now()
    )
    if lapsed.exists():
        announce(edition, "floor")


def _of(application: Application) -> Any:
    return application.reservations.select_related("booth__booth_class", "booth__hall", "booth__zone").order_by(
        "booth_id"
    )


def _end_lapsed_holds(booths: Sequence[Booth]) -> None:
    """Whoever meets a hold that ran out ends it, in the order of booths, so that the constraint lets a new one in."""
    ran_out = Reservation.objects.filter(booth__in=booths, state="held", held_until__lte=clock.now())
    for reservation in ran_out.select_related("booth").order_by("booth_id"):
        reservation.follow("lapse", by=None)


def _check(application: Application, new: Sequence[Booth], *, already: int) -> None:
    if application.state != Application.State.ACCEPTED:
        raise Refused("not_accepted", _("This application has not been accepted yet, so it cannot hold booths."))
    most = min(application.booth_count, application.edition.sale_terms.booths_at_most)
    if already + len(new) > most:
        raise Refused(
            "too_many_booths",
            _("This application is for %(most)d booths. Give one back first, or ask the booth desk for more.")
            % {"most": most},
        )
    for booth in new:
        if booth.blocked or booth.edition_id != application.edition_id:
            raise Refused("blocked_booth", _("Booth %(code)s is not to let. Choose another.") % {"code": booth.code})


def _insert(application: Application, booths: Sequence[Booth]) -> list[Reservation]:
    """The unique constraint decides between rivals; the savepoint keeps the caller's transaction usable."""
    until = clock.now() + timedelta(minutes=application.edition.sale_terms.hold_minutes)
    rows = [
        Reservation(
            edition=application.edition,
            booth=booth,
            application=application,
            company_id=application.company_id,
            held_until=until,
            state_changed_at=clock.now(),
        )
        for booth in booths
    ]
    try:
        with transaction.atomic():
            return Reservation.objects.bulk_create(rows)
    except IntegrityError:
        raise _taken(booths) from None


def _taken(booths: Sequence[Booth]) -> Refused:
    taken = Booth.objects.filter(pk__in=[booth.pk for booth in booths]).exclude(
        pk__in=Booth.objects.free(clock.now()).values("pk")
    )
    codes = ", ".join(sorted(booth.code for booth in taken)) or ", ".join(booth.code for booth in booths)
    nearby = Booth.objects.free(clock.now()).filter(zone=booths[0].zone_id).values_list("code", flat=True)[:3]
    if not nearby:
        return Refused("booth_taken", _("%(codes)s has just been taken.") % {"codes": codes})
    return Refused(
        "booth_taken",
        _("%(codes)s has just been taken. Still free nearby: %(free)s.") % {"codes": codes, "free": ", ".join(nearby)},
    )


def _notice_already_issued(application: Application) -> Notice:
    reserved = list(_of(application).filter(state="reserved").values_list("pk", flat=True))
    notice = (
        Notice.objects.live().filter(lines__source_kind="booths.reservation", lines__source_id__in=reserved).first()
    )
    if notice is None:
        raise Refused("hold_ran_out", _("The hold ran out, so the booths went back to the floor plan. Choose again."))
    return notice
