"""Other people's e-mail: what is given to an address waits for whoever reads its letters."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from fairs.actions import editions, people
from fairs.demo.plan import let_in
from fairs.demo.world import PASSWORD
from fairs.letterboxes import is_proved, prove
from fairs.models import Person
from tests import world
from tests.fairs.strangers import (
    CHOSEN_BY_A_STRANGER,
    browser,
    code_to,
    is_signed_in,
    opens,
    signs_in_by_code,
    signs_up,
)

pytestmark = pytest.mark.django_db


def test_a_role_given_to_an_e_mail_is_not_its_first_comers():
    """Signed up first with somebody else's e-mail: the role goes to whoever reads its letters."""
    fair = world.edition()
    stranger = signs_up("head@organiser.example")
    director = world.officer(fair, "director")
    editions.appoint_by_email(fair, email="head@organiser.example", full_name="Head", role="director", by=director)
    head = Person.objects.get(email="head@organiser.example")
    assert not is_signed_in(stranger)
    assert not head.has_usable_password()
    assert not opens(head.email, CHOSEN_BY_A_STRANGER)
    owner = signs_in_by_code(head.email)
    assert owner.get(reverse("fairs:desk", args=[fair.slug])).status_code == 200
    assert not is_signed_in(stranger)


def test_an_open_session_of_an_unproved_account_ends_when_it_is_given_something():
    person = Person.objects.create_user("mai@example.org", CHOSEN_BY_A_STRANGER, full_name="X")
    session = browser(person)  # as before e-mails had to be proved
    Token.objects.create(user=person)
    assert is_signed_in(session)
    people.know_person(email="mai@example.org", full_name="Mai", by=world.person())
    assert not is_signed_in(session)
    assert not Token.objects.exists()


def test_who_proved_the_e_mail_keeps_the_password_when_they_are_given_something():
    maker = world.person(email="maker@example.org")
    people.know_person(email=maker.email, full_name="Maker", by=world.person())
    maker.refresh_from_db()
    assert maker.check_password("secret-lacquer")


def test_a_password_chosen_by_a_stranger_ends_when_the_owner_comes_by_a_code():
    stranger = signs_up("buyer@example.org")
    owner = signs_in_by_code("buyer@example.org")
    assert is_signed_in(owner)
    assert not opens("buyer@example.org", CHOSEN_BY_A_STRANGER)
    assert not is_signed_in(stranger)
    assert stranger.get(reverse("account_email_verification_sent")).status_code in (200, 302)
    assert not is_signed_in(stranger)
    assert is_signed_in(owner)


def test_ones_own_password_stays_when_one_signs_in_by_code():
    maker = world.person(email="maker@example.org")
    assert is_signed_in(signs_in_by_code(maker.email))
    maker.refresh_from_db()
    assert maker.check_password("secret-lacquer")


def test_a_program_signs_in_only_once_the_e_mail_is_proved():
    person = Person.objects.create_user("new@example.org", "four words of mine", full_name="New")
    given = {"email": person.email, "password": "four words of mine"}
    assert APIClient().post("/api/v1/token/", given).json()["code"] == "wrong_credentials"
    prove(person)
    assert APIClient().post("/api/v1/token/", given).status_code == 200


def test_the_e_mail_of_somebody_else_is_neither_added_nor_taken_by_ones_own_account():
    """Whoever was entered at a desk has no proved e-mail yet: her code opens her account, whatever others added."""
    mallory = world.person(email="mallory@example.org")
    buyer = Person.objects.create_user("buyer@example.org", full_name="Camille")
    page = browser(mallory)
    page.post(reverse("account_email"), {"action_add": "", "email": buyer.email})
    assert not EmailAddress.objects.filter(user=mallory, email=buyer.email).exists()
    if "_auth_user_id" in page.session:  # even with the code, should she be talked into reading it out
        page.post(reverse("account_email_verification_sent"), {"code": code_to(buyer.email)})
    mallory.refresh_from_db()
    assert mallory.email == "mallory@example.org"
    cache.clear()
    EmailAddress.objects.create(user=mallory, email=buyer.email)  # as such rows once came to be
    owner = signs_in_by_code(buyer.email)
    assert owner.session["_auth_user_id"] == str(buyer.pk)
    assert is_proved(buyer)
    client = Client()
    client.post(reverse("account_reset_password"), {"email": buyer.email})
    assert "Camille" in mail.outbox[-1].body


def test_a_password_chosen_by_a_letter_proves_the_e_mail():
    person = Person.objects.create_user("mai@example.org", full_name="Mai")
    client = Client()
    client.post(reverse("account_reset_password"), {"email": person.email})
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found
    form = client.get(found.group(1), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "four words of mine", "password2": "four words of mine"})
    assert is_proved(person)
    assert opens(person.email, "four words of mine")


def test_the_administrator_of_the_installation_is_believed():
    assert is_proved(Person.objects.create_superuser("admin@example.org", "secret-lacquer"))


def test_the_printed_logins_of_a_demonstration_open_by_password():
    officer = Person.objects.create_user("gate@cho-phien.example", full_name="Gate")
    let_in(officer)
    people.know_person(email=officer.email, full_name="Gate", by=officer)
    assert opens(officer.email, PASSWORD)
