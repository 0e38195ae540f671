"""The pages on which somebody registers as an importer and looks after the registration."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from buyers.actions.registrations import invite_newcomer
from buyers.models import Registration
from fairs.models import Company, Consent, Person
from tests import world
from tests.buyers.importers import importer, page

pytestmark = pytest.mark.django_db


LANGUAGES = {"vi": "Đăng ký nhà nhập khẩu", "en": "Register as an importer"}


def typed(**other):
    return {
        "full_name": "Keiko Morita",
        "company_name": "Morita Living",
        "country": "JP",
        "email": "keiko@morita.example",
        "product_groups": [world.product_group().pk],
        "registration": "on",
    } | other


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_speaks_the_browsers_language_and_ticks_nothing(edition, client, language):
    shown = client.get(page("register", edition), headers={"accept-language": language}).content.decode()
    assert LANGUAGES[language] in shown
    assert not re.search(r"<input[^>]*type=\"checkbox\"[^>]*checked", shown)


def test_a_newcomer_registers_and_opens_their_page_with_the_code(edition, client):
    answer = client.post(page("register", edition), typed(directory="on"), headers={"accept-language": "en"})
    assert answer.url == page("registration", edition)
    assert Registration.objects.get().company.name_vi == "Morita Living"
    assert set(Consent.objects.values_list("purpose", "language")) == {("registration", "en"), ("directory", "en")}
    received = client.get(answer.url, headers={"accept-language": "en"}).content.decode()
    assert "keiko@morita.example" in received
    give_code(client)
    own = client.get(page("registration", edition))
    assert own.context["registration"].person.email == "keiko@morita.example"


def test_a_known_address_looks_the_same_and_changes_nothing(edition, client):
    known = world.person("Somebody Else", email="keiko@morita.example")
    stranger = client.post(page("register", edition), typed(), headers={"accept-language": "en"})
    seen = client.get(stranger.url, headers={"accept-language": "en"}).content.decode()
    assert not Registration.objects.exists()
    assert not Company.objects.exists()
    known.email = "other@example.org"
    known.save()
    client.logout()
    fresh = client.post(page("register", edition), typed(), headers={"accept-language": "en"})
    assert (fresh.status_code, fresh.url) == (stranger.status_code, stranger.url)
    again = client.get(fresh.url, headers={"accept-language": "en"}).content.decode()
    assert _plain(seen) == _plain(again)
    assert Registration.objects.get().person != known


def _plain(html):
    return re.sub(r"csrf\w*\W+\w+\W+\w+\W+\w{64}|\w{64}", "", html)


def test_who_was_known_is_registered_with_the_code(edition, client):
    known = world.person("Keiko Morita", email="keiko@morita.example")
    client.post(page("register", edition), typed(news="on"))
    assert not Registration.objects.exists()
    give_code(client)
    own = client.get(page("registration", edition))
    assert own.context["registration"].person == known
    assert own.context["registration"].company.name_vi == "Morita Living"
    assert set(Consent.objects.values_list("purpose", flat=True)) == {"registration", "news"}
    client.get(page("registration", edition))
    assert Registration.objects.count() == 1


def test_an_invited_importer_finishes_for_the_company_they_were_invited_for(edition, client):
    invited = invite_newcomer(
        edition,
        email="keiko@morita.example",
        full_name="Keiko Morita",
        company_name="Morita Living Co., Ltd.",
        country="JP",
        by=world.officer(edition, "importer_desk"),
    )
    client.post(page("register", edition), typed())
    give_code(client)
    client.get(page("registration", edition))
    invited.refresh_from_db()
    assert (invited.state, invited.company.name_vi) == ("registered", "Morita Living Co., Ltd.")
    assert Company.objects.count() == 1


def test_what_another_typed_is_not_taken_for_whoever_signs_in(edition, client):
    world.person("Somebody", email="somebody@x.example")
    client.post(page("register", edition), typed())
    client.force_login(Person.objects.get(email="somebody@x.example"))
    assert client.get(page("registration", edition)).url == page("register", edition)
    assert Registration.objects.get().person.email == "keiko@morita.example"


def give_code(client):
    [code] = re.findall(r"^\s*([0-9A-Z-]{6,9})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    client.post(reverse("account_confirm_login_code"), {"code": code})


def test_a_name_in_another_script_is_kept_and_asked_for_in_latin_letters(edition, client):
    english = {"accept-language": "en"}
    answer = client.post(page("register", edition), typed(full_name="もりた けいこ"), headers=english)
    form = answer.context["form"]
    assert answer.status_code == 422
    assert (form["full_name"].value(), form["original_name"].value()) == ("Morita Keiko", "もりた けいこ")
    assert "Is this how you write it in Latin letters?" in answer.content.decode()
    again = typed(full_name="Keiko Morita", original_name="もりた けいこ")
    assert client.post(page("register", edition), again, headers=english).status_code == 302
    person = Person.objects.get(email="keiko@morita.example")
    assert (person.full_name, person.original_name) == ("Keiko Morita", "もりた けいこ")


def test_a_script_that_does_not_tell_its_sound_brings_no_proposal(edition, client):
    answer = client.post(page("register", edition), typed(full_name="森田 恵子"), headers={"accept-language": "en"})
    form = answer.context["form"]
    assert (form["full_name"].value(), form["original_name"].value()) == ("", "森田 恵子")
    assert "Write it here in Latin letters as well" in answer.content.decode()
    assert not Person.objects.exists()


def test_nothing_typed_is_lost(edition, client):
    answer = client.post(
        page("register", edition), typed(email="not an address", registration=""), headers={"accept-language": "en"}
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Keiko Morita" in shown
    assert "Without this the organiser may not register you" in shown
    assert not Person.objects.exists()


def test_a_flood_from_one_network_is_slowed_with_everything_kept(edition, client, monkeypatch):
    from rest_framework.throttling import ScopedRateThrottle

    monkeypatch.setitem(ScopedRateThrottle.THROTTLE_RATES, "register", "1/hour")
    client.post(page("register", edition), typed())
    answer = client.post(page("register", edition), typed(email="two@example.org"))
    assert answer.status_code == 422
    assert "two@example.org" in answer.content.decode()
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(("language", "word"), [("vi", "Bước tiếp theo"), ("en", "What happens next")])
def test_the_importer_reads_what_comes_next_and_says_more(edition, client, language, word):
    registration = importer(edition)
    registration.person.language = language
    registration.person.save()
    client.force_login(registration.person)
    assert word in client.get(page("registration", edition), headers={"accept-language": language}).content.decode()
    answer = client.post(
        page("registration", edition),
        {
            "given_name": "Linnea",
            "job_title": "Buyer",
            "phone": "",
            "interest": "Baskets",
            "volume": "large",
            "languages": ["en", "ja"],
            "product_groups": [world.product_group().pk],
            "news": "on",
        },
    )
    assert answer.status_code == 302
    registration.refresh_from_db()
    assert (registration.volume, registration.languages, registration.person.job_title) == ("large", "en,ja", "Buyer")
    assert set(Consent.objects.filter(withdrawn_at=None).values_list("purpose", flat=True)) == {"registration", "news"}


def test_a_consent_taken_back_keeps_its_proof_with_the_time(edition, client):
    registration = importer(edition)
    client.force_login(registration.person)
    said = {
        "product_groups": [world.product_group().pk],
        "given_name": "",
        "job_title": "",
        "phone": "",
        "interest": "",
    }
    client.post(page("registration", edition), said | {"news": "on"})
    client.post(page("registration", edition), said)
    assert Consent.objects.get(purpose="news").withdrawn_at == world.FIRST_MORNING
    assert Consent.objects.get(purpose="registration").withdrawn_at is None
