"""Services over the API, in a copied edition, and as passes at the gates."""

from datetime import date, timedelta

import pytest

from booths.actions.applications import withdraw_application
from booths.actions.copying import copy_floor
from booths.actions.copying_services import copy_services
from booths.actions.service_orders import cancel_order, order_services
from booths.models import Circuit, FlameZone, ServiceItem, ServiceOrder
from buyers.actions.badges import revoke_badge
from buyers.actions.passes import issue_pass
from fairs.discovery import more_passes
from fairs.errors import Refused
from fairs.models import Notice, Participation
from fairs.money.actions.payments import record_receipt
from tests import world
from tests.booths import services

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def mine(edition):
    """Who has the first booth."""
    return services.holder(edition.booths.get(code="A01"))


@pytest.fixture
def ask(client):
    """A request by somebody."""

    def send(method, path, by, **body):
        client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
        given = {} if method == "get" else {"data": body, "content_type": "application/json"}
        return getattr(client, method)(f"{API}/{path}", headers={"accept-language": "en"}, **given)

    return send


def pay(notice, by):
    """All of it."""
    return record_receipt(
        notice, way="cash", amount=notice.balance, received_on=world.NOON.date(), key=notice.number, by=by
    )


def test_a_program_orders_cancels_and_reads(ask, edition, mine):
    table = services.service(edition, stock=3)
    wanted = [{"item": table.pk, "quantity": 2}]
    body = {"application": mine.pk, "booth": "A01", "key": "k", "services": wanted}
    made = ask("post", "service-orders/", mine.contact, **body)
    assert made.status_code == 201
    told = made.json()
    assert (told["state"], told["due"], told["booth"], told["lines"][0]["service"]) == (
        "ordered", "400000.00", "A01", "table",
    )  # fmt: skip
    assert ask("post", "service-orders/", mine.contact, **body).json()["id"] == told["id"]
    refused = ask("post", "service-orders/", mine.contact, **body | {"key": "more"})
    assert (refused.status_code, refused.json()["code"]) == (409, "sold_out")
    assert ask("get", f"service-items/?edition__slug={edition.slug}", mine.contact).json()["results"][0]["left"] == 1
    stranger = world.application(edition).contact
    assert ask("post", f"service-orders/{told['id']}/cancel/", stranger).status_code == 404
    assert ask("post", f"service-orders/{told['id']}/cancel/", mine.contact).json()["state"] == "cancelled"


def test_a_program_sets_up_what_can_be_ordered(ask, edition, desk):
    item = {
        "edition": edition.slug, "code": "kw", "kind": "power", "name_vi": "Điện", "name_en": "Power", "watts": 1000,
        "order_until": "2018-09-30", "prices": [{"audience": "resident", "currency": "VND", "amount": "100000"}],
    }  # fmt: skip
    assert ask("post", "service-items/", desk, **item).json()["prices"][0]["amount"] == "100000.00"
    in_dollars = [{"audience": "resident", "currency": "USD", "amount": "5"}]
    refused = ask("post", "service-items/", desk, **item | {"prices": in_dollars})
    assert (refused.status_code, refused.json()["code"]) == (400, "residents_pay_in_vnd")
    circuit = {"edition": edition.slug, "code": "C1", "hall": "A", "watts": 5000, "booths": ["A01"]}
    told = ask("post", "circuits/", desk, **circuit).json()
    assert (told["usable"], told["load"], told["hall"], told["booths"]) == (4000, 0, "A", ["A01"])
    flames = {"edition": edition.slug, "zone": "GS", "allowed": 2}
    assert ask("post", "open-flames/", desk, **flames).json()["left"] == 2
    assert ask("delete", f"circuits/{told['id']}/", desk).status_code == 204
    assert ask("delete", f"service-items/{ServiceItem.objects.get().pk}/", desk).status_code == 204


