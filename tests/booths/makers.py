"""One of each stateful model of the booths, in its first state."""

from datetime import timedelta

from booths.models import (
    Appeal,
    Application,
    Breach,
    CoExhibitor,
    Fault,
    HandIn,
    MoveSlot,
    MoveWindow,
    Offer,
    Reservation,
    Review,
    Round,
    ServiceOrder,
    VehiclePass,
    WaitingPlace,
    WaitingRoom,
)
from fairs import clock
from tests import world
from tests.booths import services
from tests.booths.manual import task


def _service_order() -> ServiceOrder:
    edition = world.edition()
    [booth] = world.floor(edition, 1)
    return services.ordered(services.holder(booth), services.service(edition), booth)


def _application() -> Application:
    return world.application(world.edition(), state="draft")


def _reservation() -> Reservation:
    edition = world.edition()
    application = world.application(edition)
    return Reservation.objects.create(
        edition=edition,
        booth=world.floor(edition, 1)[0],
        application=application,
        company=application.company,
        held_until=clock.now() + timedelta(minutes=15),
    )


def _vehicle_pass() -> VehiclePass:
    reservation = _reservation()
    window = MoveWindow.objects.create(
        edition=reservation.edition, starts_at=world.NOON, ends_at=world.NOON + timedelta(hours=1), entrance_vi="Cổng 3"
    )
    slot = MoveSlot.objects.create(
        window=window, starts_at=window.starts_at, ends_at=window.ends_at, capacity=1, booked=1
    )
    return VehiclePass.objects.create(
        edition=reservation.edition, slot=slot, application=reservation.application, company=reservation.company,
        plate="29H12345", key="1",
    )  # fmt: skip


def _fault() -> Fault:
    return Fault.objects.create(reservation=_reservation(), key="1", note="No light", found_by=world.person())


def _breach() -> Breach:
    return Breach.objects.create(
        reservation=_reservation(), key="1", rule="sub_letting", reason="Sold on", recorded_by=world.person()
    )


def _review() -> Review:
    return Review.objects.create(application=world.application(world.edition()), reviewer=world.person())


def _appeal() -> Appeal:
    application = world.application(world.edition(), state="rejected")
    return Appeal.objects.create(application=application, text="Once more", made_by=application.contact)


def _offer() -> Offer:
    application = world.application(world.edition(), state="waitlisted")
    return Offer.objects.create(application=application, expires_at=clock.now() + timedelta(hours=48))


def _co_exhibitor() -> CoExhibitor:
    application = world.application(world.edition())
    return CoExhibitor.objects.create(
        application=application, name="Gốm Chi", shows="Gốm", asked_by=application.contact
    )


def _hand_in() -> HandIn:
    edition = world.edition()
    return HandIn.objects.create(task=task(edition, asks="file"), application=world.application(edition))


def _waiting_place() -> WaitingPlace:
    application, now = world.application(world.edition()), clock.now()
    room = WaitingRoom.objects.create(
        edition=application.edition, opens_at=now, closes_at=now + timedelta(hours=1), let_in_until=now
    )
    return WaitingPlace.objects.create(
        room=room, application=application, ready_at=now, kept_until=now + timedelta(minutes=3)
    )


def _round() -> Round:
    return Round.objects.create(edition=world.edition(), number=1, begun_by=world.person())


BOOTHS = {
    "Application": _application,
    "Reservation": _reservation,
    "ServiceOrder": _service_order,
    "Review": _review,
    "VehiclePass": _vehicle_pass,
    "Fault": _fault,
    "Breach": _breach,
    "Appeal": _appeal,
    "CoExhibitor": _co_exhibitor,
    "HandIn": _hand_in,
    "Offer": _offer,
    "WaitingPlace": _waiting_place,
    "Round": _round,
}
