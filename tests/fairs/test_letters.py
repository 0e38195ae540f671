"""Letters have two parts, plain text and a page, that hold the same words; nothing is fetched from anywhere."""

import html
import re

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse

from booths.actions.applications import accept_application, reject_application
from fairs import clock
from fairs.actions.people import invite_member
from fairs.deliveries import compose, laid_out
from fairs.models import Delivery
from matchmaking.actions.meetings import accept_meeting, request_meeting
from tests import world

pytestmark = pytest.mark.django_db


def words_of_page(page: str) -> list[str]:
    """What a reader sees of a page."""
    body = re.search(r"<body>(.*)</body>", page, re.S)
    assert body
    return html.unescape(re.sub(r"<br>|</p>", " ", re.sub(r"<(?!br>|/p>)[^>]*>", "", body[1]))).split()


def parts(letter) -> tuple[str, str]:
    """Text and page of a letter."""
    [page] = letter.alternatives
    assert page[1] == "text/html"
    return str(letter.body), str(page[0])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_both_parts_hold_the_same_words(language):
    with clock.at(world.NOON):
        sides = world.two_sides()
        for person in (sides.maker, sides.buyer):
            person.language = language
            person.save()
        first, second = (world.application(sides.edition, sides.maker, state="submitted") for _each in range(2))
        accept_application(first, by=world.officer(sides.edition, "booth_desk"))
        reject_application(second, reason="<b>Hàng & giá</b> không hợp", by=world.officer(sides.edition, "booth_desk"))
        invite_member(first.company, email="new@example.org", full_name="Lê <i>Mai</i>", by=sides.maker)
        meeting = request_meeting(
            sides.edition, exhibitor=sides.exhibitor, importer=sides.importer, person=sides.buyer,
            starts_at=world.FIRST_MORNING, message="Lamps & bowls", by=sides.buyer,
        )  # fmt: skip
        accept_meeting(meeting, by=sides.maker)
        letters = [(owed, compose(owed)) for owed in Delivery.objects.select_related("to")]
    assert len({owed.kind for owed, _letter in letters}) >= 5
    for owed, letter in letters:
        text, page = parts(letter)
        assert words_of_page(page) == text.split(), owed.kind
        assert f'<html lang="{owed.to.language}">' in page
        assert "<b>" not in page
        assert not re.search(r"\ssrc=|url\(|@import|<link|<script|\sstyle=", page)
        for address in re.findall(r'href="([^"]*)"', page):
            assert html.unescape(address).startswith(settings.SITE_URL)
            assert html.unescape(address) in text


def test_the_code_for_signing_in_has_a_page_too(client):
    person = world.person(email="maker@example.org")
    client.post(reverse("account_request_login_code"), {"email": person.email})
    text, page = parts(mail.outbox[-1])
    assert words_of_page(page) == text.split()
    assert re.search(r"\b\d{8}\b", page)


def test_only_addresses_of_this_site_are_links():
    ours = f"{settings.SITE_URL}/hgs/?a=1&b=2"
    page = laid_out(
        "Thư", f"https://elsewhere.example {settings.SITE_URL}.evil.example\nmail@evil.example\n{ours}\n", language="vi"
    )
    assert re.findall(r'href="([^"]*)"', page) == [html.escape(ours)]
