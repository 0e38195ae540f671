"""The card on a table: visitors leave their details by it, and it tells nothing of anybody."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from fairs import clock
from fairs.deliveries import compose
from fairs.errors import Forbidden, Refused, TooMany
from fairs.models import Delivery, Entry
from matchmaking.actions import booth_cards
from matchmaking.actions.booth_cards import LEFT_AT_MOST, sharing_link
from matchmaking.actions.leads import scan_lead
from matchmaking.models import BoothCard, Lead, LeadVisit
from tests import world
from tests.matchmaking.asking import agrees, page, shown, withdraws

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    with clock.at(world.FIRST_MORNING):
        sides = world.two_sides()
        sides.card = booth_cards.make_card(sides.exhibitor, by=sides.maker)
        sides.badge = world.badge(sides.edition, sides.buyer, sides.importer.company)
        yield sides


@pytest.fixture
def hello(fair):
    return reverse("matchmaking:hello", args=[fair.edition.slug, fair.card.token])


def by_badge(fair, key="k", code=""):
    booth_cards.leave_by_badge(fair.card, code=code or fair.badge.short_code, key=key, guesser="ip")


def typed(fair, email="ann@example.org", key="k", guesser="ip"):
    return booth_cards.leave_typed(
        fair.card,
        name="Ann Lee",
        email=email,
        company="Lee & Co",
        country="GB",
        language="en",
        key=key,
        guesser=guesser,
    )


def test_an_exhibitor_has_one_card_with_a_code_nobody_guesses(fair):
    assert booth_cards.make_card(fair.exhibitor, by=fair.maker) == fair.card
    assert len(fair.card.token) >= 22  # 128 bits in letters of six
    with pytest.raises(IntegrityError), transaction.atomic():
        BoothCard.objects.create(edition=fair.edition, exhibitor=fair.exhibitor, token="other")
    for other in (fair.buyer, world.exhibitor(fair.edition).person, world.officer(fair.edition, "director")):
        with pytest.raises(Forbidden):
            booth_cards.make_card(fair.exhibitor, by=other)


def test_renewed_the_old_card_leads_nowhere(fair, client, hello):
    fresh = booth_cards.renew_card(fair.card, by=fair.maker)
    assert client.get(hello).status_code == 404
    assert client.get(reverse("matchmaking:hello", args=[fair.edition.slug, fresh.token])).status_code == 200
    with pytest.raises(Refused):
        booth_cards.renew_card(fair.card, by=fair.maker)
    fair.card.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        typed(fair)
    assert refusal.value.code == "card_gone"


def test_a_card_of_who_withdrew_leads_nowhere(fair, client, hello):
    type(fair.exhibitor).objects.filter(pk=fair.exhibitor.pk).update(state="withdrawn")
    assert client.get(hello).status_code == 404


def test_the_page_says_who_the_maker_is_and_nothing_of_who_came(fair, client, hello):
    agrees(fair)
    by_badge(fair), typed(fair, key="typed")
    told = shown(client, hello)
    assert fair.exhibitor.company.name_vi in told
    for secret in (fair.buyer.full_name, fair.buyer.email, fair.importer.company.name_vi, "Ann Lee", "ann@example.org"):
        assert secret not in told
    assert 'type="checkbox" name="agreed" required>' in told  # never ticked beforehand


class TestSignedIn:
    def test_one_tap_hands_over_what_the_page_shows(self, fair, client, hello):
        client.force_login(fair.buyer)
        told = shown(client, hello)
        assert fair.buyer.email in told
        answer = client.post(hello, {"way": "tap", "key": "a"})
        assert (answer.status_code, answer.url) == (302, f"{hello}?done=tap")
        client.post(hello, {"way": "tap", "key": "a"}), client.post(hello, {"way": "tap", "key": "b"})
        lead = Lead.objects.with_contacts().get()
        assert (lead.contact.email, lead.kind, lead.country, lead.means) == (fair.buyer.email, "importer", "FR", "tap")
        assert (lead.stands, lead.times) == (True, 2)

    def test_the_journal_does_not_say_who_it_was(self, fair):
        booth_cards.leave_details(fair.card, person=fair.buyer, language="en", key="k")
        assert list(Entry.objects.filter(verb="matchmaking.lead.note").values_list("actor", "company", "subject")) == [
            (None, fair.exhibitor.company_id, "importer")
        ]

    def test_nobody_leaves_details_with_their_own_company(self, fair):
        with pytest.raises(Refused) as refusal:
            booth_cards.leave_details(fair.card, person=fair.maker, language="vi", key="k")
        assert refusal.value.code == "own_card"

    def test_they_take_them_back_and_it_stays_so_when_the_badge_is_scanned(self, fair, client):
        agrees(fair)
        lead = booth_cards.leave_details(fair.card, person=fair.buyer, language="en", key="k")
        client.force_login(fair.buyer)
        assert fair.exhibitor.company.name_vi in shown(client, page("makers", fair))
        client.post(page("take_back", fair, pk=lead.pk))
        assert not Lead.objects.standing().exists()
        scan_lead(fair.exhibitor, code=fair.badge.short_code, key="s", by=fair.maker)
        assert not Lead.objects.standing().exists()
        booth_cards.leave_details(fair.card, person=fair.buyer, language="en", key="again")
        assert Lead.objects.standing().exists()

    def test_nobody_takes_back_for_others(self, fair, client):
        lead = booth_cards.leave_details(fair.card, person=fair.buyer, language="en", key="k")
        client.force_login(fair.maker)
        assert client.post(page("take_back", fair, pk=lead.pk)).status_code == 404


class TestByBadge:
    def test_with_their_yes_to_scans_it_is_as_a_scan(self, fair):
        agrees(fair)
        by_badge(fair)
        assert Lead.objects.with_contacts().get().contact.email == fair.buyer.email
        assert not Delivery.objects.exists()

    def test_a_tick_alone_hands_nothing_over_a_letter_asks_the_holder_once(self, fair, client):
        """An exhibitor reads the code on a badge, opens its own card, and ticks in the visitor's name."""
        client.post(
            reverse("matchmaking:hello", args=[fair.edition.slug, fair.card.token]),
            {"way": "badge", "code": fair.badge.short_code, "agreed": "on", "key": "k"},
        )
        by_badge(fair, key="two")
        lead = Lead.objects.with_contacts().get()
        assert (lead.contact, lead.times) == (None, 2)
        letter = Delivery.objects.get()
        assert (letter.kind, letter.to) == ("matchmaking.share_details", fair.buyer)
        address = reverse("matchmaking:share", args=[sharing_link(lead, fair.buyer)])
        assert address in compose(letter).body
        assert client.get(address).status_code == 200
        assert Lead.objects.get().contact is None  # a mail program that looks at links says no yes
        client.post(address), client.post(address)
        lead = Lead.objects.with_contacts().get()
        assert (lead.contact.email, lead.means, lead.stands) == (fair.buyer.email, "letter", True)

    def test_a_link_for_one_maker_opens_no_other_and_a_changed_one_nothing(self, fair, client):
        by_badge(fair)
        link = sharing_link(Lead.objects.get(), fair.buyer)
        pk, _dash, rest = link.partition("-")
        for wrong in (f"{int(pk) + 1}-{rest}", f"{pk}-9{rest}", "x", f"{pk}-1:x"):
            assert client.post(reverse("matchmaking:share", args=[wrong])).status_code == 404

    def test_a_yes_withdrawn_meanwhile_is_asked_for_again(self, fair):
        agrees(fair)
        by_badge(fair)
        withdraws(fair)
        by_badge(fair, key="two")
        assert Delivery.objects.get().kind == "matchmaking.share_details"

    def test_the_answer_is_the_same_for_each_badge_and_unknown_ones_are_limited(self, fair, client, hello):
        agrees(fair)
        second = world.importer(fair.edition)
        silent = world.badge(fair.edition, second.person, second.part.company)
        answers = {
            client.post(hello, {"way": "badge", "code": code, "agreed": "on", "key": f"k{number}"}).url
            for number, code in enumerate([fair.badge.short_code, silent.short_code])
        }
        assert answers == {f"{hello}?done=badge"}
        wrong = world.badge(world.edition(), world.person()).short_code
        given = {"way": "badge", "code": wrong, "agreed": "on", "key": "k"}
        statuses = [client.post(hello, given).status_code for _try in range(21)]
        assert set(statuses) == {422}
        told = client.post(hello, given | {"code": fair.badge.short_code}, headers={"accept-language": "en"})
        assert "Too many unknown codes" in told.content.decode()

    def test_one_badge_floods_no_maker(self, fair):
        for number in range(LEFT_AT_MOST):
            by_badge(fair, key=str(number))
        with pytest.raises(TooMany):
            by_badge(fair, key="more")
        other = world.badge(fair.edition, world.person())
        by_badge(fair, key="more", code=other.short_code)
        assert (Lead.objects.count(), LeadVisit.objects.count()) == (2, LEFT_AT_MOST + 1)

    def test_without_the_tick_nothing_happens(self, fair, client, hello):
        given = {"way": "badge", "code": fair.badge.short_code, "key": "k"}
        assert client.post(hello, given).status_code == 422
        assert not Lead.objects.exists()


