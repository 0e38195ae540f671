"""Holding booths, keeping them, giving them back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Abs
from django.utils.translation import gettext as _

from booths.actions.endings import end_lapsed, settle_offer
from booths.actions.pricing import quote
from booths.actions.together import agree_apart, check_block, check_together
from booths.actions.turns import check_turn
from booths.actions.vehicles import cancel_vehicles_of
from booths.actions.wishes import booths_at_most
from booths.models import Application, Booth, Offer, Opening, Reservation
from booths.paying import payment_plan
from fairs import clock
from fairs.errors import Refused
from fairs.journal import record, record_many
from fairs.live import announce
from fairs.models import Edition, Notice
from fairs.money.actions.notices import issue_notice
from fairs.money.grants import give_grants, hold_allowances
from fairs.money.numbers import next_number
from fairs.permissions import Actor, require


def hold_booths(
    application: Application, *, booths: Sequence[Booth], by: Actor, apart: bool = False, ahead: str = ""
) -> list[Reservation]:
    """Keep booths for an accepted application for as long as the sale terms say: all of them or none.

    Holding again what the application already holds is no error and does not lengthen the hold. With `apart` a group
    agrees that its booths need not touch; `ahead` is why the booth desk does not wait for its turn. Refuses with
    `not_accepted`, `not_your_turn`, `in_the_waiting_room`, `reason_wanted`, `too_many_booths`, `blocked_booth`,
    `not_together`, `booth_gone` from the plan, or `booth_taken`, the last with what is still free nearby.
    """
    require(by, "booths.hold", application)
    try:
        with transaction.atomic():
            application = locked(application, "edition__sale_terms", "edition__waiting_room")
            _check_accepted(application)
            ahead = check_turn(application, booths, ahead=ahead, by=by)
            wanted = locked_booths(booths)
            mine, taken = _live(application, wanted)
            new = [booth for booth in wanted if booth.pk not in mine]
            _check(application, new, already=len(mine))
            if taken:
                raise _taken(taken)
            if apart:
                agree_apart(application, by=by)
            check_together(application, [*(row.booth for row in mine.values()), *new], by=by)
            held = _insert(application, new, ahead=ahead, by=by)
            announce(application.edition, "floor")
    except IntegrityError:  # the constraint has the last word between rivals
        raise _taken(booths) from None
    return [mine.get(booth.pk) or held[booth.pk] for booth in wanted]


def reserve_held(application: Application, *, by: Actor) -> Notice:
    """Turn the application's live holds into reservations, and issue the payment notice for them.

    Refuses with `hold_ran_out` when there is none any more, with `not_together` a group that has given back what lay
    between, and with `not_accepted`: who has an offer takes that. Asked twice, the second call answers the first's
    notice.
    """
    require(by, "booths.hold", application)
    with transaction.atomic():
        application = locked(application)
        if application.state == Application.State.WAITLISTED:
            raise Refused("not_accepted", _("You are on the waiting list. Take the offer to keep its booths."))
        rows = application.reservations.select_for_update(of=("self",)).order_by("booth_id")
        held = list(rows.with_booths().filter(state=Reservation.State.HELD, held_until__gt=clock.now()))
        if not held:
            return _notice_already_issued(application)
        if not any(row.offer_id for row in held):
            check_block(application, by=by)
        settle_offer(application, "take", by=by)  # of an allocation round, where these booths are its place
        for reservation in held:
            reservation.follow("reserve", by=by)
        notice = _charge(application, held, by=by)
        announce(application.edition, "floor")
    return notice


def take_again(*, ids: Sequence[int], by: Actor) -> Notice:
    """Reserve the booths of these reservations, for which money came, and answer the notice that charges for them.

    Those that ran out or were given back are taken again while they are free. Refuses with `booth_taken`,
    `booth_gone`, `blocked_booth`, `too_many_booths` or `not_accepted`, and then nothing is taken.
    """
    with transaction.atomic():
        meant = list(Reservation.objects.filter(pk__in=ids).select_related("application", "booth"))
        application = locked(meant[0].application)
        booths = locked_booths([row.booth for row in meant])
        mine, taken = _live(application, booths)
        if taken:
            raise _taken(taken)
        new = [booth for booth in booths if booth.pk not in mine]
        _check_accepted(application)
        _check(application, new, already=len(mine))
        _insert(application, new, by=by)
        held = application.reservations.with_booths().filter(state=Reservation.State.HELD, booth__in=booths)
        rows = list(held.order_by("booth_id"))
        if not rows:
            return _notice_already_issued(application)
        for reservation in rows:
            reservation.follow("reserve", by=by)
        notice = _charge(application, rows, by=by)
        announce(application.edition, "floor")
    return notice


def confirm_paid(*, ids: Sequence[int], by: Actor) -> None:
    """Confirm the reservations that a settled notice was about, and give each its permit to build.

    Called inside the transaction that settles the notice. A reservation that was given back meanwhile stays so.
    """
    for reservation in _kept(ids, Reservation.State.RESERVED):
        reservation.follow("confirm", by=by, permit=next_number(reservation.edition, "GP"))
        announce(reservation.edition, "floor")
    for reservation in _kept(ids, Reservation.State.HANDED_OVER).filter(permit=""):
        _set_permit(reservation, next_number(reservation.edition, "GP"), "give_permit", by=by)


def withdraw_permits(*, ids: Sequence[int], by: Actor) -> None:
    """Withdraw the permits of booths that are not paid any more, inside that transaction; the booths stay theirs."""
    for reservation in _kept(ids, Reservation.State.CONFIRMED):
        _set_permit(reservation, "", "withdraw_permit", by=by)
        reservation.follow("reopen", by=by)
        announce(reservation.edition, "floor")
    for reservation in _kept(ids, Reservation.State.HANDED_OVER).exclude(permit=""):
        _set_permit(reservation, "", "withdraw_permit", by=by)


def release_booth(reservation: Reservation, *, by: Actor) -> Reservation:
    """Give a booth back: a hold by whoever has it, anything more by the booth desk.

    Refuses with `on_a_notice` while an unpaid notice charges for it: cancelling the notice gives its booths back.
    Refuses with `on_an_offer` while it is offered to the waiting list: declining the offer gives its booths back.
    """
    with transaction.atomic():
        reservation.refresh_from_db(from_queryset=Reservation.objects.select_for_update())
        require(by, "booths.hold" if reservation.state == Reservation.State.HELD else "booths.decide", reservation)
        notice = Notice.objects.filter(state="issued").about(Reservation.SOURCE, [reservation.pk]).first()
        if reservation.state == Reservation.State.RESERVED and notice:
            raise Refused(
                "on_a_notice",
                _("Payment notice %(number)s charges for this booth. Cancel the notice: that gives its booths back.")
                % {"number": notice.number},
            )
        if reservation.offer_id and Offer.objects.filter(pk=reservation.offer_id).open_at(clock.now()).exists():
            raise Refused("on_an_offer", _("This booth is part of an offer. Decline the offer: that gives it back."))
        reservation.follow("release", by=by)
        cancel_vehicles_of(reservation, by=by)
        announce(reservation.edition, "floor")
    return reservation


def release_unpaid(*, ids: Sequence[int], by: Actor) -> None:
    """Give back the booths whose notice was cancelled or credited whole, inside that transaction."""
    for reservation in _kept(ids, Reservation.State.RESERVED, Reservation.State.CONFIRMED):
        reservation.follow("release", by=by, permit="")
        cancel_vehicles_of(reservation, by=by)
        announce(reservation.edition, "floor")


def hand_over(reservation: Reservation, *, by: Actor) -> Reservation:
    """Record that the exhibitor took the booth over at move-in."""
    require(by, "booths.hand_over", reservation)
    with transaction.atomic():
        reservation.follow("hand_over", by=by)
        announce(reservation.edition, "floor")
    return reservation


def announce_lapsed(edition: Edition, *, since: datetime) -> None:
    """Tell open plans about holds that ran out since a moment; the rule itself needs no telling."""
    lapsed = Reservation.objects.filter(edition=edition, state=Reservation.State.HELD)
    if lapsed.filter(held_until__gt=since, held_until__lte=clock.now()).exists():
        announce(edition, "floor")


def locked(application: Application, *related: str) -> Application:
    """The application as it is now, kept from others until the transaction ends; its terms and company with it.

    With `related` named only that comes with it.
    """
    related = related or ("edition__sale_terms", "edition__waiting_room", "company", "contact")
    rows = Application.objects.select_for_update(of=("self",)).select_related(*related)
    by_turns = Exists(Opening.objects.filter(edition=OuterRef("edition")))
    return rows.annotate(by_turns=by_turns).get(pk=application.pk)


def locked_booths(booths: Sequence[Booth]) -> list[Booth]:
    """The booths as they are now, locked in the order of their keys, so that no two rivals wait for each other.

    Refuses with `booth_gone` when a plan published meanwhile no longer has one of them.
    """
    rows = Booth.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = list(rows.filter(pk__in=[booth.pk for booth in booths]))
    gone = {booth.pk for booth in booths} - {booth.pk for booth in found}
    if gone:
        codes = ", ".join(sorted(booth.code for booth in booths if booth.pk in gone))
        raise Refused(
            "booth_gone",
            _("The plan has changed: there is no booth %(codes)s any more. Choose another.") % {"codes": codes},
        )
    return found


def _kept(ids: Sequence[int], *states: str) -> QuerySet[Reservation]:
    rows = Reservation.objects.select_for_update(of=("self",)).select_related("edition", "booth")
    return rows.filter(pk__in=ids, state__in=states).order_by("booth_id")


def _set_permit(reservation: Reservation, number: str, verb: str, *, by: Actor) -> None:
    """The journal keeps the number, which the reservation shows only while it holds."""
    record(verb, reservation, by=by, subject=number or reservation.permit)
    reservation.permit = number
    reservation.save(update_fields=["permit"])


def _live(application: Application, wanted: Sequence[Booth]) -> tuple[dict[int, Reservation], list[Booth]]:
    """What the application has, by booth, and which of the wanted booths, locked, others have.

    A hold on one of them that ran out is ended here.
    """
    keys = {booth.pk for booth in wanted}
    rows = Reservation.objects.filter(Q(application=application) | Q(booth__in=keys), state__in=Reservation.LIVE)
    now, found = clock.now(), list(rows.select_related("booth").order_by("pk"))
    live = [row for row in found if row.state != Reservation.State.HELD or row.held_until > now]
    if any(row.booth_id in keys for row in found if row not in live):
        end_lapsed(wanted)
    mine = {row.booth_id: row for row in live if row.application_id == application.pk}
    return mine, [row.booth for row in live if row.application_id != application.pk]


def _check_accepted(application: Application) -> None:
    if application.state != Application.State.ACCEPTED:
        raise Refused("not_accepted", _("This application has not been accepted yet, so it cannot hold booths."))


def _check(application: Application, new: Sequence[Booth], *, already: int) -> None:
    most = min(application.booth_count, booths_at_most(application))
    if already + len(new) > most:
        raise Refused(
            "too_many_booths",
            _("This application is for %(most)d booths. Give one back first, or ask the booth desk for more.")
            % {"most": most},
        )
    for booth in new:
        if booth.blocked or booth.edition_id != application.edition_id:
            raise Refused("blocked_booth", _("Booth %(code)s is not to let. Choose another.") % {"code": booth.code})


def _insert(application: Application, booths: Sequence[Booth], *, by: Actor, ahead: str = "") -> dict[int, Reservation]:
    until = clock.now() + timedelta(minutes=application.edition.sale_terms.hold_minutes)
    made = Reservation.objects.bulk_create(
        Reservation(
            edition=application.edition,
            booth=booth,
            application=application,
            company_id=application.company_id,
            held_until=until,
            ahead=ahead,
        )
        for booth in booths
    )
    record_many("hold", made, by=by, fields=["state", "ahead"] if ahead else ["state"])
    return {reservation.booth_id: reservation for reservation in made}


def _taken(booths: Sequence[Booth]) -> Refused:
    codes = ", ".join(sorted(booth.code for booth in booths))
    free = Booth.objects.free(clock.now()).filter(zone=booths[0].zone_id)
    nearby = free.order_by(Abs(F("x") - booths[0].x) + Abs(F("y") - booths[0].y)).values_list("code", flat=True)[:3]
    if not nearby:
        return Refused("booth_taken", _("%(codes)s has just been taken.") % {"codes": codes})
    return Refused(
        "booth_taken",
        _("%(codes)s has just been taken. Still free nearby: %(free)s.") % {"codes": codes, "free": ", ".join(nearby)},
    )


def _charge(application: Application, reserved: Sequence[Reservation], *, by: Actor) -> Notice:
    hold_allowances(application.company, application.edition)
    asked = quote(application, reserved)
    notice = issue_notice(
        application.edition,
        company=application.company,
        currency=asked.currency,
        lines=asked.lines,
        contact=application.contact,
        by=by,
        **payment_plan(application).terms,
    )
    give_grants(notice, asked.shares, by=by)
    return notice


def _notice_already_issued(application: Application) -> Notice:
    """The notice of the newest booth, unless that one was given back or its hold ran out."""
    newest = application.reservations.order_by("-pk").first()
    kept = newest and newest.state in Reservation.KEPT
    notice = Notice.objects.live().about(Reservation.SOURCE, [newest.pk]).first() if newest and kept else None
    if notice is None:
        raise Refused("hold_ran_out", _("The hold ran out, so the booths went back to the floor plan. Choose again."))
    return notice
