"""Whoever works with money signs in with a code of their phone; without one they are told how to get it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from fairs import clock
from fairs.actions.people import know_person
from fairs.errors import Forbidden
from fairs.models import Officer, Person
from fairs.money.actions.accounts import set_bank_account
from fairs.permissions import may, require
from fairs.second_factor import DEMO_SECRET, code_now, is_code_of, switch_on
from tests import world

pytestmark = pytest.mark.django_db
ACCOUNT = {"bin": "970436", "bank_name": "Vietcombank", "number": "0000000001018", "holder": "TRUNG TAM"}
PASSWORD = "secret-lacquer"


@pytest.fixture
def fair():
    with clock.at(world.NOON):
        yield world.edition(slug="hgs-2018")


@pytest.fixture
def finance(fair):
    """Somebody whom the director has just made an officer of finance."""
    made = world.person("Đỗ Thị Lan")
    Officer.objects.create(person=made, role="finance", edition=fair)
    return made


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def signing_in(person: Person) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("fairs:profile")).status_code == 200


def test_money_is_refused_without_it_with_a_sentence_that_says_where_to_get_it(fair, finance):
    with pytest.raises(Forbidden) as refusal:
        set_bank_account(fair, by=finance, **ACCOUNT)
    assert refusal.value.code == "second_factor"
    assert not may(finance, "fairs.record_receipt", fair)
    switch_on(finance, DEMO_SECRET)
    assert set_bank_account(fair, by=finance, **ACCOUNT).pk


def test_who_has_no_role_is_not_told_of_a_second_factor(fair):
    with pytest.raises(Forbidden) as refusal:
        require(world.person(), "fairs.record_receipt", fair)
    assert refusal.value.code == "forbidden"


def test_what_moves_no_money_asks_for_none(fair, finance):
    assert may(finance, "fairs.read_report", fair)


def test_a_password_alone_does_not_sign_in(fair, finance):
    switch_on(finance, DEMO_SECRET)
    client = signing_in(finance)
    assert not is_in(client)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "This is not the code" in wrong.content.decode()
    assert not is_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": code_now()}).status_code == 302
    assert is_in(client)


def test_one_code_lets_in_once(fair, finance):
    switch_on(finance, DEMO_SECRET)
    assert is_code_of(finance, code_now())
    assert not is_code_of(finance, code_now())


def test_somebody_switches_it_on_and_gets_codes_for_an_emergency(fair, finance):
    client = signing_in(finance)
    assert client.get(reverse("mfa_activate_totp")).status_code == 302  # asks for the password once more
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"<code[^>]*>([A-Z2-7]+)</code>", page)
    assert secret
    assert "<svg" in page
    client.post(reverse("mfa_activate_totp"), {"code": code_now(secret[1])})
    assert fresh(finance).second_factor
    codes = re.findall(r"<li>(\w{8})</li>", client.get(reverse("mfa_view_recovery_codes")).content.decode())
    assert len(codes) == 10
    other = signing_in(finance)
    assert not is_in(other)
    other.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert is_in(other)


def test_switched_off_it_stops_work_with_money(fair, finance):
    client = signing_in(finance)
    switch_on(finance, DEMO_SECRET)
    client.post(reverse("mfa_reauthenticate"), {"code": code_now()})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=finance, type="totp").exists()
    assert not may(fresh(finance), "fairs.record_receipt", fair)


def test_a_program_sends_the_code_with_the_password(fair, finance):
    switch_on(finance, DEMO_SECRET)
    given = {"email": finance.email, "password": PASSWORD}
    answer = APIClient().post("/api/v1/token/", given)
    assert (answer.status_code, answer.json()["code"]) == (400, "wrong_code")
    cache.clear()
    assert APIClient().post("/api/v1/token/", given | {"code": code_now()}).status_code == 200


def test_guessing_is_limited(fair, finance):
    switch_on(finance, DEMO_SECRET)
    client = signing_in(finance)
    for _guess in range(12):
        page = client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "Too many" in page
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert not is_in(client)


def test_finance_without_it_is_shown_the_way(fair, finance, client):
    client.force_login(finance)
    page = client.get(reverse("fairs:money_desk", args=[fair.slug]), HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert reverse("mfa_activate_totp") in page
    switch_on(finance, DEMO_SECRET)
    page = client.get(reverse("fairs:money_desk", args=[fair.slug]), HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert reverse("mfa_activate_totp") not in page


def test_the_code_of_a_demonstration_is_shown_in_a_demonstration_alone(fair, finance, settings):
    switch_on(finance, DEMO_SECRET)
    client = signing_in(finance)
    assert code_now() not in client.get(reverse("mfa_authenticate")).content.decode()
    settings.DEMO = True
    assert re.search(r"code is \d{6}\.", client.get(reverse("mfa_authenticate")).content.decode())


def test_a_person_known_by_the_desk_has_none(fair):
    assert not know_person(email="x@example.org", full_name="X", by=world.officer(fair, "director")).second_factor
