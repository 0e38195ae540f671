"""Appeals against a place from a round: it is kept meanwhile, then it stands anew or is taken back."""

from datetime import datetime, time, timedelta

import pytest

from booths.actions.appeals import appeal_place, dismiss_appeal, uphold_appeal
from booths.actions.offers import decline_offer, end_offers, make_offers, promised, take_offer
from booths.actions.reservations import hold_booths
from booths.actions.round_publishing import publish_round
from booths.models import Appeal, Booth
from fairs import clock
from fairs.deliveries import compose
from fairs.errors import Forbidden
from fairs.models import Delivery, Entry, Notice
from fairs.states import StateConflict
from tests import world
from tests.booths.rounds import asking, proposed, refusal

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=48)


@pytest.fixture
def maker(edition):
    """An applicant for two booths."""
    return asking(edition, booths=2)


@pytest.fixture
def offer(edition, desk, maker):
    """The place that a signed round gave."""
    [made] = publish_round(proposed(edition, by=desk), seen=1, by=desk)
    return made


@pytest.fixture
def appeal(offer, maker):
    """An appeal against it, a day later."""
    with clock.at(world.NOON + timedelta(days=1)):
        return appeal_place(offer, text=" Xa cổng quá ", by=maker.contact)


def stands_until(offer):
    """The offer's last moment, which is that of each of its booths."""
    offer.refresh_from_db()
    [until] = set(offer.reservations.filter(state="held").values_list("held_until", flat=True))
    assert until == offer.expires_at
    return until


def test_an_appeal_keeps_the_place_until_it_is_answered(offer, maker, appeal):
    assert (appeal.state, appeal.offer, appeal.application, appeal.text) == ("open", offer, maker, "Xa cổng quá")
    opening = datetime.combine(maker.edition.opens_on, time.min, maker.edition.zone)
    assert stands_until(offer) == opening
    assert Entry.objects.get(verb="booths.appeal.make").company_id == maker.company_id
    with clock.at(opening - timedelta(hours=1)):
        end_offers(maker.edition)
        assert Booth.objects.free(clock.now()).count() == 2
    offer.refresh_from_db()
    assert offer.state == "open"


def test_dismissed_it_stands_as_a_new_offer_does(offer, maker, appeal, desk):
    answered = world.NOON + timedelta(days=2)
    with clock.at(answered):
        assert refusal(dismiss_appeal, appeal, answer=" ", by=desk) == "no_reason"
        dismiss_appeal(appeal, answer="Không còn chỗ nào gần hơn", by=desk)
        assert stands_until(offer) == answered + HOURS
        assert refusal(appeal_place, offer, text="Lần nữa", by=maker.contact) == "appeal_answered"
        assert offer.codes in compose(Delivery.objects.get(kind="booths.appeal_dismissed")).body
        take_offer(offer, by=maker.contact)
    assert Notice.objects.get().lines.count() == 2


def test_upheld_it_is_taken_back_and_its_applicant_chooses_or_is_placed_anew(edition, offer, maker, appeal, desk):
    with clock.at(world.NOON + timedelta(days=2)):
        uphold_appeal(appeal, answer="Đúng vậy", by=desk)
        offer.refresh_from_db(), maker.refresh_from_db()
        assert (offer.state, maker.state) == ("taken_back", "accepted")
        assert set(offer.reservations.values_list("state", flat=True)) == {"released"}
        assert Booth.objects.free(clock.now()).count() == 4
        assert promised(edition) == {maker.booth_class_id: 2}
        waits = world.application(edition, state="waitlisted", booths=3)
        assert make_offers(edition) == []  # two of the four are kept for whoever is to be placed
        assert waits.offers.count() == 0
        assert compose(Delivery.objects.get(kind="booths.appeal_upheld")).body
        [second] = publish_round(proposed(edition, by=desk), seen=1, by=desk)
        assert second.application == maker
        assert appeal_place(second, text="Vẫn xa", by=maker.contact).state == "open"


def test_who_was_heard_may_choose_on_the_plan(edition, offer, maker, appeal, desk):
    uphold_appeal(appeal, by=desk)
    booths = list(edition.booths.filter(code__in=["A03", "A04"]))
    assert len(hold_booths(maker, booths=booths, by=maker.contact)) == 2


def test_what_was_taken_meanwhile_is_taken_back_no_more(offer, maker, appeal, desk):
    take_offer(offer, by=maker.contact)
    assert refusal(uphold_appeal, appeal, by=desk) == "place_taken"
    appeal.refresh_from_db()
    assert appeal.state == "open"
    dismiss_appeal(appeal, answer="Đã nhận", by=desk)
    maker.contact.language = "en"
    maker.contact.save()
    letter = compose(Delivery.objects.get(kind="booths.appeal_dismissed")).body
    assert "Take it" not in letter
    assert f"{offer.codes} at {maker.edition.name_en}. We looked at it, and found no other." in letter
    assert set(maker.reservations.values_list("state", flat=True)) == {"reserved"}


@pytest.mark.parametrize("answer", [uphold_appeal, dismiss_appeal])
def test_a_place_that_was_declined_meanwhile_stays_declined(offer, maker, appeal, desk, answer):
    decline_offer(offer, by=maker.contact)
    answer(appeal, answer="Đã rõ", by=desk)
    offer.refresh_from_db()
    assert offer.state == "declined"
    assert Booth.objects.free(world.NOON).count() == 4


def test_when_nobody_answers_before_the_opening_the_place_runs_out(offer, maker, appeal, desk):
    with clock.at(datetime.combine(maker.edition.opens_on, time(1), maker.edition.zone)):
        end_offers(maker.edition)
        offer.refresh_from_db()
        assert offer.state == "expired"
        uphold_appeal(appeal, by=desk)
        assert promised(maker.edition) == {}


def test_what_can_be_appealed(edition, offer, maker, appeal, desk):
    stranger = world.application(edition, state="withdrawn").contact
    waits = world.application(edition, state="waitlisted", booths=1)
    assert refusal(appeal_place, offer, text="  ", by=maker.contact) == "no_text"
    assert refusal(appeal_place, offer, text="Nữa", by=maker.contact) == "appeal_open"
    with pytest.raises(Forbidden):
        appeal_place(offer, text="Xa", by=stranger)
    [from_list] = make_offers(edition)
    assert refusal(appeal_place, from_list, text="Xa", by=waits.contact) == "not_a_place"
    with clock.at(datetime.combine(edition.opens_on, time(1), edition.zone)):
        assert refusal(appeal_place, offer, text="Muộn", by=maker.contact) == "not_a_place"


def test_only_the_desk_answers_and_only_once(offer, maker, appeal, desk):
    for deed in (uphold_appeal, dismiss_appeal):
        with pytest.raises(Forbidden):
            deed(appeal, answer="Vâng", by=maker.contact)
    uphold_appeal(appeal, by=desk)
    with pytest.raises(StateConflict):
        dismiss_appeal(appeal, answer="Không", by=desk)
    assert Appeal.objects.get().state == "upheld"
