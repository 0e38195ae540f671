"""What the floor bears: load of circuits, open flames of zones."""

import pytest
from django.db import IntegrityError, transaction

from booths.actions.circuits import remove_circuit, set_circuit, set_flames
from booths.actions.service_orders import cancel_order, order_services
from booths.circuits import circuits_of
from booths.models import Circuit, FlameZone
from fairs.errors import DomainError, Forbidden, Refused
from tests import world
from tests.booths import services

pytestmark = pytest.mark.django_db
SAID = {"flame_what": "Đèn khò, 10 giờ và 15 giờ", "flame_guard": "Bình chữa cháy bên cạnh"}


@pytest.fixture
def mine(edition):
    """Who has the first booth."""
    return services.holder(edition.booths.get(code="A01"))


def order(application, item, count=1, key="k", **more):
    """An order for the application's booth."""
    booth = application.reservations.get().booth
    return order_services(
        application, booth=booth, quantities={item.pk: count}, key=key, by=application.contact, **more
    )


def refusal(deed, *args, **named):
    """The code and the sentence of the refusal."""
    with pytest.raises(DomainError) as refused:
        deed(*args, **named)
    return refused.value.code, refused.value.message


def test_an_order_loads_the_circuit_and_cancelling_frees_it(edition, mine):
    circuit, kilowatt = services.circuit(edition), services.power(edition)
    made = order(mine, kilowatt, 3)
    circuit.refresh_from_db()
    assert (circuit.usable, circuit.load, circuit.left, made.circuit, made.watts) == (4000, 3000, 1000, circuit, 3000)
    cancel_order(made, by=mine.contact)
    circuit.refresh_from_db()
    assert circuit.load == 0


def test_more_than_the_circuit_bears_is_refused_with_what_is_left(edition, mine):
    services.circuit(edition)
    kilowatt = services.power(edition)
    order(mine, kilowatt, 3)
    code, said = refusal(order, mine, kilowatt, 2, key="more")
    assert code == "circuit_full"
    assert "1.000 W" in said or "1,000 W" in said
    assert order(mine, kilowatt, 1, key="just").watts == 1000


def test_no_circuit_is_overloaded_whoever_writes(edition):
    circuit = services.circuit(edition)
    with pytest.raises(IntegrityError), transaction.atomic():
        Circuit.objects.filter(pk=circuit.pk).update(load=4001)


def test_without_a_circuit_power_is_ordered_unchecked(edition, mine):
    assert order(mine, services.power(edition), 90).circuit is None


def test_a_named_booth_goes_before_zone_and_hall(edition):
    one, two, *_rest = edition.booths.order_by("code")
    hall = services.circuit(edition, "HALL")
    assert circuits_of([one, two]) == {one.pk: hall, two.pk: hall}
    zone = services.circuit(edition, "ZONE", zone=edition.zones.get())
    assert circuits_of([one]) == {one.pk: zone}
    both = services.circuit(edition, "BOTH", hall=edition.halls.get(), zone=edition.zones.get())
    assert circuits_of([one]) == {one.pk: both}
    named = services.circuit(edition, "NAMED")
    named.named_booths.create(booth=one)
    assert circuits_of([one, two]) == {one.pk: named, two.pk: both}


def test_orders_move_with_their_booths_to_a_new_circuit(edition, desk, mine):
    old, kilowatt = services.circuit(edition), services.power(edition)
    made = order(mine, kilowatt, 3)
    new = set_circuit(edition, code="n1", watts=4000, booths=[made.booth], by=desk)
    old.refresh_from_db(), made.refresh_from_db()
    assert (old.load, new.load, made.circuit, new.code) == (0, 3000, new, "N1")
    remove_circuit(new, by=desk)
    old.refresh_from_db(), made.refresh_from_db()
    assert (old.load, made.circuit) == (3000, old)


def test_a_circuit_is_not_made_smaller_than_what_is_ordered(edition, desk, mine):
    services.circuit(edition)
    order(mine, services.power(edition), 3)
    code, said = refusal(set_circuit, edition, code="C1", watts=3000, hall=edition.halls.get(), by=desk)
    assert code == "circuit_full"
    assert "C1" in said
    assert (Circuit.objects.get().watts, Circuit.objects.get().load) == (5000, 3000)


def test_a_circuit_that_makes_no_sense_is_refused(edition, desk, mine):
    booth, hall = mine.reservations.get().booth, edition.halls.get()
    assert refusal(set_circuit, edition, code="X", watts=10, by=desk)[0] == "hangs_on_nothing"
    assert refusal(set_circuit, edition, code="X", watts=0, hall=hall, by=desk)[0] == "no_such_load"
    assert refusal(set_circuit, edition, code="X", watts=9, share_percent=101, hall=hall, by=desk)[0] == "no_such_load"
    set_circuit(edition, code="X", watts=10, booths=[booth], by=desk)
    assert refusal(set_circuit, edition, code="Y", watts=10, booths=[booth], by=desk)[0] == "booth_on_another"
    with pytest.raises(Forbidden):
        set_circuit(edition, code="X", watts=10, booths=[booth], by=world.officer(edition, "finance"))


def test_where_nothing_is_said_nothing_may_burn(edition, desk, mine):
    burner = services.flame(edition)
    assert refusal(order, mine, burner, **SAID)[0] == "flames_forbidden"
    zone = edition.zones.get()
    set_flames(zone, allowed=0, by=desk)
    assert refusal(order, mine, burner, **SAID)[0] == "flames_forbidden"
    set_flames(zone, allowed=2, by=desk)
    made = order(mine, burner, 2, **SAID)
    assert (made.flames, made.flame_what) == (2, SAID["flame_what"])
    assert refusal(order, mine, burner, key="more", **SAID)[0] == "flames_full"
    cancel_order(made, by=mine.contact)
    assert FlameZone.objects.get().taken == 0


def test_flames_are_not_allowed_fewer_than_ordered(edition, desk, mine):
    services.flames(edition, allowed=3)
    order(mine, services.flame(edition), 2, **SAID)
    with pytest.raises(Refused) as refused:
        set_flames(edition.zones.get(), allowed=1, by=desk)
    assert (refused.value.code, FlameZone.objects.get().allowed) == ("flames_ordered", 3)
