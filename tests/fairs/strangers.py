"""Browsers of strangers and owners, for the tests of what somebody with bad intentions tries."""

import re

from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from fairs.models import Person

CHOSEN_BY_A_STRANGER = "four words of mallory"


def browser(person: Person | None = None) -> Client:
    """Somebody's browser."""
    client = Client()
    if person:
        client.force_login(person)
    return client


def code_to(email: str) -> str:
    """The code in the newest letter to an address."""
    body = next(letter.body for letter in reversed(mail.outbox) if letter.to == [email])
    found = re.search(r"\b\d{8}\b", str(body))
    assert found
    return found.group()


def signs_up(email: str) -> Client:
    """A stranger's browser, after signing up with an e-mail that need not be his."""
    client = Client()
    given = {"email": email, "full_name": "X", "password1": CHOSEN_BY_A_STRANGER}
    client.post(reverse("account_signup"), given)
    cache.clear()
    return client


def signs_in_by_code(email: str) -> Client:
    """The browser of whoever reads the letters to an e-mail."""
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": email})
    client.post(reverse("account_confirm_login_code"), {"code": code_to(email)})
    cache.clear()
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("fairs:profile")).status_code == 200


def opens(email: str, password: str) -> bool:
    """Whether a password still opens an account, on a page or for a program."""
    cache.clear()
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": password})
    token = APIClient().post("/api/v1/token/", {"email": email, "password": password})
    return is_signed_in(client) or token.status_code == 200
