"""Programs and accounts that end, secrets in logs and caches, letters that cannot leave."""

import json
import logging
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from fairs import clock, deliveries
from fairs.actions import people
from fairs.deliveries import owe
from fairs.errors import Forbidden, Refused
from fairs.journal import record
from fairs.middleware import JsonLine
from fairs.models import Company, Delivery, Person
from tests import world
from tests.fairs.strangers import browser, is_signed_in, opens

pytestmark = pytest.mark.django_db


def program_of(person: Person, password: str = "secret-lacquer") -> APIClient:
    """A program that signed in with the password."""
    client = APIClient()
    token = client.post("/api/v1/token/", {"email": person.email, "password": password}).json()["token"]
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


def test_a_new_password_signs_programs_out():
    maker = world.person()
    program = program_of(maker)
    assert program.get("/api/v1/me/").status_code == 200
    new = {"oldpassword": "secret-lacquer", "password1": "four words of mine", "password2": "four words of mine"}
    assert browser(maker).post(reverse("account_change_password"), new).status_code == 302
    assert program.get("/api/v1/me/").status_code == 401


def test_one_takes_ones_tokens_back():
    program = program_of(world.person())
    assert program.delete("/api/v1/token/").status_code == 204
    assert program.get("/api/v1/me/").status_code == 401
    assert APIClient().delete("/api/v1/token/").status_code == 401


def test_a_token_ends_after_a_month_and_a_new_one_takes_its_place():
    maker = world.person()
    program = program_of(maker)
    Token.objects.update(created=timezone.now() - timedelta(days=31))
    assert program.get("/api/v1/me/").status_code == 401
    given = {"email": maker.email, "password": "secret-lacquer"}
    new = program.post("/api/v1/token/", given)  # with the old one in its header
    assert new.status_code == 200
    program.credentials(HTTP_AUTHORIZATION=f"Token {new.json()['token']}")
    assert program.get("/api/v1/me/").status_code == 200


def test_the_administrator_closes_an_account_for_good():
    administrator = Person.objects.create_superuser("admin@example.org", "secret-lacquer")
    mallory = world.person(email="mallory@example.org")
    session, program = browser(mallory), program_of(mallory)
    with pytest.raises(Forbidden):
        people.close_account(mallory, by=world.person())
    with pytest.raises(Refused):
        people.close_account(administrator, by=administrator)
    rows = {"action": "close_accounts", "_selected_action": [mallory.pk]}
    assert browser(administrator).post(reverse("admin:fairs_person_changelist"), rows).status_code == 302
    assert not is_signed_in(session)
    assert program.get("/api/v1/me/").status_code == 401
    assert not opens(mallory.email, "secret-lacquer")
    outside = Client()
    outside.post(reverse("account_request_login_code"), {"email": mallory.email})
    assert "_auth_user_id" not in outside.session
    assert not re.search(r"\b\d{8}\b", str(mail.outbox[-1].body))


def test_the_journal_names_nobody_of_another_fair():
    fair = world.edition()
    reports = browser(world.officer(fair, "reports"))
    stranger, firm = world.person("Somebody Else"), world.company(name_vi="Secret Company")
    known, own = world.person("Trần Văn Lực"), world.company(name_vi="Gốm Minh Châu")
    record("submit", world.application(fair, known), by=known)
    record("change", fair, by=known, company_id=own.pk)
    journal = reverse("fairs:journal", args=[fair.slug])
    assert reports.get(journal, {"person": stranger.pk}).context["chosen"] == ""
    assert reports.get(journal, {"company": firm.pk}).context["chosen"] == ""
    assert reports.get(journal, {"person": known.pk}).context["chosen"] == "Trần Văn Lực"
    assert reports.get(journal, {"company": own.pk}).context["chosen"] == "Gốm Minh Châu"


@pytest.mark.parametrize("logger", ["django.security.csrf", "django.request"])
def test_the_log_holds_no_address_that_is_a_key(logger, monkeypatch):
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLine())
    listening = logging.getLogger(logger)
    listening.addHandler(handler)
    if logger == "django.request":
        monkeypatch.setattr("matchmaking.views.confirm._deal_of", lambda *_given: 1 / 0)
    try:
        client = Client(enforce_csrf_checks=logger != "django.request", raise_request_exception=False)
        client.post("/c/a-token-nobody-guesses/yes/?next=a-token-nobody-guesses")
    finally:
        listening.removeHandler(handler)
    line = json.loads(written.getvalue().splitlines()[0])
    assert "a-token-nobody-guesses" not in line["message"]
    assert "c/<str:token>/yes/" in line["message"]


def test_pages_for_somebody_signed_in_are_kept_by_no_cache():
    fair = world.edition()
    officer = world.officer(fair, "booth_desk")
    page, program = browser(officer), program_of(officer)
    for answer in (
        page.get(reverse("fairs:desk", args=[fair.slug])),
        page.get(reverse("fairs:profile")),
        page.get("/api/v1/me/"),
        program.get("/api/v1/me/"),
    ):
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert "no-store" not in Client().get(reverse("fairs:home", args=[fair.slug])).headers.get("Cache-Control", "")


def test_a_letter_that_cannot_be_written_does_not_stop_those_behind_it(monkeypatch, caplog):
    from fairs.tasks import send_late_letters

    maker, firm, gone = world.person(), world.company(name_vi="Gốm"), world.company(name_vi="Gone")
    Company.objects.filter(pk=firm.pk).update(name_en="")
    owe("fairs.member_invited", to=maker, about=gone)
    owe("fairs.member_invited", to=maker, about=firm)
    gone.delete()
    for _beat in range(2):
        send_late_letters()
    assert [letter.to for letter in mail.outbox] == [[maker.email]]
    late = Delivery.objects.exclude(state="sent").get()
    assert late.due_at > clock.now()
    assert "Gone" not in caplog.text


def test_a_letter_is_given_up_after_eight_tries():
    maker, gone = world.person(), world.company()
    owed = owe("fairs.member_invited", to=maker, about=gone)
    gone.delete()
    for _try in range(deliveries.MOST_ATTEMPTS):
        Delivery.objects.update(due_at=clock.now())
        deliveries.send(owed.pk)
    owed.refresh_from_db()
    assert owed.state == "given_up"
