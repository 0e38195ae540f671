"""Paying for booths by card while they are on hold, before there is a notice."""

from django.utils.translation import gettext as _

from booths.actions.pricing import quote
from booths.actions.reservations import locked
from booths.actions.together import check_block
from booths.models import Application, Reservation
from fairs import clock
from fairs.errors import Refused
from fairs.journal import record_many
from fairs.live import announce
from fairs.models import Checkout
from fairs.money.actions.card import Wanted, pay_by_card
from fairs.permissions import Actor, require


def pay_held_by_card(application: Application, *, by: Actor) -> Checkout:
    """Open the card page for everything the application has on hold; its notice comes with the money.

    While it is paid the hold lasts as long as the page is open. It is lengthened once: not by a second attempt.
    Refuses with `hold_ran_out`, `not_accepted`, `not_together`, or as `pay_by_card`.
    """
    require(by, "booths.hold", application)
    require(by, "fairs.pay_by_card", application)
    held: list[Reservation] = []

    def wanted() -> Wanted:
        whole = locked(application)
        if whole.state != Application.State.ACCEPTED:
            raise Refused("not_accepted", _("This application has not been accepted yet, so it cannot hold booths."))
        rows = whole.reservations.select_for_update(of=("self",)).order_by("booth_id")
        held[:] = rows.with_booths().filter(state=Reservation.State.HELD, offer=None, held_until__gt=clock.now())
        if not held:
            raise Refused(
                "hold_ran_out", _("The hold ran out, so the booths went back to the floor plan. Choose again.")
            )
        check_block(whole, by=by)
        asked = quote(whole, held)
        codes = ", ".join(sorted(row.booth.code for row in held))
        return Wanted(
            whole.edition, whole.company, f"booths.application:{whole.pk}", f"{whole.edition.code} {codes}",
            asked.due, asked.currency, source_kind=Reservation.SOURCE, source_ids=[row.pk for row in held],
        )  # fmt: skip

    return pay_by_card(wanted, by=by, begun=lambda checkout: _lengthen(held, checkout, by=by))


def _lengthen(held: list[Reservation], checkout: Checkout, *, by: Actor) -> None:
    """Let holds last until the card page closes, those that have not been lengthened before."""
    rows = [row for row in held if not row.lengthened]
    for row in rows:
        row.held_until, row.lengthened = max(row.held_until, checkout.expires_at), True
    if rows:
        Reservation.objects.bulk_update(rows, ["held_until", "lengthened"])
        record_many("lengthen", rows, by=by, fields=["held_until"])
        announce(checkout.edition, "floor")
