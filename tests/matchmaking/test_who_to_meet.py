"""Whom an importer should meet: proposals with reasons, the search, what they say of each."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import translation

from fairs import clock
from fairs.models import CraftVillage, Province
from matchmaking.actions.matching import set_matching_terms
from matchmaking.actions.wishes import wish
from matchmaking.models import Deal, Lead, Meeting, Wish
from matchmaking.reason_words import Words
from matchmaking.suggestions import exhibitors_for
from tests import world
from tests.matchmaking.wishing import certificate, hold, maker, material, registered

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        cache.clear()
        yield world.edition()


@pytest.fixture
def registration(edition):
    return registered(edition)


def page(name, edition, **kwargs):
    return reverse(f"matchmaking:{name}", kwargs={"edition": edition.slug} | kwargs)


def found(registration, words=""):
    return [one.exhibitor for one in exhibitors_for(registration, words=words)]


def told(registration, part, language="en"):
    [one] = [one for one in exhibitors_for(registration) if one.exhibitor == part.pk]
    with translation.override(language):
        words = Words()
        return words.speaking(one.reasons), words.missing(one.reasons)


def test_who_fits_best_comes_first_and_everybody_is_told_why(edition, registration):
    registration.materials.add(material("rattan"))
    registration.certificates.add(certificate("fsc"))
    plain, fits = maker(edition), maker(edition, materials=("rattan",), certificates={"fsc": None})
    assert found(registration) == [fits.part.pk, plain.part.pk]
    speaks, missing = told(registration, fits.part)
    assert speaks == ["Looked for and made: Ceramics.", "Materials looked for: rattan.", "Valid certificate: FSC."]
    assert missing == []
    assert told(registration, plain.part)[1] == ["The materials are not told.", "No FSC certificate."]


def test_a_certificate_that_runs_out_before_the_fair_is_told_with_its_day(edition, registration):
    registration.certificates.add(certificate("fsc"))
    side = maker(edition)
    hold(side, "fsc", edition.opens_on - timedelta(days=1))
    assert told(registration, side.part)[1] == ["The FSC certificate ran out on 17 Oct 2018."]


def test_earlier_fairs_and_visits_speak_for_an_exhibitor(edition, registration):
    before = world.edition(opens_on=world.OPENS.replace(year=2017), closes_on=world.OPENS.replace(year=2017))
    signed, met, visited, here = (maker(edition) for _each in range(4))
    buyer = world.participation(before, registration.company, "importer")
    times = {"starts_at": world.NOON, "ends_at": world.NOON + timedelta(minutes=30)}
    Deal.objects.create(
        edition=before, exhibitor=world.participation(before, signed.part.company, "exhibitor"), importer=buyer,
        number="1", product_group=world.product_group(), currency="USD", amount=1, signed_on=before.opens_on,
        recorded_side="exhibitor", recorded_by=signed.person, recorded_at=world.NOON, token="t", key="k",
    )  # fmt: skip
    Meeting.objects.create(
        edition=before, exhibitor=world.participation(before, met.part.company, "exhibitor"), importer=buyer,
        importer_person=registration.person, state="held", **times,
    )  # fmt: skip
    for at, side in [(before, visited), (edition, here)]:
        Lead.objects.create(
            edition=at, exhibitor=world.participation(at, side.part.company, "exhibitor"), visitor=str(at.pk),
            kind="importer", first_at=world.NOON, last_at=world.NOON, handed_at=world.NOON, means="tap",
            person=registration.person, buyer=registration.company,
        )  # fmt: skip
    first = [told(registration, side.part)[0][0] for side in (signed, met, visited, here)]
    assert first == [
        "You signed something together at an earlier fair.",
        "You met at an earlier fair.",
        "A visit to the booth at an earlier fair.",
        "A visit to the booth at this fair.",
    ]


def test_a_wish_of_the_other_side_speaks_and_its_no_takes_away(edition, registration):
    likes, refuses, plain = maker(edition), maker(edition), maker(edition)
    wish(registration, exhibitor=likes.part, side="exhibitor", kind="like", by=likes.person)
    wish(registration, exhibitor=refuses.part, side="exhibitor", kind="no", by=refuses.person)
    assert found(registration) == [likes.part.pk, plain.part.pk]
    assert told(registration, likes.part)[0][0] == "They would like to meet you."
    assert "meet you" not in str(told(registration, plain.part))


def test_whom_one_has_spoken_of_or_meets_is_not_proposed_again(edition, registration):
    chosen, refused, met, left = (maker(edition) for _each in range(4))
    for side, kind in [(chosen, "must"), (refused, "no")]:
        wish(registration, exhibitor=side.part, side="importer", kind=kind, by=registration.person)
    Meeting.objects.create(
        edition=edition, exhibitor=met.part, importer=world.participation(edition, registration.company, "importer"),
        importer_person=registration.person, starts_at=world.FIRST_MORNING,
        ends_at=world.FIRST_MORNING + timedelta(minutes=30),
    )  # fmt: skip
    assert found(registration) == [left.part.pk]


def test_not_for_me_for_a_reason_changes_what_comes_next(edition, registration):
    registration.certificates.add(certificate("fsc"))
    registration.markets.create(country="JP")
    sells = maker(edition, export_markets="JP")
    holds = maker(edition, export_markets="US", certificates={"fsc": None})
    set_matching_terms(edition, by=world.officer(edition, "matchmaking_desk"), markets=11, certificates=10)
    assert found(registration) == [sells.part.pk, holds.part.pk]
    for _each in range(2):
        refused = maker(edition)
        wish(
            registration, exhibitor=refused.part, side="importer", kind="no", reason="certificates",
            by=registration.person,
        )  # fmt: skip
    assert found(registration) == [holds.part.pk, sells.part.pk]


WORDS = ["binh co", "6912.00", "691200", "MÂY", "bat trang", "dong nai", "ceramics", "hoa sen"]


@pytest.mark.parametrize("words", WORDS)
def test_the_search_goes_by_product_material_code_village_province_and_group(edition, registration, words):
    group = world.product_group()
    village = CraftVillage.objects.create(
        slug="bat-trang", name_vi="Bát Tràng", craft_vi="Gốm", craft_en="Pottery", product_group=group
    )
    province = Province.objects.create(
        code="75", name_vi="Đồng Nai", name_en="Dong Nai", kind="province", valid_from=world.OPENS
    )
    material("rattan", "Mây")
    side = maker(
        edition, product="Bình cổ cao", hs_code="691200", materials=("rattan",), name_vi="Xưởng Hoa Sen",
        craft_village=village,
    )  # fmt: skip
    side.part.province = province
    side.part.save()
    other = world.exhibitor(edition)
    assert found(registration, words) == [side.part.pk]
    assert found(registration, "khong co ai") == []
    assert other.part.pk in found(registration)


def test_the_page_shows_why_and_takes_what_is_said(edition, registration, client):
    side = maker(edition, name_vi="Gốm Lan")
    client.force_login(registration.person)
    shown = client.get(page("who_to_meet", edition), headers=ENGLISH).content.decode()
    assert "Gốm Lan" in shown
    assert "Looked for and made: Ceramics." in shown
    address = page("wish_exhibitor", edition, participation=side.part.pk)
    answer = client.post(f"{address}?q=gom&page=1", {"kind": "no", "reason": "price"})
    assert answer.url == page("who_to_meet", edition) + "?q=gom&page=1"
    assert Wish.objects.values_list("side", "kind", "reason").get() == ("importer", "no", "price")
    after = client.get(page("who_to_meet", edition), headers=ENGLISH).content.decode()
    assert "1 not for you" in after
    client.post(page("forget_exhibitor", edition, participation=side.part.pk))
    assert not Wish.objects.exists()


def test_what_is_no_wish_is_answered_as_a_fault(edition, registration, client):
    side = maker(edition)
    client.force_login(registration.person)
    assert client.post(page("wish_exhibitor", edition, participation=side.part.pk)).status_code == 400


def test_whoever_is_not_registered_registers_first(edition, client):
    client.force_login(world.person())
    assert client.get(page("who_to_meet", edition)).url == reverse("buyers:register", args=[edition.slug])


def test_their_own_page_and_the_desk_name_whom_they_must_meet(edition, registration, client):
    side = maker(edition, name_vi="Gốm Lan")
    wish(registration, exhibitor=side.part, side="importer", kind="must", by=registration.person)
    client.force_login(registration.person)
    assert "Gốm Lan" in client.get(reverse("buyers:registration", args=[edition.slug])).content.decode()
    client.force_login(world.officer(edition, "importer_desk"))
    address = reverse("buyers:importer_desk", args=[edition.slug, registration.pk])
    assert "Gốm Lan" in client.get(address).content.decode()


@pytest.mark.parametrize("rows", world.ROWS)
def test_the_page_costs_the_same_however_many_there_are(edition, registration, client, rows, django_assert_num_queries):
    for _one in range(min(rows, 40)):
        maker(edition, materials=("rattan",), certificates={"fsc": None})
    client.force_login(registration.person)
    with django_assert_num_queries(53):  # 21 of them once in a quarter of an hour, for the exposure floor
        client.get(page("who_to_meet", edition))
    with django_assert_num_queries(32):
        client.get(page("who_to_meet", edition))
    with django_assert_num_queries(32):
        client.get(page("who_to_meet", edition) + "?q=binh")
