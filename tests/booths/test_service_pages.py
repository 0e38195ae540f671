"""The pages of services: the catalogue as one form, what was ordered, the desk."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from booths.actions.service_orders import order_services
from booths.models import Booth, Circuit, FlameZone, ServiceItem, ServiceOrder
from fairs import clock
from fairs.models import Notice
from tests import world
from tests.booths import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(edition):
    """Who has the first booth."""
    return services.holder(edition.booths.get(code="A01"))


def page(client, person, name, edition, language="vi"):
    """A page as somebody sees it."""
    client.force_login(person)
    return client.get(reverse(f"booths:{name}", args=[edition.slug]), headers={"accept-language": language})


def text_of(answer):
    """What it says, in one line."""
    return " ".join(answer.content.decode().split())


def send(client, application, **given):
    """The form of the catalogue, sent."""
    client.force_login(application.contact)
    booth = application.reservations.first().booth
    address = reverse("booths:services", args=[application.edition.slug])
    return client.post(address, {"key": "k", "booth": booth.pk} | given)


def test_the_catalogue_says_price_deadline_and_what_is_left(client, edition, mine):
    services.service(edition, stock=10, unit_en="piece")
    services.power(edition)
    services.circuit(edition)
    said = text_of(page(client, mine.contact, "services", edition, "en")).replace("\N{NO-BREAK SPACE}", " ")
    assert "VND 200,000</b> / piece" in said
    assert "Until 30 Sep 2018, the day included; after that + 20%, until 10 Oct 2018" in said
    assert "10 left" in said
    assert "Circuit C1: 4,000 W of 4,000 W left." in said


def test_a_late_price_is_shown_with_its_surcharge(client, edition, mine):
    services.service(edition)
    with clock.at(world.NOON.replace(month=10, day=5)):
        said = text_of(page(client, mine.contact, "services", edition))
    assert "240.000" in said
    assert "200.000" in said


def test_ordering_leads_to_the_notice(client, edition, mine):
    table, chair = services.service(edition), services.service(edition, "chair")
    answer = send(client, mine, **{f"q{table.pk}": "2", f"q{chair.pk}": ""})
    notice = Notice.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("fairs:notice", args=[edition.slug, notice.pk]))
    assert client.get(answer.url).status_code == 200
    assert send(client, mine, **{f"q{table.pk}": "2"}).status_code == 302
    assert ServiceOrder.objects.count() == 1


def test_a_refusal_keeps_everything_typed(client, edition, mine):
    table, chair = services.service(edition, stock=3), services.service(edition, "chair")
    answer = send(client, mine, **{f"q{table.pk}": "5", f"q{chair.pk}": "7"})
    assert answer.status_code == 422
    said = text_of(answer)
    assert 'value="5"' in said
    assert 'value="7"' in said
    assert answer.context["form"].errors[f"q{table.pk}"]
    assert not ServiceOrder.objects.exists()


def test_an_overload_is_refused_with_what_is_left(client, edition, mine):
    kilowatt = services.power(edition)
    services.circuit(edition)
    answer = send(client, mine, **{f"q{kilowatt.pk}": "5"})
    assert answer.status_code == 422
    assert "4.000" in str(answer.context["form"].non_field_errors())


def test_without_a_booth_the_page_says_what_comes_first(client, edition):
    services.service(edition)
    answer = page(client, world.application(edition).contact, "services", edition)
    assert answer.status_code == 200
    assert reverse("booths:application", args=[edition.slug]) in text_of(answer)


def test_an_officer_orders_for_an_exhibitor(client, edition, desk, mine):
    table = services.service(edition)
    client.force_login(desk)
    address = reverse("booths:services", args=[edition.slug])
    assert client.get(f"{address}?for={mine.pk}").status_code == 200
    given = {"key": "k", "booth": mine.reservations.get().booth_id, "for": mine.pk, f"q{table.pk}": "1"}
    assert client.post(address, given).status_code == 302
    assert ServiceOrder.objects.get().application == mine


def test_my_orders_show_state_notice_and_the_way_back(client, edition, mine):
    table = services.service(edition)
    send(client, mine, **{f"q{table.pk}": "2"})
    answer = page(client, mine.contact, "service_orders", edition)
    order = ServiceOrder.objects.get()
    assert Notice.objects.get().number in text_of(answer)
    cancel = reverse("booths:cancel_services", args=[edition.slug, order.pk])
    assert cancel in text_of(answer)
    assert client.post(cancel).status_code == 302
    order.refresh_from_db()
    assert order.state == "cancelled"


def test_anothers_order_does_not_exist(client, edition, mine):
    table = services.service(edition)
    send(client, mine, **{f"q{table.pk}": "2"})
    other = services.holder(edition.booths.get(code="A02"))
    client.force_login(other.contact)
    cancel = reverse("booths:cancel_services", args=[edition.slug, ServiceOrder.objects.get().pk])
    assert client.post(cancel).status_code == 404
    assert "Bàn table" not in text_of(page(client, other.contact, "service_orders", edition))


def test_the_desk_ticks_what_is_delivered(client, edition, desk, mine):
    free = services.service(edition, price=0)
    order = order_services(mine, booth=mine.reservations.get().booth, quantities={free.pk: 1}, key="k", by=mine.contact)
    assert "Bàn table" in text_of(page(client, desk, "services_desk", edition))
    for name, state in (("deliver_services", "delivered"), ("undo_delivery", "confirmed")):
        client.post(reverse(f"booths:{name}", args=[edition.slug, order.pk]), {"back": "?status=confirmed"})
        order.refresh_from_db()
        assert order.state == state


def test_the_desk_sees_that_a_booth_was_given_back(client, edition, desk, mine):
    services.ordered(mine, services.service(edition), mine.reservations.get().booth)
    assert "is not theirs" not in text_of(page(client, desk, "services_desk", edition, "en"))
    mine.reservations.update(state="released")
    assert "The booth is not theirs any more" in text_of(page(client, desk, "services_desk", edition, "en"))


def test_totals_and_the_sheet_of_the_suppliers(client, edition, desk, mine):
    table = services.service(edition, stock=10)
    send(client, mine, **{f"q{table.pk}": "2"})
    assert "10" in text_of(page(client, desk, "service_totals", edition))
    book = load_workbook(BytesIO(page(client, desk, "service_sheet", edition).content))
    totals, lines = book.worksheets
    assert [cell.value for cell in totals[2]][:1] + [cell.value for cell in totals[2]][3:] == ["table", 2, 0, 10]
    assert [cell.value for cell in lines[2]][2:6] == ["A01", "Nhà A", mine.company.name_vi, 2]


def test_the_desk_offers_a_service(client, edition, desk):
    client.force_login(desk)
    given = {
        "code": "TABLE", "kind": "furniture", "name_vi": "Bàn", "name_en": "Table", "resident_amount": "200.000",
        "non_resident_amount": "10", "non_resident_currency": "USD", "fee": "service", "stock": "5",
        "order_until": "2018-09-30", "late_until": "2018-10-10", "late_percent": "20", "watts": "0", "passes": "0",
        "order": "1", "offered": "on",
    }  # fmt: skip
    assert client.post(reverse("booths:add_service", args=[edition.slug]), given).status_code == 302
    item = ServiceItem.objects.get()
    assert (item.code, item.stock, item.late_percent, item.prices.count()) == ("table", 5, 20, 2)
    address = reverse("booths:set_service", args=[edition.slug, item.pk])
    assert client.get(address).context["form"]["resident_amount"].value() is not None
    assert client.post(address, given | {"late_until": "2018-09-01"}).status_code == 422
    assert client.post(address, given | {"non_resident_amount": ""}).status_code == 302
    assert item.prices.get().currency == "VND"
    client.post(reverse("booths:stop_service", args=[edition.slug, item.pk]))
    assert not ServiceItem.objects.exists()


def test_the_desk_lays_a_circuit_and_allows_flames(client, edition, desk):
    client.force_login(desk)
    given = {"code": "c1", "watts": "5000", "share_percent": "80", "booths": "A01, A02"}
    assert client.post(reverse("booths:add_circuit", args=[edition.slug]), given | {"booths": "Z9"}).status_code == 422
    assert client.post(reverse("booths:add_circuit", args=[edition.slug]), given).status_code == 302
    circuit = Circuit.objects.get()
    assert (circuit.code, circuit.named_booths.count()) == ("C1", 2)
    address = reverse("booths:set_circuit", args=[edition.slug, circuit.pk])
    assert "A01 A02" in text_of(client.get(address))
    zone = edition.zones.get()
    assert client.post(reverse("booths:set_flames", args=[edition.slug, zone.pk]), {"allowed": "2"}).status_code == 302
    assert FlameZone.objects.get().allowed == 2
    said = text_of(page(client, desk, "circuits", edition))
    assert "C1" in said
    client.post(reverse("booths:remove_circuit", args=[edition.slug, circuit.pk]))
    assert not Circuit.objects.exists()


def orders(edition, count):
    """So many orders, each for a booth of its own on a circuit of its own, with a flame."""
    item, holder = services.service(edition), services.holder(edition.booths.get(code="A01"))
    booths = Booth.objects.bulk_create(
        Booth(
            edition=edition, hall=edition.halls.get(), zone=edition.zones.get(), booth_class=world.booth_class(edition),
            code=f"B{n:03d}", x=n, y=9, width=3, depth=3,
        )
        for n in range(count)
    )  # fmt: skip
    burning = {"flames": 1, "flame_what": "a", "flame_guard": "b"}
    for booth in booths:
        services.circuit(edition, booth.code).named_booths.create(booth=booth)
        services.ordered(holder, item, booth, watts=9, **burning)


@pytest.mark.parametrize("count", world.ROWS)
@pytest.mark.parametrize(("name", "queries"), [("services_desk", 10), ("circuits", 14), ("service_totals", 5)])
def test_the_lists_take_the_same_queries_for_any_number(
    client, edition, desk, count, name, queries, django_assert_num_queries
):
    orders(edition, count)
    page(client, desk, name, edition)
    with django_assert_num_queries(queries):
        assert page_again(client, name, edition).status_code == 200


def page_again(client, name, edition):
    """The same page, once the session is there."""
    return client.get(reverse(f"booths:{name}", args=[edition.slug]))


@pytest.mark.parametrize("count", world.ROWS)
def test_the_catalogue_takes_the_same_queries_for_any_number(client, edition, mine, count, django_assert_num_queries):
    for n in range(count):
        services.service(edition, f"s{n}")
    page(client, mine.contact, "services", edition)
    with django_assert_num_queries(11):
        assert page_again(client, "services", edition).status_code == 200


@pytest.mark.parametrize("count", world.ROWS)
def test_my_orders_take_the_same_queries_for_any_number(client, edition, mine, count, django_assert_num_queries):
    item, booth = services.service(edition), mine.reservations.get().booth
    for n in range(count):
        services.ordered(mine, item, booth, key=f"k{n}")
    page(client, mine.contact, "service_orders", edition)
    with django_assert_num_queries(11):
        assert page_again(client, "service_orders", edition).status_code == 200
