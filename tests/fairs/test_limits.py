"""Guessing is limited, by pages and by programs, and digits that are none break nothing."""

import pytest
import rest_framework.throttling  # noqa: F401 - keeps for good the clock it finds, and a test here puts another one in
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from fairs.callers import count_try, tries
from fairs.inputs import whole_number
from tests import world
from tests.fairs.strangers import browser, code_to

pytestmark = pytest.mark.django_db


def test_a_header_of_ones_own_does_not_hide_who_guesses_passwords():
    given = {"email": "maker@example.org", "password": "wrong"}
    answers = [
        APIClient(HTTP_X_FORWARDED_FOR=f"10.0.0.{number}").post("/api/v1/token/", given | {"email": f"m{number}@x.org"})
        for number in range(30)
    ]
    assert answers[-1].status_code == 429


def test_behind_a_proxy_each_visitor_has_limits_of_their_own(settings):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": 1}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    given = {"email": "maker@example.org", "password": "wrong"}
    for number in range(30):
        APIClient(HTTP_X_FORWARDED_FOR="10.0.0.1").post("/api/v1/token/", given | {"email": f"m{number}@x.org"})
    other = APIClient(HTTP_X_FORWARDED_FOR="10.0.0.2").post("/api/v1/token/", given)
    assert other.status_code == 400
    assert other.json()["code"] == "wrong_credentials"


def test_the_number_of_proxies_is_the_same_for_pages_and_programs():
    assert settings.REST_FRAMEWORK["NUM_PROXIES"] == settings.ALLAUTH_TRUSTED_PROXY_COUNT == settings.PROXIES


def test_an_accounts_password_is_guessed_five_times_by_program_too():
    maker = world.person(email="maker@example.org")
    for number in range(5):
        program = APIClient(REMOTE_ADDR=f"10.0.1.{number}")
        assert program.post("/api/v1/token/", {"email": maker.email, "password": "wrong"}).status_code == 400
    answer = APIClient(REMOTE_ADDR="10.0.2.1").post(
        "/api/v1/token/", {"email": maker.email, "password": "secret-lacquer"}
    )
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_tries")


def test_codes_cannot_be_worn_down():
    """Eight digits, three tries a code, forty codes an hour for one e-mail from ever new addresses."""
    world.person(email="maker@example.org")
    moment, sent = timezone.now().timestamp(), 0
    for number in range(60):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("time.time", lambda now=moment + 30 * number: now)
            Client(REMOTE_ADDR=f"10.1.0.{number}").post(
                reverse("account_request_login_code"), {"email": "maker@example.org"}
            )
        sent = len(mail.outbox)
    assert sent == 40
    assert len(code_to("maker@example.org")) == 8


@pytest.mark.parametrize("typed", ["²", "٣", "", "x", "-1", "9" * 18])
def test_digits_that_are_none_are_no_number(typed):
    assert whole_number(typed) is None


def test_digits_that_are_none_break_no_page():
    fair = world.two_sides()
    maker, edition = browser(fair.maker), fair.edition
    desk = browser(world.officer(edition, "director"))
    for page, name, query in [
        (maker, "booths:plan", "for=²"),
        (desk, "booths:plan", "for=" + "9" * 40),
        (maker, "matchmaking:record_deal", "meeting=²"),
        (desk, "matchmaking:record_deal", "importer=²&exhibitor=²"),
        (desk, "matchmaking:ask_for_others", "importer=²"),
        (desk, "fairs:journal", "person=" + "9" * 40),
        (desk, "fairs:journal", "company=²"),
        (desk, "booths:set_threshold", "threshold=²"),
        (desk, "booths:floor_csv", "of=²"),
        (desk, "booths:floor_csv", "of=" + "9" * 40),
    ]:
        answer = page.get(f"{reverse(name, args=[edition.slug])}?{query}")
        assert answer.status_code in (200, 404), (name, query)
    decide = {"verb": "accept", "reason": "", "which": "ticked"}
    for name, given in [("decide", {"id": ["²", "1"]}), ("decide_now", {"seen": "²:1,1:" + "9" * 40})]:
        assert desk.post(reverse(f"booths:{name}", args=[edition.slug]), decide | given).status_code in (200, 302, 422)


def test_tries_are_counted_apart_and_forgotten_even_between_two_looks(monkeypatch):
    assert [count_try("codes", "7", within=60) for _one in range(3)] == [1, 2, 3]
    assert (tries("codes", "7"), tries("codes", "8"), tries("links", "7")) == (3, 0, 0)

    def forgotten(key):
        raise ValueError(key)

    monkeypatch.setattr(cache, "incr", forgotten, raising=False)
    assert count_try("codes", "7", within=60) == 1
