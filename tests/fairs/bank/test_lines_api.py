"""The lines of the bank for programs: read, decided, set aside, taken back."""

import pytest
from rest_framework.test import APIClient

from fairs.models import BankLine, Person
from tests import world
from tests.fairs.bank.fair import PRICE
from tests.fairs.ledger import adds_up

pytestmark = pytest.mark.django_db
URL = "/api/v1/bank-lines/"


def program(person: Person) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


def test_a_program_of_finance_decides_and_takes_back(fair):
    notice = fair.notice()
    line = fair.line(PRICE, "tien gian hang")
    client = program(fair.finance)
    assert client.get(f"{URL}?state=waiting&q=gian").json()["results"][0]["rules"] == ["payer_unknown"]
    given = {"parts": [{"notice": notice.pk, "amount": str(PRICE)}], "reason": "Called them"}
    told = client.post(f"{URL}{line.pk}/decide/", given).json()
    assert (told["state"], told["notices"]) == ("decided", [{"notice": notice.pk, "amount": f"{PRICE}.00"}])
    assert told["decisions"][0]["reason"] == "Called them"
    assert client.post(f"{URL}{line.pk}/reopen/", {"reason": "Wrong"}).json()["state"] == "waiting"
    assert client.post(f"{URL}{line.pk}/set_aside/", {"reason": "Not ours"}).json()["state"] == "set_aside"
    assert client.post(f"{URL}{line.pk}/decide/", {"reason": "x"}).json()["code"] == "state_conflict"
    adds_up()


def test_a_program_takes_money_in_on_no_notice(fair):
    line = fair.line(PRICE, "tien")
    told = program(fair.finance).post(f"{URL}{line.pk}/decide/", {"reason": "Unknown"}).json()
    assert (told["state"], told["notices"]) == ("decided", [])
    assert BankLine.objects.get().payment.free == PRICE


def test_what_is_refused_says_why(fair):
    notice = fair.notice()
    line = fair.line(PRICE, "tien gian hang")
    client = program(fair.finance)
    too_much = {"parts": [{"notice": notice.pk, "amount": str(PRICE + 1)}], "reason": "x"}
    answer = client.post(f"{URL}{line.pk}/decide/", too_much)
    assert (answer.status_code, answer.json()["code"]) == (409, "more_than_due")
    assert client.post(f"{URL}{line.pk}/decide/", {"parts": []}).status_code == 400
    nothing = {"parts": [{"notice": 1, "amount": "1"}], "reason": "x"}
    assert client.post(f"{URL}{line.pk}/decide/", nothing).status_code == 404


def test_others_see_no_line(fair):
    line = fair.line(PRICE, "tien gian hang")
    for person in (
        world.officer(fair.edition, "booth_desk"),
        world.officer(world.edition(), "finance"),
        world.person(),
    ):
        client = program(person)
        assert client.get(URL).json()["results"] == []
        assert client.post(f"{URL}{line.pk}/set_aside/", {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_list_asks_as_many_questions_whatever_its_length(fair, rows, django_assert_num_queries):
    fair.tell(*(fair.booked(77_000 + n, f"row {n}") for n in range(rows)), match=False)
    client = program(fair.finance)
    with django_assert_num_queries(3):
        client.get(URL)
