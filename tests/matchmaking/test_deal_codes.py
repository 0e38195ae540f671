"""The code on the recording side's phone: the other side confirms where they stand, and can object to it later."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from fairs import clock
from fairs.deliveries import compose
from fairs.errors import Forbidden, Invalid, Refused, TooMany
from fairs.models import Delivery
from matchmaking.actions.deals import OBJECTION, confirm_deal, object_to_deal
from matchmaking.deal_codes import MINUTES, SALT, TRIES, code_of, deal_behind, number_of
from matchmaking.models import Deal
from tests import world
from tests.matchmaking.asking import page, recorded, shown

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


@pytest.fixture
def fair():
    """The first morning of the fair, at ten."""
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


def link(token, name="confirm"):
    return reverse(f"matchmaking:{name}", args=[token])


def by_code(deal):
    """A yes by the code on the other side's phone, with the number of one's letter."""
    return confirm_deal(deal, by=NOBODY, token=code_of(deal), number=number_of(deal))


def test_on_another_phone_of_the_recording_side_the_code_alone_answers_nothing(fair, client):
    deal = recorded(fair)
    code, wrong = code_of(deal), f"{(int(number_of(deal)) + 1) % 10**6:06}"
    for number in ("", wrong, "x"):
        yes = client.post(link(code, "confirm_yes"), {"number": number})
        no = client.post(link(code, "confirm_differs"), {"number": number, "other_amount": "7,000,000"})
        assert (yes.status_code, no.status_code) == (422, 422)
        assert "number" in yes.content.decode()
    deal.refresh_from_db()
    assert (deal.state, deal.other_amount) == ("recorded", None)
    client.post(link(code, "confirm_differs"), {"number": number_of(deal), "other_amount": "7,000,000"})
    deal.refresh_from_db()
    assert (deal.state, deal.other_amount) == ("disputed", 7_000_000)


def test_the_number_stands_in_the_letter_of_the_other_side_alone(fair, client):
    deal = recorded(fair)
    digits = number_of(deal)
    spaced = f"{digits[:3]}\N{NO-BREAK SPACE}{digits[3:]}"
    letter = compose(Delivery.objects.get(kind="matchmaking.deal_recorded"))
    assert spaced in letter.body
    client.force_login(fair.maker)
    for name in ("deal", "deal_code", "deal_history"):
        seen = shown(client, page(name, fair, pk=deal.pk))
        assert (spaced in seen, digits in seen) == (False, False)
    assert confirm_deal(deal, by=NOBODY, token=code_of(deal), number=f" {spaced} ").state == "confirmed"


def test_numbers_are_not_tried_without_end_from_however_many_phones(fair, client):
    deal = recorded(fair)
    for _try in range(TRIES):
        with pytest.raises(Invalid):
            confirm_deal(deal, by=NOBODY, token=code_of(deal), number="x")
    with pytest.raises(TooMany):
        by_code(deal)
    other = recorded(fair, key="two")
    assert by_code(other).state == "confirmed"
    assert confirm_deal(deal, by=NOBODY, token=deal.token).confirmed_by == "letter"


def test_whoever_is_signed_in_for_the_other_side_needs_no_number(fair, client):
    deal = recorded(fair)
    client.force_login(fair.buyer)
    assert "Number in your letter" not in shown(client, link(code_of(deal)))
    client.post(link(code_of(deal), "confirm_yes"))
    deal.refresh_from_db()
    assert (deal.state, deal.confirmed_by) == ("confirmed", "account")


def test_the_recording_side_shows_a_code_and_never_the_link_of_the_letter(fair, client):
    deal = recorded(fair)
    client.force_login(fair.maker)
    assert page("deal_code", fair, pk=deal.pk) in shown(client, page("deal", fair, pk=deal.pk))
    answer = client.get(page("deal_code", fair, pk=deal.pk))
    seen = answer.content.decode()
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="qr"' in seen
    assert deal.token not in seen
    assert "no-store" in answer["Cache-Control"]
    for person in [fair.buyer, world.officer(fair.edition, "director")]:
        client.force_login(person)
        assert client.get(page("deal_code", fair, pk=deal.pk)).status_code == 302
    client.force_login(world.exhibitor(fair.edition).person)
    assert client.get(page("deal_code", fair, pk=deal.pk)).status_code == 404


def test_the_code_confirms_without_an_account_and_the_other_side_is_told(fair, client):
    deal = recorded(fair)
    code = code_of(deal)
    seen = shown(client, link(code))
    assert "Is this right?" in seen
    assert deal.token not in seen
    client.post(link(code, "confirm_yes"), {"number": number_of(deal)})
    deal.refresh_from_db()
    assert (deal.state, deal.confirmed_by) == ("confirmed", "code")
    told = Delivery.objects.get(kind="matchmaking.deal_confirmed_by_code")
    assert told.to == fair.buyer
    assert "That was not us" not in shown(client, link(code))
    assert "That was not us" in shown(client, link(deal.token))


def test_the_other_side_objects_by_its_letter_and_the_paper_counts_no_more(fair, client):
    deal = by_code(recorded(fair))
    client.post(link(deal.token, "confirm_not_us"))
    deal.refresh_from_db()
    assert (deal.state, deal.level, deal.confirmed_at) == ("disputed", "claimed", None)
    assert Delivery.objects.filter(kind="matchmaking.deal_disputed", to=fair.maker).exists()


def test_neither_the_code_nor_the_recording_side_objects_and_not_for_ever(fair):
    deal = by_code(recorded(fair))
    for by, token in [(NOBODY, code_of(deal)), (NOBODY, "x"), (fair.maker, ""), (fair.maker, deal.token)]:
        with pytest.raises(Forbidden):
            object_to_deal(deal, by=by, token=token)
    with clock.at(clock.now() + OBJECTION + timedelta(minutes=1)), pytest.raises(Refused) as refusal:
        object_to_deal(deal, by=fair.buyer)
    assert refusal.value.code == "too_late"


def test_a_yes_by_ones_own_link_is_not_objected_to(fair):
    deal = confirm_deal(recorded(fair), by=NOBODY, token=Deal.objects.get().token)
    assert deal.confirmed_by == "letter"
    with pytest.raises(Refused) as refusal:
        object_to_deal(deal, by=fair.buyer)
    assert refusal.value.code == "not_by_code"


def test_a_code_opens_its_own_deal_for_some_minutes_and_is_not_forged(fair, client, monkeypatch):
    deal, other = recorded(fair), recorded(fair, key="two")
    code = code_of(deal)
    assert deal_behind(code) == deal.pk
    for forged in [code.replace(str(deal.pk), str(other.pk), 1), code[:-1], f"{deal.pk}:1:x", str(deal.pk), ""]:
        assert deal_behind(forged) is None
    with pytest.raises(Forbidden):
        confirm_deal(other, by=NOBODY, token=code)
    monkeypatch.setattr("matchmaking.deal_codes.MINUTES", -1)
    assert client.get(link(code)).status_code == 404
    assert MINUTES <= 30
    assert SALT


def test_the_recording_side_cannot_use_its_own_code(fair, client):
    deal = recorded(fair)
    client.force_login(fair.maker)
    assert client.post(link(code_of(deal), "confirm_yes")).status_code == 422
    deal.refresh_from_db()
    assert deal.state == "recorded"


def test_the_page_behind_a_code_shows_this_one_deal(fair, client):
    deal = recorded(fair, goods="Vases")
    recorded(fair, key="two", goods="Silk of another paper", importer=world.importer(fair.edition).part)
    seen = shown(client, link(code_of(deal)))
    assert "Vases" in seen
    assert "Silk" not in seen
    assert "HD00002" not in seen
