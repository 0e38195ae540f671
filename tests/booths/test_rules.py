"""The rules of the fair: published in versions, accepted one by one, readable for ever."""

from datetime import timedelta

import pytest
from django.urls import reverse

from booths.actions.applications import submit_application
from booths.actions.rules import next_version, publish_rules
from booths.models import RulesText
from booths.querysets import rules_of
from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from tests import world

pytestmark = pytest.mark.django_db
API = "/api/v1"
TEXTS = {"text_vi": "1. Trả gian sạch.", "text_en": "1. Leave it clean."}


@pytest.fixture
def edition():
    """An edition with version 1 of its rules."""
    with clock.at(world.NOON):
        made = world.edition()
        world.floor(made)
    with clock.at(world.NOON + timedelta(hours=1)):
        yield made


@pytest.fixture
def director(edition):
    """Who publishes."""
    return world.officer(edition, "director")


def test_the_newest_version_is_the_one_that_holds(edition, director):
    published = publish_rules(edition, version=" 2 ", by=director, **TEXTS)
    assert rules_of(edition) == published
    assert [rules.version for rules in RulesText.objects.filter(edition=edition)] == ["2", "1"]
    with pytest.raises(Forbidden):
        publish_rules(edition, version="3", by=world.officer(edition, "booth_desk"), **TEXTS)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"version": "1"}, "version_taken"),
        ({"version": "a/b"}, "bad_version"),
        ({"version": ""}, "bad_version"),
        ({"version": ".."}, "bad_version"),
        ({"text_en": " "}, "no_text"),
    ],
)
def test_what_cannot_be_published_is_refused(edition, director, given, code):
    with pytest.raises((Refused, Invalid)) as refusal:
        publish_rules(edition, by=director, **{"version": "2"} | TEXTS | given)
    assert refusal.value.code == code
    assert rules_of(edition).version == "1"


@pytest.mark.parametrize(
    ("version", "following"), [("1", "2"), ("2018-9", "2018-10"), ("", "1"), ("spring", "spring-2")]
)
def test_the_next_version_has_a_name(version, following):
    assert next_version(version) == following


def test_one_hands_in_with_the_version_that_holds_and_keeps_it(edition, director):
    application = world.application(edition, state="draft")
    publish_rules(edition, version="2", by=director, **TEXTS)
    with pytest.raises(Refused) as refusal:
        submit_application(application, by=application.contact, rules_version="1")
    assert refusal.value.code == "rules_changed"
    submit_application(application, by=application.contact, rules_version="2")
    publish_rules(edition, version="3", by=director, **TEXTS)
    application.refresh_from_db()
    assert application.rules_version == "2"


def test_nobody_hands_in_before_there_are_rules(edition):
    application = world.application(edition, state="draft")
    edition.rules_texts.all().delete()
    with pytest.raises(Refused) as refusal:
        submit_application(application, by=application.contact, rules_version="1")
    assert refusal.value.code == "rules_not_published"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_last_step_shows_the_text_and_asks_again_when_it_changed(edition, director, client, language):
    application = world.application(edition, state="draft")
    client.force_login(application.contact)
    send, headers = reverse("booths:apply_send", args=[edition.slug]), {"accept-language": language}
    page = client.get(send, headers=headers).content.decode()
    assert ("Giữ sạch lối đi." if language == "vi" else "Keep the aisles free.") in page
    publish_rules(edition, version="2", by=director, **TEXTS)
    answer = client.post(send, {"agreed": "on", "rules_version": "1"}, headers=headers)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'name="rules_version" value="2"' in page
    assert "checked" not in page
    assert client.post(send, {"agreed": "on", "rules_version": "2"}, headers=headers).status_code == 302
    for name in ("application", "rules_version"):
        args = [edition.slug, "2"] if name == "rules_version" else [edition.slug]
        assert client.get(reverse(f"booths:{name}", args=args), headers=headers).status_code == 200


def test_every_version_stays_readable_for_everybody(edition, director, client):
    publish_rules(edition, version="2", by=director, **TEXTS)
    newest = client.get(reverse("booths:rules", args=[edition.slug]), headers={"accept-language": "en"})
    assert "Leave it clean." in newest.content.decode()
    earlier = client.get(reverse("booths:rules_version", args=[edition.slug, "1"]), headers={"accept-language": "en"})
    assert "Keep the aisles free." in earlier.content.decode()
    assert "This is an earlier version." in earlier.content.decode()
    assert client.get(reverse("booths:rules_version", args=[edition.slug, "9"])).status_code == 404


def test_the_director_publishes_on_a_page_begun_from_the_last_version(edition, director, client):
    client.force_login(director)
    address = reverse("booths:publish_rules", args=[edition.slug])
    page = client.get(address, headers={"accept-language": "vi"}).content.decode()
    assert "Giữ sạch lối đi." in page
    assert 'value="2"' in page
    assert client.post(address, TEXTS | {"version": "1"}).status_code == 422
    assert client.post(address, TEXTS | {"version": "2"}).status_code == 302
    assert rules_of(edition).text_en == TEXTS["text_en"]


def test_programs_publish_and_read(edition, director, client):
    client.force_login(director)
    given = {"edition": edition.slug, "version": "2"} | TEXTS
    assert client.post(f"{API}/rules/", given).status_code == 201
    assert client.post(f"{API}/rules/", given).status_code == 409
    client.logout()
    read = client.get(f"{API}/rules/", {"edition__slug": edition.slug}).json()["results"]
    assert [row["version"] for row in read] == ["2", "1"]