class TestTyped:
    def test_one_lead_for_each_address_however_often(self, fair):
        typed(fair), typed(fair), typed(fair, email="ANN@example.org ", key="two")
        lead = Lead.objects.with_contacts().get()
        assert (lead.contact.name, lead.contact.company, lead.contact.email) == (
            "Ann Lee",
            "Lee & Co",
            "ann@example.org",
        )
        assert (lead.kind, lead.means, lead.person, lead.times, lead.stands) == ("visitor", "typed", None, 2, True)

    def test_nothing_is_looked_up_by_a_known_address(self, fair):
        lead = typed(fair, email=fair.buyer.email)
        assert (lead.person, lead.buyer, lead.guest_name) == (None, None, "Ann Lee")

    def test_a_flood_from_one_place_is_stopped(self, fair):
        for number in range(LEFT_AT_MOST):
            typed(fair, email=f"a{number}@example.org", key=str(number))
        with pytest.raises(TooMany):
            typed(fair, email="one.more@example.org", key="more")
        assert typed(fair, email="one.more@example.org", key="more", guesser="elsewhere")

    def test_the_form_asks_for_a_yes_and_takes_no_link_as_a_name(self, fair, client, hello):
        given = {"way": "typed", "name": "Ann", "email": "a@example.org", "country": "GB", "key": "k"}
        assert client.post(hello, given).status_code == 422
        assert client.post(hello, given | {"agreed": "on", "name": "Buy https://x.example"}).status_code == 422
        assert client.post(hello, given | {"agreed": "on"}).url == f"{hello}?done=typed"


def test_wrong_cards_are_limited_and_before_the_fair_nothing_is_noted(fair, hello):
    visitor = Client()
    for _try in range(30):
        visitor.get(reverse("matchmaking:hello", args=[fair.edition.slug, "wrong"]))
    assert visitor.get(hello).status_code == 429
    with clock.at(world.FIRST_MORNING - timedelta(days=2)), pytest.raises(Refused):
        typed(fair)


def test_the_paper_is_a_page_of_a6_with_the_address(fair, client):
    client.force_login(fair.maker)
    answer = client.get(page("booth_card_pdf", fair))
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
