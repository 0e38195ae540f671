"""The personal link of an invitation: it fills in the form, signs nobody in, and says no more than the letter."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from buyers.actions.registrations import invite_newcomer
from buyers.models import Invitee, Registration
from fairs import clock
from fairs.callers import WRONG_AT_MOST
from tests import world
from tests.buyers.importers import page
from tests.buyers.test_registration_pages import give_code, typed

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def invitee(edition):
    invite_newcomer(
        edition, email="keiko@morita.example", full_name="Keiko Morita", company_name="Morita Living", country="JP",
        by=world.officer(edition, "importer_desk"),
    )  # fmt: skip
    return Invitee.objects.get()


def link(edition, invitee, name="invited"):
    return page(name, edition, invitation=invitee.token)


def test_the_form_is_filled_in_and_nobody_is_signed_in(edition, client, invitee):
    shown = client.get(link(edition, invitee), headers=ENGLISH)
    form = shown.context["form"]
    assert [form[name].value() for name in ("full_name", "company_name", "country", "email")] == [
        "Keiko Morita", "Morita Living", "JP", "keiko@morita.example"
    ]  # fmt: skip
    assert form["product_groups"].value() is None
    assert "_auth_user_id" not in client.session
    assert "no-store" in shown["Cache-Control"]
    first = Invitee.objects.get().opened_at
    with clock.at(world.FIRST_MORNING + timedelta(hours=1)):
        client.get(link(edition, invitee))
    assert Invitee.objects.get().opened_at == first == world.FIRST_MORNING


def test_what_was_said_elsewhere_is_not_shown(edition, client, invitee):
    invitee.person.phone, invitee.person.job_title = "+81 3 1234 5678", "Head of buying"
    invitee.person.save()
    shown = client.get(link(edition, invitee)).content.decode()
    assert "1234" not in shown
    assert "Head of buying" not in shown


def test_registering_by_the_link_needs_the_letterbox(edition, client, invitee):
    answer = client.post(link(edition, invitee), typed())
    assert answer.url == page("registration", edition)
    assert Registration.objects.get().state == "invited"
    give_code(client)
    client.get(page("registration", edition))
    assert Registration.objects.get().state == "registered"


def test_once_registered_the_link_shows_nothing_of_the_person(edition, client, invitee):
    Registration.objects.update(state="registered", registered_at=world.FIRST_MORNING)
    answer = client.get(link(edition, invitee))
    assert (answer.status_code, answer.url) == (302, page("registration", edition))
    posted = client.post(link(edition, invitee), {})
    assert "Keiko" not in posted.content.decode()


def test_somebody_signed_in_is_not_taken_for_the_invited_one(edition, client, invitee):
    client.force_login(world.person("Somebody Else"))
    shown = client.get(link(edition, invitee)).content.decode()
    assert "Keiko" not in shown
    assert "keiko@" not in shown


def test_the_link_ends_with_the_fair_and_belongs_to_one_fair(edition, client, invitee):
    with clock.at(world.FIRST_MORNING + timedelta(days=4)):
        over = client.get(link(edition, invitee), headers=ENGLISH)
        assert over.status_code == 409
        assert "Keiko" not in over.content.decode()
    assert client.get(link(world.edition(), invitee)).status_code == 404
    assert client.get(page("invited", edition, invitation="guess")).status_code == 404
    Invitee.objects.update(asked_at=None)
    assert client.get(link(edition, invitee)).status_code == 404


def test_guessing_is_limited_and_opening_ones_own_is_not(edition, client, invitee):
    cache.clear()
    assert {client.get(link(edition, invitee)).status_code for _time in range(WRONG_AT_MOST + 5)} == {200}
    for number in range(WRONG_AT_MOST):
        assert client.get(page("invited", edition, invitation=f"guess{number}")).status_code == 404
    assert client.get(link(edition, invitee)).status_code == 429
    assert Client(REMOTE_ADDR="10.0.0.9").get(link(edition, invitee)).status_code == 200


def test_the_letter_leads_to_a_button_that_ends_invitations(edition, client, invitee):
    address = link(edition, invitee, "refuse_invitations")
    assert client.get(address).status_code == 200
    assert Invitee.objects.get().refused_at is None
    client.post(address)
    assert Invitee.objects.get().refused_at == world.FIRST_MORNING