def test_the_set_up_goes_into_the_next_edition_and_no_order_does(edition, mine):
    table, kilowatt = services.service(edition, stock=10), services.power(edition)
    services.circuit(edition).named_booths.create(booth=edition.booths.get(code="A02"))
    services.flames(edition)
    booth = mine.reservations.get().booth
    order_services(mine, booth=booth, quantities={table.pk: 2, kilowatt.pk: 1}, key="k", by=mine.contact)
    opens = edition.opens_on + timedelta(days=364)
    following = world.edition(opens_on=opens, closes_on=opens + timedelta(days=3))
    following.sale_terms.delete()
    following.rules_texts.all().delete()
    copy_floor(edition, following)
    copy_services(edition, following)
    made = ServiceItem.objects.get(edition=following, code="table")
    assert (made.taken, made.stock, made.order_until, made.late_until, made.prices.count()) == (
        0, 10, date(2019, 9, 29), date(2019, 10, 9), 2,
    )  # fmt: skip
    circuit = Circuit.objects.get(edition=following)
    assert (circuit.load, circuit.hall.edition, circuit.named_booths.get().booth.edition) == (0, following, following)
    assert FlameZone.objects.get(zone__edition=following).allowed == 2
    assert not ServiceOrder.objects.filter(application__edition=following).exists()


def test_passes_count_from_the_payment_on(edition, mine):
    passes = services.service(edition, "passes", kind="passes", passes=2)
    booth = mine.reservations.get().booth
    made = order_services(mine, booth=booth, quantities={passes.pk: 3}, key="k", by=mine.contact)
    assert more_passes(edition, mine.company_id) == 0
    finance = world.officer(edition, "finance")
    pay(Notice.objects.get(), finance)
    assert more_passes(edition, mine.company_id) == 6
    ServiceItem.objects.filter(pk=passes.pk).update(passes=9)  # what was ordered stays what it was
    assert more_passes(edition, mine.company_id) == 6
    made.refresh_from_db()
    cancel_order(made, by=mine.contact)
    assert more_passes(edition, mine.company_id) == 0


def test_a_company_issues_the_passes_it_has_paid_for(edition, mine):
    Participation.objects.filter(company=mine.company).update(pass_quota=0)
    more = services.service(edition, "passes", kind="passes", passes=1)
    booth, who = mine.reservations.get().booth, {"company": mine.company, "job_title": "", "by": mine.contact}
    order_services(mine, booth=booth, quantities={more.pk: 1}, key="k", by=mine.contact)
    with pytest.raises(Refused) as refused:
        issue_pass(edition, full_name="Bùi Thị Hiền", **who)
    assert refused.value.code == "no_pass_left"
    pay(Notice.objects.get(), world.officer(edition, "finance"))
    assert issue_pass(edition, full_name="Bùi Thị Hiền", **who).company == mine.company
    with pytest.raises(Refused):
        issue_pass(edition, full_name="Trần Văn Lực", **who)


def test_passes_that_people_have_are_not_cancelled(edition, mine):
    Participation.objects.filter(company=mine.company).update(pass_quota=0)
    more = services.service(edition, "passes", kind="passes", passes=1)
    booth = mine.reservations.get().booth
    made = order_services(mine, booth=booth, quantities={more.pk: 1}, key="k", by=mine.contact)
    pay(Notice.objects.get(), world.officer(edition, "finance"))
    given = issue_pass(edition, full_name="Bùi Thị Hiền", company=mine.company, job_title="", by=mine.contact)
    made.refresh_from_db()
    with pytest.raises(Refused) as refused:
        cancel_order(made, by=mine.contact)
    assert refused.value.code == "passes_in_use"
    revoke_badge(given, by=mine.contact)
    assert cancel_order(made, by=mine.contact).state == "cancelled"


def test_who_withdraws_gives_unpaid_services_back(edition):
    mine = services.holder(edition.booths.get(code="A01"), state="reserved")
    table = services.service(edition, stock=3)
    booth = mine.reservations.get().booth
    order_services(mine, booth=booth, quantities={table.pk: 3}, key="k", by=mine.contact)
    withdraw_application(mine, by=mine.contact)
    table.refresh_from_db()
    assert (table.taken, ServiceOrder.objects.get().state, Notice.objects.get().state) == (0, "cancelled", "cancelled")


def test_who_paid_for_services_cancels_them_before_withdrawing(edition):
    mine = services.holder(edition.booths.get(code="A01"), state="reserved")
    table = services.service(edition)
    booth = mine.reservations.get().booth
    order_services(mine, booth=booth, quantities={table.pk: 1}, key="k", by=mine.contact)
    pay(Notice.objects.get(), world.officer(edition, "finance"))
    with pytest.raises(Refused) as refused:
        withdraw_application(mine, by=mine.contact)
    assert refused.value.code == "has_services"
