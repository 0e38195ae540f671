"""Giving and taking back consents: each by itself, provable, at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from buyers.actions.desk_badges import welcome
from fairs import clock
from fairs.actions.consents import forget_addresses, give_consent, withdraw_consent
from fairs.consent_texts import VERSION, words
from fairs.errors import Forbidden, Invalid
from fairs.models import Consent, Entry
from tests import world
from tests.buyers.importers import importer

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        yield world.edition()


@pytest.fixture
def buyer(edition):
    return importer(edition, grade="ordinary").person


def client(person):
    visitor = Client(headers={"accept-language": "en"})
    visitor.force_login(person)
    return visitor


def test_a_consent_keeps_its_proof(edition, buyer):
    consent = give_consent(buyer, edition=edition, purpose="news", language="en", by=buyer, ip="203.0.113.7")
    assert (consent.text_version, consent.language, consent.means) == (VERSION, "en", "web")
    assert (consent.given_at, consent.ip, consent.withdrawn_at) == (world.NOON, "203.0.113.7", None)
    assert consent.words == words("news", VERSION, "en")


def test_agreeing_again_changes_nothing(edition, buyer):
    first = give_consent(buyer, edition=edition, purpose="news", language="en", by=buyer)
    assert give_consent(buyer, edition=edition, purpose="news", language="vi", by=buyer) == first
    assert Entry.objects.filter(verb="fairs.consent.give").count() == 1


def test_what_was_taken_back_may_be_given_again_and_both_are_kept(edition, buyer):
    first = give_consent(buyer, edition=edition, purpose="news", language="en", by=buyer)
    withdraw_consent(first, by=buyer)
    second = give_consent(buyer, edition=edition, purpose="news", language="vi", by=buyer)
    assert first.withdrawn_at == world.NOON
    assert second.pk != first.pk
    assert Consent.objects.filter(person=buyer, purpose="news").count() == 2


def test_taking_back_twice_is_written_down_once(edition, buyer):
    consent = give_consent(buyer, edition=edition, purpose="news", language="en", by=buyer)
    withdraw_consent(consent, by=buyer)
    with clock.at(world.NOON + timedelta(days=1)):
        assert withdraw_consent(consent, by=buyer).withdrawn_at == world.NOON
    assert Entry.objects.filter(verb="fairs.consent.withdraw").count() == 1


def test_nobody_answers_for_another(edition, buyer):
    consent = give_consent(buyer, edition=edition, purpose="news", language="en", by=buyer)
    director = world.officer(edition, "director")
    with pytest.raises(Forbidden):
        withdraw_consent(consent, by=director)
    with pytest.raises(Forbidden):
        give_consent(buyer, edition=edition, purpose="directory", language="en", by=director)


@pytest.mark.parametrize("purpose", ["registration", "passport"])
def test_what_has_a_page_of_its_own_is_asked_there(edition, buyer, purpose):
    with pytest.raises(Invalid) as refusal:
        give_consent(buyer, edition=edition, purpose=purpose, language="en", by=buyer)
    assert refusal.value.code == "asked_elsewhere"


def test_without_the_needed_consent_the_registration_ends(edition, buyer):
    needed = Consent.objects.get(person=buyer, purpose="registration")
    withdraw_consent(needed, by=buyer)
    registration = buyer.registrations.get()
    assert registration.state == "withdrawn"
    assert not buyer.badges.filter(state="active").exists()


def test_a_visitor_of_the_desk_who_takes_the_needed_consent_back_has_no_badge_any_more(edition):
    keeper = world.officer(edition, "gate")
    badge = welcome(
        edition, full_name="Keiko Morita", kind="visitor", consents=["registration"], language="en", by=keeper
    )
    work = world.badge(world.edition(), badge.person, kind="staff")
    withdraw_consent(Consent.objects.get(person=badge.person), by=badge.person)
    badge.refresh_from_db(), work.refresh_from_db()
    assert (badge.state, work.state) == ("revoked", "active")


def test_old_network_addresses_are_forgotten_and_the_consents_stay(edition, buyer, settings):
    settings.CONSENT_ADDRESS_DAYS = 30
    consent = give_consent(buyer, edition=edition, purpose="news", language="en", by=buyer, ip="203.0.113.7")
    with clock.at(world.NOON + timedelta(days=30)):
        assert forget_addresses() == 0
    with clock.at(world.NOON + timedelta(days=31)):
        assert forget_addresses() == 1
    consent.refresh_from_db()
    assert (consent.ip, consent.text_version) == (None, VERSION)


def test_registering_keeps_the_address_it_came_from(edition, db):
    page = reverse("buyers:register", args=[edition.slug])
    typed = {
        "full_name": "Keiko Morita", "company_name": "Morita Living", "country": "JP", "email": "k@morita.example",
        "product_groups": [world.product_group().pk], "registration": "on", "directory": "on",
    }  # fmt: skip
    assert Client(REMOTE_ADDR="203.0.113.9").post(page, typed).status_code == 302
    assert set(Consent.objects.values_list("purpose", "ip")) == {
        ("registration", "203.0.113.9"),
        ("directory", "203.0.113.9"),
    }


def test_no_consent_is_ticked_beforehand(edition):
    page = Client().get(reverse("buyers:register", args=[edition.slug])).content.decode()
    assert 'name="photographs"' in page
    assert " checked" not in page


def test_my_data_shows_the_very_words(edition, buyer):
    give_consent(buyer, edition=edition, purpose="news", language="vi", by=buyer)
    page = client(buyer).get(reverse("fairs:my_data")).content.decode()
    assert words("news", VERSION, "vi") in page  # agreed to in Vietnamese, shown in it
    assert words("share_on_scan", VERSION, "en") in page  # not agreed to: as it would be asked now
    assert words("passport", VERSION, "en") not in page  # asked on the page of the letter alone


def test_one_button_gives_and_one_takes_back(edition, buyer):
    visitor = client(buyer)
    visitor.post(reverse("fairs:give_consent", args=[edition.slug, "share_on_scan"]))
    consent = Consent.objects.get(purpose="share_on_scan")
    assert (consent.withdrawn_at, consent.language, consent.ip) == (None, "en", "127.0.0.1")
    visitor.post(reverse("fairs:withdraw_consent", args=[consent.pk]))
    consent.refresh_from_db()
    assert consent.withdrawn_at == world.NOON


def test_an_exhibitors_person_is_offered_what_concerns_them(edition):
    person = world.application(edition).contact
    world.participation(edition, person.companies.get(), "exhibitor")
    page = client(person).get(reverse("fairs:my_data")).content.decode()
    assert words("news", VERSION, "en") in page
    assert words("share_on_scan", VERSION, "en") not in page


def test_programs_read_give_and_take_back_ones_own(edition, buyer):
    api = APIClient()
    api.force_authenticate(buyer)
    made = api.post("/api/v1/consents/", {"edition": edition.slug, "purpose": "news"}, format="json")
    assert (made.status_code, made.json()["words"]) == (201, words("news", VERSION, made.json()["language"]))
    ended = api.post(f"/api/v1/consents/{made.json()['id']}/withdraw/")
    assert ended.json()["withdrawn_at"]
    stranger = APIClient()
    stranger.force_authenticate(world.person())
    assert stranger.get(f"/api/v1/consents/{made.json()['id']}/").status_code == 404
