"""A rule broken with a booth: one officer records it, a second takes the booth back."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from booths.actions.vehicles import cancel_vehicles_of
from booths.models import Breach, Reservation
from fairs.actions.merging import still_standing
from fairs.actions.photos import attachment
from fairs.deliveries import owe
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.permissions import Actor, require


def record_breach(
    reservation: Reservation, *, rule: str, reason: str, key: str, by: Actor, photo: bytes = b""
) -> Breach:
    """Record what was found, such as another company in a booth that was let. Nothing happens to the booth yet.

    The same `key` again answers the first record. Refuses with `no_reason`, `not_theirs` when nobody has the booth for
    sure, `recorded_already` and `bad_photo`.
    """
    require(by, "booths.take_back", reservation)
    known = Breach.objects.filter(key=key, reservation=reservation).first()
    if known:
        return known
    if rule not in Breach.Rule.values or not reason.strip():
        sentence = _("Write what you found: the exhibitor reads it.")
        raise Invalid("no_reason", sentence, {"reason": [sentence]})
    if not reservation.can("take_back"):
        raise Refused("not_theirs", _("Only a booth that is paid is taken back this way."))
    file = attachment(photo) if photo else ""
    try:
        with transaction.atomic():
            made = Breach.objects.create(
                reservation=reservation, rule=rule, reason=reason.strip(), key=key, photo=file, recorded_by=by
            )
            record("record", made, by=by, fields=["rule", "reason"])
            announce(made.edition, "handover")
    except IntegrityError:
        raise Refused("recorded_already", _("A breach with this booth is recorded already.")) from None
    return made


def confirm_breach(breach: Breach, *, by: Actor) -> Breach:
    """A second officer agrees: the booth is taken back without refund and free again, the exhibitor gets the reason.

    Its vehicles are called off. Said again, nothing changes. Refuses with `four_eyes` whoever recorded it.
    """
    require(by, "booths.take_back", breach)
    with transaction.atomic():
        # The company first: whoever changes one of its vehicles begins with it too.
        still_standing(Reservation.objects.select_related("company").get(pk=breach.reservation_id).company)
        reservation = Reservation.objects.select_for_update().get(pk=breach.reservation_id)
        now = _locked(breach)
        if now.state == Breach.State.CONFIRMED:
            return now
        if now.recorded_by_id == by.pk:
            raise Refused("four_eyes", _("You recorded this breach. Another officer confirms it."))
        now.follow("confirm", by=by, decided_by=by)
        reservation.follow("take_back", by=by, permit="")
        cancel_vehicles_of(reservation, by=by)
        owe("booths.taken_back", to=now.reservation.application.contact, about=now, edition=now.edition)
        announce(now.edition, "floor")
        announce(now.edition, "handover")
    return now


def drop_breach(breach: Breach, *, by: Actor) -> Breach:
    """It was none, or it is mended: the booth stays theirs. Said again, nothing changes."""
    require(by, "booths.take_back", breach)
    with transaction.atomic():
        now = _locked(breach)
        if now.state != Breach.State.DROPPED:
            now.follow("drop", by=by, decided_by=by)
            announce(now.edition, "handover")
    return now


def _locked(breach: Breach) -> Breach:
    rows = Breach.objects.select_for_update(of=("self",))
    found = rows.select_related("reservation__edition", "reservation__booth", "reservation__application__contact")
    return found.get(pk=breach.pk)
