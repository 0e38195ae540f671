"""Withdrawing from the fair: in time or late, and what becomes of booths and money.

Source: the fair's registration page, 2018: in writing, so many days before the opening, and nothing is paid back.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from booths.actions.endings import settle_offer
from booths.actions.reservations import locked
from booths.actions.service_payments import end_orders
from booths.actions.taking_part import leave
from booths.actions.vehicles import cancel_vehicles_of
from booths.models import Application, Reservation, ServiceOrder, Withdrawal, house_rules_of
from fairs import clock
from fairs.actions.merging import still_standing
from fairs.errors import Invalid, Refused
from fairs.live import announce
from fairs.models import Notice
from fairs.money.actions.notices import drop_notice
from fairs.permissions import Actor, may, require

GIVEN_UP = (Reservation.State.HELD, Reservation.State.RESERVED, Reservation.State.CONFIRMED)


def withdraw_in_writing(
    application: Application, *, words: str, by: Actor, received_on: date | None = None
) -> Application:
    """Withdraw in writing, also after paying: the booths go back to the plan at once, and nothing is paid back.

    Notices without any money are cancelled. One with money on it stays as it is, for finance to decide about the rest.
    The desk, which reads the paper, may say on which day it came; whether that was in time is kept with the rules of
    then. Refuses with `no_words`, `bad_day`, `not_handed_in` and, once a booth was handed over, `handed_over`.
    """
    require(by, "booths.apply", application)
    if not words.strip():
        sentence = _("Write that you withdraw, and why if you like.")
        raise Invalid("no_words", sentence, {"words": [sentence]})
    with transaction.atomic():
        still_standing(application.company)  # the company first, as whoever changes one of its vehicles
        application = locked(application)
        if application.state == Application.State.DRAFT:
            raise Refused("not_handed_in", _("This application was never handed in. Drop the draft instead."))
        if application.reservations.filter(state=Reservation.State.HANDED_OVER).exists():
            raise Refused("handed_over", _("Booths were handed over already. The booth desk takes them back first."))
        note_withdrawal(application, words=words.strip(), received_on=received_on, by=by)
        application.follow("withdraw", by=by)
        settle_offer(application, "decline", by=by)
        _give_up(application, by=by)
        announce(application.edition, "floor")
        announce(application.edition, "applications")
    return application


def note_withdrawal(
    application: Application, *, by: Actor, words: str = "", received_on: date | None = None
) -> Withdrawal | None:
    """Keep when a withdrawal came and whether that was in time; of a draft nothing is kept. Inside the transaction."""
    if not application.can("withdraw") or application.state == Application.State.DRAFT:
        return None
    edition, today = application.edition, clock.today(application.edition)
    day = received_on or today
    if day > today or (day != today and not may(by, "booths.decide", application)):
        sentence = _("Give the day on which the paper came, today at the latest.")
        raise Invalid("bad_day", sentence, {"received_on": [sentence]})
    return Withdrawal.objects.create(
        application=application,
        words=words,
        received_on=day,
        days_before=min(999, max(-999, (edition.opens_on - day).days)),
        days_asked=house_rules_of(edition).withdraw_days,
        forfeits=application.reservations.filter(state=Reservation.State.CONFIRMED).exists(),
        recorded_by=by,
    )


def _give_up(application: Application, *, by: Actor) -> None:
    """Every booth is free again, what was ordered for it ends; a notice on which nothing was paid is cancelled."""
    kept = application.reservations.filter(state__in=GIVEN_UP).order_by("booth_id")
    orders = application.service_orders.live().exclude(state=ServiceOrder.State.DELIVERED)
    ordered = list(orders.order_by("pk").values_list("pk", flat=True))
    about = {Reservation.SOURCE: [row.pk for row in kept], ServiceOrder.SOURCE: ordered}
    for source, keys in about.items():
        for notice in Notice.objects.unpaid().about(source, keys).filter(paid=0).order_by("pk"):
            drop_notice(notice, by=by)
    end_orders(ids=ordered, by=by)
    for reservation in kept.all():
        reservation.follow("release", by=by, permit="")
        cancel_vehicles_of(reservation, by=by)
    leave(application)
