"""Both sides of each pair are asked at every rung after the fair, once, until they answer or want no more."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from fairs import clock
from fairs.deliveries import compose, send
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Delivery, Edition, Entry, Participation, Person
from matchmaking.actions import follow_up as actions
from matchmaking.follow_up_pairs import pairs_of, parts_in_pairs
from matchmaking.models import Deal, FollowUp, FollowUpRules, FollowUpRung, Lead, NoFollowUps
from tests import world
from tests.matchmaking.asking import recorded
from tests.matchmaking.following import AFTER, asked_of, met

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


@pytest.fixture
def fair():
    """Thirty days after the fair, at ten."""
    with clock.at(AFTER):
        yield world.two_sides()


def lead(fair, **given):
    fields = {"handed_at": world.NOON, "means": "tap", "person": fair.buyer, "buyer": fair.importer.company}
    return Lead.objects.create(
        edition=fair.edition, exhibitor=fair.exhibitor, visitor="v", kind="importer", first_at=world.NOON,
        last_at=world.NOON, **fields | given,
    )  # fmt: skip


def letters(kind="matchmaking.follow_up"):
    return Delivery.objects.filter(kind=kind)


def at(days, **more):
    return clock.at(AFTER + timedelta(days=days - 30, **more))


def test_who_met_is_asked_on_both_sides_once(fair):
    met(fair)
    assert actions.owe_follow_ups() == 2
    assert actions.owe_follow_ups() == 0
    assert set(letters().values_list("to", flat=True)) == {fair.maker.pk, fair.buyer.pk}
    assert set(FollowUp.objects.values_list("side", "days", "state")) == {
        ("exhibitor", 30, "asked"), ("importer", 30, "asked"),
    }  # fmt: skip
    assert not actions.ask(fair.importer, 30)


def test_a_pair_also_comes_of_a_paper_or_of_details_handed_over(fair):
    assert not parts_in_pairs(fair.edition)
    deal = recorded(fair)
    assert set(parts_in_pairs(fair.edition)) == {fair.exhibitor, fair.importer}
    Deal.objects.update(state="cancelled")
    assert not parts_in_pairs(fair.edition)
    handed = lead(fair)
    assert set(parts_in_pairs(fair.edition)) == {fair.exhibitor, fair.importer}
    assert pairs_of(fair.exhibitor) == pairs_of(fair.importer) == {(deal.exhibitor_id, deal.importer_id)}
    Lead.objects.update(taken_back_at=clock.now())
    assert not parts_in_pairs(fair.edition)
    assert pairs_of(fair.exhibitor) == pairs_of(fair.importer) == set()
    handed.delete()


def test_a_meeting_that_was_not_held_asks_nobody(fair):
    met(fair).__class__.objects.update(state="no_show")
    assert actions.owe_follow_ups() == 0


def test_one_letter_asks_about_everybody(fair):
    met(fair)
    other = world.exhibitor(fair.edition, name_vi="Mây tre Phú Vinh", name_en="Phu Vinh Rattan")
    met(fair, exhibitor=other.part)
    assert actions.owe_follow_ups() == 3
    [letter] = letters().filter(to=fair.buyer)
    text = compose(letter).body
    assert "had to do with 2 companies" in text
    assert "Phu Vinh Rattan" in text
    for one in FollowUp.objects.filter(side="importer"):
        assert all(f"{one.url}?answer={answer}" in text for answer in ("talking", "sample", "ordered", "lost"))


def test_the_letter_speaks_each_readers_language(fair):
    met(fair)
    actions.owe_follow_ups()
    assert "Dear Camille Lefèvre" in compose(letters().get(to=fair.buyer)).body
    assert "Kính gửi Bùi Thị Hiền" in compose(letters().get(to=fair.maker)).body


@pytest.mark.parametrize(
    ("days", "rung"), [(29, None), (30, 30), (50, 30), (51, None), (90, 90), (365, 365), (400, None)]
)
def test_each_rung_has_its_days(fair, days, rung):
    met(fair)
    with at(days):
        actions.owe_follow_ups()
    assert set(FollowUp.objects.values_list("days", flat=True)) == ({rung} if rung else set())


def test_nobody_is_written_to_at_night_nor_by_a_fair_that_goes_on(fair):
    met(fair)
    with at(30, hours=12):
        assert actions.owe_follow_ups() == 0
    Edition.objects.update(closes_on=world.OPENS + timedelta(days=60))
    assert actions.owe_follow_ups() == 0


def test_the_days_are_data_of_the_edition(fair):
    met(fair)
    desk = world.officer(fair.edition, "reports")
    actions.set_follow_up_rules(fair.edition, days=[30, 7, 30], remind_after=0, by=desk)
    assert FollowUpRules.objects.get().days == [7, 30]
    for wrong in ([0], [731], list(range(1, 10))):
        with pytest.raises(Invalid):
            actions.set_follow_up_rules(fair.edition, days=wrong, remind_after=7, by=desk)
    with pytest.raises(Forbidden):
        actions.set_follow_up_rules(fair.edition, days=[30], remind_after=7, by=fair.maker)
    actions.set_follow_up_rules(fair.edition, days=[], remind_after=7, by=desk)
    assert actions.owe_follow_ups() == 0


def test_a_new_edition_takes_the_rungs_over(fair):
    actions.set_follow_up_rules(fair.edition, days=[60], remind_after=3, by=world.officer(fair.edition, "director"))
    later = world.edition()
    actions.copy_follow_up_rules(fair.edition, later)
    assert (actions.rules_after(later).days, actions.rules_after(later).remind_after) == ([60], 3)


def test_one_reminder_comes_while_something_is_unanswered(fair):
    met(fair)
    one = asked_of(fair)
    asked_of(fair, "exhibitor")
    actions.answer_follow_up(one, answer="talking", token=one.token, by=NOBODY)
    with at(36):
        assert actions.owe_reminders() == 0
    with at(37):
        assert actions.owe_reminders() == 1
        assert actions.owe_reminders() == 0
        assert letters("matchmaking.follow_up_again").get().to == fair.maker


def test_no_reminder_when_none_is_wanted(fair):
    met(fair)
    asked_of(fair)
    FollowUpRules.objects.create(edition=fair.edition, remind_after=0)
    with at(40):
        assert actions.owe_reminders() == 0


def test_an_answer_is_taken_by_the_link_and_said_again_changes_nothing(fair):
    met(fair)
    one = asked_of(fair)
    for _twice in range(2):
        actions.answer_follow_up(
            one, answer="ordered", amount=Decimal(5000), currency="EUR", token=one.token, by=NOBODY
        )
    one.refresh_from_db()
    assert (one.state, one.amount, one.currency, one.version) == ("ordered", 5000, "EUR", 1)
    assert Entry.objects.filter(verb="matchmaking.followup.order").get().company == fair.importer.company
    actions.answer_follow_up(one, answer="lost", reason="price", by=fair.buyer)
    one.refresh_from_db()
    assert (one.state, one.amount, one.currency, one.reason, one.answered_by) == ("lost", None, "", "price", fair.buyer)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"answer": "asked"}, "answer"),
        ({"answer": "ordered", "currency": "USD"}, "amount"),
        ({"answer": "ordered", "currency": "USD", "amount": Decimal(0)}, "amount"),
        ({"answer": "ordered", "currency": "JPY", "amount": Decimal("1.5")}, "amount"),
        ({"answer": "ordered", "currency": "USD", "amount": Decimal(10) ** 15}, "amount"),
        ({"answer": "ordered", "currency": "XXX", "amount": Decimal(1)}, "currency"),
        ({"answer": "lost"}, "reason"),
    ],
)
def test_what_makes_no_sense_is_refused(fair, given, code):
    met(fair)
    one = asked_of(fair)
    with pytest.raises(Invalid) as refusal:
        actions.answer_follow_up(one, token=one.token, by=NOBODY, **given)
    assert refusal.value.code == code


def test_only_the_side_that_was_asked_answers(fair):
    met(fair)
    one = asked_of(fair)
    for by, token in [(fair.maker, ""), (NOBODY, "wrong"), (world.officer(fair.edition, "director"), "")]:
        with pytest.raises(Forbidden):
            actions.answer_follow_up(one, answer="talking", token=token, by=by)
    assert not FollowUp.objects.visible_to(fair.maker)
    assert list(FollowUp.objects.visible_to(fair.buyer)) == [one]


def test_what_came_to_nothing_is_not_asked_again_by_the_side_that_said_so(fair):
    met(fair)
    one = asked_of(fair)
    asked_of(fair, "exhibitor")
    actions.answer_follow_up(one, answer="lost", reason="silence", token=one.token, by=NOBODY)
    with at(90):
        actions.owe_follow_ups()
    assert list(FollowUp.objects.filter(days=90).values_list("side", flat=True)) == ["exhibitor"]
    assert FollowUpRung.objects.filter(days=90).count() == 2  # looked at, so that no beat looks again


def test_who_wants_no_more_gets_none_and_a_colleague_still_does(fair):
    met(fair)
    colleague = world.person("Hoa")
    fair.importer.company.memberships.create(person=colleague)
    for _twice in range(2):
        actions.stop_follow_ups(fair.edition, person=fair.buyer, by=NOBODY)
    assert NoFollowUps.objects.get().person == fair.buyer
    actions.owe_follow_ups()
    assert set(letters().values_list("to", flat=True)) == {fair.maker.pk, colleague.pk}


def test_a_side_of_which_nobody_wants_more_is_not_asked(fair):
    met(fair)
    actions.stop_follow_ups(fair.edition, person=fair.buyer, by=NOBODY)
    actions.owe_follow_ups()
    assert list(FollowUp.objects.values_list("side", flat=True)) == ["exhibitor"]


def test_who_restricted_the_use_of_their_data_gets_no_letter(fair, mailoutbox):
    met(fair)
    Person.objects.filter(pk=fair.buyer.pk).update(restricted_at=clock.now())
    actions.owe_follow_ups()
    letter = letters().get(to=fair.buyer)
    send(letter.pk)
    letter.refresh_from_db()
    assert letter.state == "given_up"
    assert not [mail for mail in mailoutbox if fair.buyer.email in mail.to]


def test_a_side_that_withdrew_is_not_asked(fair):
    met(fair)
    Participation.objects.filter(pk=fair.exhibitor.pk).update(state="withdrawn")
    assert actions.owe_follow_ups() == 1


def test_a_contract_is_recorded_from_an_order_and_tied_to_the_edition(fair):
    met(fair)
    one = asked_of(fair)
    terms = {
        "kind": "contract", "product_group": world.product_group(), "currency": "EUR", "amount": Decimal(5000),
        "key": "k", "by": fair.buyer,
    }  # fmt: skip
    with pytest.raises(Refused) as refusal:
        actions.record_order(one, signed_on=AFTER.date(), **terms)
    assert refusal.value.code == "no_order"
    actions.answer_follow_up(one, answer="ordered", amount=Decimal(5000), currency="EUR", by=fair.buyer)
    deal = actions.record_order(one, signed_on=AFTER.date(), **terms)
    one.refresh_from_db()
    assert (one.deal, deal.edition, deal.recorded_side) == (deal, fair.edition, "importer")
    with pytest.raises(Refused) as refusal:
        actions.answer_follow_up(one, answer="lost", reason="price", by=fair.buyer)
    assert refusal.value.code == "deal_recorded"
    with pytest.raises(Forbidden):
        actions.record_order(one, signed_on=AFTER.date(), **terms | {"by": fair.maker})


def test_after_twelve_months_a_contract_no_longer_comes_from_the_fair(fair):
    met(fair)
    one = asked_of(fair)
    actions.answer_follow_up(one, answer="ordered", amount=Decimal(5000), currency="EUR", by=fair.buyer)
    terms = {"kind": "contract", "product_group": world.product_group(), "currency": "EUR", "amount": Decimal(5000)}
    last = fair.edition.closes_on.replace(year=2019)
    with at(400):
        with pytest.raises(Invalid) as refusal:
            actions.record_order(one, signed_on=last + timedelta(days=1), key="k", by=fair.buyer, **terms)
        assert refusal.value.code == "signed_on"
        assert actions.record_order(one, signed_on=last, key="k", by=fair.buyer, **terms).signed_on == last


def test_the_database_keeps_one_question_for_each_pair_rung_and_side(fair):
    met(fair)
    one = asked_of(fair)
    again = FollowUp(
        edition=one.edition, rung=one.rung, exhibitor=one.exhibitor, importer=one.importer, days=30, side="importer"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    for wrong in ({"state": "ordered"}, {"state": "lost"}, {"answered_at": clock.now()}, {"amount": 5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FollowUp.objects.filter(pk=one.pk).update(**wrong)


def test_what_breaks_off_before_the_letter_is_owed_asks_nobody(fair, monkeypatch):
    met(fair)

    def dies(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(actions, "owe", dies)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        actions.ask(fair.importer, 30)
    assert not FollowUpRung.objects.exists()
    monkeypatch.undo()
    assert actions.owe_follow_ups() == 2
    assert letters().count() == 2
