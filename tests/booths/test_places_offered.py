"""What an exhibitor sees of a place from an allocation round, and everybody of the round."""

import pytest
from django.urls import reverse
from django.utils import translation

from booths.actions.round_publishing import publish_round
from booths.models import Appeal, Application, Offer
from booths.round_words import criteria_sentences, why_sentences
from tests import world
from tests.booths.rounds import asking, proposed

pytestmark = pytest.mark.django_db


@pytest.fixture
def placed(edition):
    """Two exhibitors to whom a signed round offered places, a third that found none."""
    desk = world.officer(edition, "booth_desk")
    applications = [asking(edition, booths=2, minutes=minutes) for minutes in range(3)]
    worked = proposed(edition, by=desk)
    publish_round(worked, seen=1, by=desk)
    return applications


def page(client, application, name, **given):
    """One of the exhibitor's pages."""
    client.force_login(application.contact)
    return client.get(reverse(f"booths:{name}", args=[application.edition.slug]), **given)


def test_the_page_says_which_place_until_when_and_why(client, edition, placed):
    offered = Offer.objects.order_by("pk").first()
    said = page(client, offered.application, "application", headers={"accept-language": "en"}).content.decode()
    assert f"Your place is booths {offered.codes}" in said
    assert "of its goods" in said
    assert reverse("booths:appeal_place", args=[edition.slug]) in said
    assert reverse("booths:allocation", args=[edition.slug]) in said


def test_it_is_taken_with_one_button(client, edition, placed):
    offer = Offer.objects.order_by("pk").first()
    client.force_login(offer.application.contact)
    answer = client.post(reverse("booths:take_offer", args=[edition.slug, offer.pk]))
    offer.refresh_from_db()
    assert (answer.status_code, offer.state) == (302, "taken")
    assert set(offer.reservations.values_list("state", flat=True)) == {"reserved"}


def test_another_place_is_asked_for_once_and_the_page_says_so(client, edition, placed):
    offer = Offer.objects.order_by("pk").first()
    url = reverse("booths:appeal_place", args=[edition.slug])
    assert page(client, offer.application, "appeal_place").status_code == 200
    assert client.post(url, {"text": ""}).status_code == 422
    assert client.post(url, {"text": "Gần cửa hơn"}).status_code == 302
    assert Appeal.objects.get().offer == offer
    said = page(client, offer.application, "application", headers={"accept-language": "en"}).content.decode()
    assert url not in said
    assert "Kept for you until your appeal is answered" in said


def test_who_has_no_place_reads_the_rule_and_has_nothing_to_appeal(client, edition, placed):
    waiting = Application.objects.get(edition=edition, state="waitlisted")
    assert waiting.reason in page(client, waiting, "application").content.decode()
    assert page(client, waiting, "appeal_place").status_code == 404


def test_everybody_reads_criteria_and_counts_but_no_names(client, edition, placed):
    said = client.get(reverse("booths:allocation", args=[edition.slug]), headers={"accept-language": "en"})
    text = said.content.decode()
    assert "of 3" in text
    assert not any(one.company.name_vi in text for one in placed)


def test_before_a_round_is_signed_there_is_no_page(client, edition):
    asking(edition)
    proposed(edition)
    assert client.get(reverse("booths:allocation", args=[edition.slug])).status_code == 404


BETTER = {
    "booths": ["A1", "A2"],
    "gain": 12.25,
    "holders": ["a1", "a2"],
    "fewer_points": [],
    "others": 3.0,
    "homeless": [],
    "rule": False,
}
WHY = {
    "terms": {"zone": 100.0, "quality": 3.0, "corner": 20.0, "wishes": 4.0, "village": 0.0, "stay": 0.0},
    "better_places": 2,
    "places": 40,
    "fellows": ["a3"],
    "fixed": False,
    "better": BETTER,
}
NAMES = {"a1": "Gốm Chu Đậu", "a2": "Mây Phú Vinh", "a3": "Gốm Bát Tràng"}


def test_officers_read_names_and_exhibitors_counts():
    with translation.override("en"):
        named, counted = why_sentences(WHY, NAMES), why_sentences(WHY)
    assert "beside Gốm Bát Tràng" in named[0]
    assert "place 3 of 40" in named[0]
    assert named[1].startswith("At A1, A2, now of Gốm Chu Đậu, Mây Phú Vinh, it would gain 12.3 points")
    assert "2 other exhibitors" in counted[1]
    assert not any(name in " ".join(counted) for name in NAMES.values())


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"homeless": ["a1"]}, "left without a place"),
        ({"rule": True}, "a rule of the floor forbids it"),
        ({"others": -1.0}, "would lose nothing"),
        ({"holders": []}, "which is free"),
        ({"fewer_points": ["a2"]}, "fewer priority points"),
    ],
)
def test_what_was_traded_off_has_a_sentence_for_each_case(change, part):
    with translation.override("en"):
        assert part in " ".join(why_sentences(WHY | {"better": BETTER | change}, NAMES))


WEIGHTS = {
    "zone": 1, "quality": 1, "points": 0.025, "corner_wanted": 1, "corner_unwanted": -1, "village": 1, "fragment": -4,
}  # fmt: skip


def test_sentences_are_in_both_languages():
    said = {}
    for language in ("vi", "en"):
        with translation.override(language):
            said[language] = [*why_sentences(WHY), *criteria_sentences(WEIGHTS, strict=False)]
    assert len(said["vi"]) == len(said["en"])
    assert not set(said["vi"]) & set(said["en"])
