"""Signing a round: who is offered what, who waits and why, what becomes of it; the record works out again."""

from datetime import timedelta
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from booths.actions import round_moves
from booths.actions.applications import withdraw_application
from booths.actions.floor import block_booth
from booths.actions.offers import decline_offer, make_offers, promised, take_offer
from booths.actions.reservations import hold_booths, reserve_held
from booths.actions.round_moves import move_applicant, pin, solve_rest, undo
from booths.actions.round_publishing import differences, digest_of, publish_round, record_of
from booths.actions.rounds import drop_round
from booths.models import Application, Booth, Offer, Proposal, Reservation, Round
from booths.round_names import names_of
from booths.round_words import no_place
from fairs import clock
from fairs.actions.merging import merge_companies
from fairs.errors import Forbidden, Refused
from fairs.models import Delivery, Entry, Notice, Participation
from fairs.states import StateConflict
from tests import world
from tests.booths.rounds import asking, drawn, placed, proposed, refusal, unit

pytestmark = pytest.mark.django_db
LATER = world.NOON + timedelta(hours=49)


@pytest.fixture
def pair(edition):
    """An applicant for two booths."""
    return asking(edition, booths=2, minutes=1)


@pytest.fixture
def single(edition):
    """An applicant for one."""
    return asking(edition, minutes=2)


@pytest.fixture
def worked(edition, desk, pair, single):
    """A round that gives the pair A01 and A02 and the single A03."""
    return placed(proposed(edition, by=desk), {pair: ["A01", "A02"], single: ["A03"]})


def codes(offer):
    return sorted(offer.reservations.values_list("booth__code", flat=True))


def everything():
    """What a signature that fails must leave as it was."""
    models = (Offer, Reservation, Delivery, Entry, Participation, Notice)
    return [model.objects.count() for model in models] + sorted(
        Application.objects.values_list("pk", "state", "version")
    )


def test_every_place_goes_out_as_an_offer(worked, edition, desk, pair, single):
    offers = publish_round(worked, seen=1, by=desk)
    assert (worked.state, worked.signed_by, worked.signed_at) == ("published", desk, world.NOON)
    assert [(offer.application, codes(offer)) for offer in offers] == [(pair, ["A01", "A02"]), (single, ["A03"])]
    for offer in offers:
        assert (offer.state, offer.round, offer.expires_at) == ("open", worked, world.NOON + timedelta(hours=48))
        assert offer.why == [worked.current.why[unit(offer.application)]]
    held = Reservation.objects.all()
    assert {(row.state, row.held_until, row.company_id == row.application.company_id) for row in held} == {
        ("held", offers[0].expires_at, True)
    }
    letters = Delivery.objects.order_by("pk")
    assert [(one.kind, one.to) for one in letters] == [
        ("booths.place_offered", pair.contact), ("booths.place_offered", single.contact)
    ]  # fmt: skip
    assert len(set(letters.values_list("message_id", flat=True))) == 2
    verbs = ["booths.offer.make", "booths.reservation.hold", "booths.round.publish"]
    assert [Entry.objects.filter(verb=verb, actor=desk).count() for verb in verbs] == [2, 3, 1]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_who_has_no_place_waits_and_reads_why(edition, desk, language):
    big = asking(edition, booths=5)
    big.contact.language = language
    big.contact.save()
    single = asking(edition, minutes=1)
    with translation.override("vi" if language == "en" else "en"):
        [offer] = publish_round(proposed(edition, by=desk), seen=1, by=desk)
    big.refresh_from_db()
    assert (offer.application, big.state) == (single, "waitlisted")
    with translation.override(language):
        assert big.reason == str(no_place("class_too_small"))
    letter = Delivery.objects.get(kind="booths.no_place")
    assert (letter.to, letter.about) == (big.contact, f"booths.application:{big.pk}")
    parts = dict(Participation.objects.values_list("company", "state"))
    assert parts == {big.company_id: "withdrawn", single.company_id: "active"}


def test_of_a_group_without_room_for_all_nobody_has_a_place(edition, desk):
    group = asking(edition, booths=3, is_group=True)
    worked = proposed(edition, by=desk)
    plan = {unit(group, 1): ["A01"], unit(group, 2): ["A02"]}
    Proposal.objects.update(plan=plan, unplaced={unit(group, 3): "full"})
    assert publish_round(worked, seen=1, by=desk) == []
    group.refresh_from_db()
    assert (group.state, Reservation.objects.count()) == ("waitlisted", 0)


def test_a_group_gets_one_offer_for_all_its_booths(edition, desk):
    group = asking(edition, booths=3, is_group=True)
    worked = proposed(edition, by=desk)
    [offer] = publish_round(worked, seen=1, by=desk)
    assert (offer.application, len(codes(offer)), len(offer.why)) == (group, 3, 3)


def test_who_had_booths_before_is_left_alone(edition, desk, pair, single):
    hold_booths(single, booths=list(edition.booths.filter(code="A04")), by=single.contact)
    worked = proposed(edition, by=desk)
    [offer] = publish_round(worked, seen=1, by=desk)
    assert offer.application == pair
    assert single.reservations.get().offer is None
    single.refresh_from_db()
    assert single.state == "accepted"


def spoil_by_holding(edition, desk, single):
    stranger = asking(edition, minutes=9)
    hold_booths(stranger, booths=list(edition.booths.filter(code="A02")), by=stranger.contact)
    return "A02"


def spoil_by_blocking(edition, desk, single):
    block_booth(edition.booths.get(code="A03"), reason="Cột", by=desk)
    return "A03"


def spoil_by_a_plan_without_the_booth(edition, desk, single):
    Booth.objects.filter(edition=edition, code="A01").update(retired=True)
    return "A01"


def spoil_by_withdrawing(edition, desk, single):
    withdraw_application(single, by=single.contact)
    return single.company.name_vi


def spoil_by_choosing_oneself(edition, desk, single):
    hold_booths(single, booths=list(edition.booths.filter(code="A04")), by=single.contact)
    return single.company.name_vi


def spoil_by_wanting_more(edition, desk, single):
    Application.objects.filter(pk=single.pk).update(booth_count=2)
    return single.company.name_vi


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_by_holding, spoil_by_blocking, spoil_by_a_plan_without_the_booth, spoil_by_withdrawing,
        spoil_by_choosing_oneself, spoil_by_wanting_more,
    ],
)  # fmt: skip
def test_what_has_changed_meanwhile_stops_all_of_it(worked, edition, desk, single, spoil):
    named, before = spoil(edition, desk, single), everything()
    with pytest.raises(Refused) as refused:
        publish_round(worked, seen=1, by=desk)
    assert refused.value.code == "changed_meanwhile"
    assert named in refused.value.message
    assert everything() == before
    worked.refresh_from_db()
    assert (worked.state, worked.signed_by) == ("proposed", None)
    drop_round(worked, by=desk)


def test_only_what_was_seen_is_signed_once_and_by_the_desk(worked, edition, desk, single):
    pin(worked, who=unit(single), seen=1, by=desk)
    before = everything()
    assert refusal(publish_round, worked, seen=1, by=desk) == "changed_meanwhile"
    with pytest.raises(Forbidden):
        publish_round(worked, seen=2, by=world.officer(edition, "finance"))
    assert everything() == before
    publish_round(worked, seen=2, by=desk)
    after = everything()
    with pytest.raises(StateConflict):
        publish_round(worked, seen=2, by=desk)
    assert everything() == after
    assert refusal(undo, worked, seen=2, by=desk) == "not_open"


def test_a_hold_or_a_place_that_ran_out_is_in_nobodys_way(worked, edition, desk, pair, single):
    stranger = asking(edition, minutes=9)
    with clock.at(world.NOON - timedelta(hours=1)):
        hold_booths(stranger, booths=list(edition.booths.filter(code="A02")), by=stranger.contact)
        Offer.objects.create(application=single, expires_at=world.NOON)  # of a round before, with no beat since
    publish_round(worked, seen=1, by=desk)
    assert sorted(single.offers.values_list("state", flat=True)) == ["expired", "open"]
    assert stranger.reservations.get().state == "lapsed"


def test_taking_a_place_reserves_it_and_issues_the_notice(worked, desk, pair):
    offer = publish_round(worked, seen=1, by=desk)[0]
    notice = take_offer(offer, by=pair.contact)
    offer.refresh_from_db(), pair.refresh_from_db()
    assert (offer.state, pair.state, notice.lines.count()) == ("taken", "accepted", 2)
    assert set(pair.reservations.values_list("state", flat=True)) == {"reserved"}
    assert take_offer(offer, by=pair.contact) == notice == Notice.objects.get()


def test_keeping_what_is_held_takes_the_place(worked, desk, pair):
    offer = publish_round(worked, seen=1, by=desk)[0]
    reserve_held(pair, by=pair.contact)
    offer.refresh_from_db()
    assert offer.state == "taken"


@pytest.mark.parametrize("way", ["declined", "expired"])
def test_a_place_that_is_missed_goes_to_the_waiting_list_in_order_of_points(edition, desk, single, way):
    few, many = (world.application(edition, state="waitlisted", booths=1) for _each in range(2))
    Booth.objects.filter(edition=edition).exclude(code="A01").update(blocked="Cột")
    worked = proposed(edition, by=desk)
    for application, points in ((few, 3), (many, 9)):
        Application.objects.filter(pk=application.pk).update(points=points, submitted_at=world.NOON)
    [offer] = publish_round(worked, seen=1, by=desk)
    assert make_offers(edition) == []
    with clock.at(LATER):
        if way == "declined":
            with clock.at(world.NOON):
                decline_offer(offer, by=single.contact)
        else:
            assert refusal(take_offer, offer, by=single.contact) == "offer_ran_out"
        assert promised(edition) == {}
        [following] = make_offers(edition)
    offer.refresh_from_db(), single.refresh_from_db()
    assert (offer.state, single.state) == (way, "accepted")
    assert (following.application, codes(following)) == (many, ["A01"])


def test_who_missed_a_place_may_choose_or_be_placed_anew(worked, edition, desk, pair, single):
    offer = publish_round(worked, seen=1, by=desk)[1]
    decline_offer(offer, by=single.contact)
    again = proposed(edition, by=desk)
    assert (again.number, again.instance["fixed"]) == (2, {unit(pair): ["A01", "A02"]})
    [second] = publish_round(again, seen=1, by=desk)
    assert (second.application, second.round) == (single, again)


def test_a_company_that_is_merged_meanwhile_gets_the_place_of_its_duplicate(worked, edition, desk, single):
    keep = world.company(name_vi="Lụa Vạn Phúc")
    merge_companies(keep, drop=single.company, by=desk)
    offer = publish_round(worked, seen=1, by=desk)[1]
    assert (offer.application, offer.application.company) == (single, keep)
    assert offer.reservations.get().company == keep
    assert names_of([unit(single)]) == {unit(single): "Lụa Vạn Phúc"}


def lived_through(edition, desk, pair, single, by_solver=drawn):
    """A round that was worked out, moved, pinned, solved again and signed."""
    worked = proposed(edition, by=desk)
    there = Proposal.objects.get().plan[unit(single)][0]
    move_applicant(worked, who=unit(single), booth="A01" if there != "A01" else "A04", seen=1, by=desk)
    undo(worked, seen=2, by=desk)
    move_applicant(worked, who=unit(pair), booth="A02", seen=1, by=desk)
    pin(worked, who=unit(pair), seen=3, by=desk)
    with patch.object(round_moves, "allocate", by_solver):
        solve_rest(worked, seen=4, by=desk)
    pin(worked, who=unit(pair), keep=False, seen=5, by=desk)
    publish_round(worked, seen=6, by=desk)
    return worked


def test_the_record_works_out_again_and_shows_what_was_tampered_with(edition, desk, pair, single):
    signed = lived_through(edition, desk, pair, single, round_moves.allocate)
    record = record_of(signed)
    assert [step["how"] for step in record["proposals"]] == ["solved", "moved", "pinned", "resolved", "unpinned"]
    assert signed.digest == digest_of(record)
    assert record == record_of(Round.objects.get(pk=signed.pk))
    assert pair.company.name_vi not in str(record)
    assert differences(signed) == []
    said = StringIO()
    call_command("rerun_round", edition.slug, "1", stdout=said)
    assert signed.digest in said.getvalue()
    Round.objects.update(signed_at=signed.signed_at - timedelta(days=1))
    with pytest.raises(CommandError, match="changed after it was signed"):
        call_command("rerun_round", edition.slug, "1", stdout=said)
    Round.objects.update(signed_at=signed.signed_at)
    solved = signed.proposals.get(number=1)
    there = {unit(single): ["A04"], unit(pair): ["A02", "A03"]}
    assert solved.plan != there
    Proposal.objects.filter(pk=solved.pk).update(plan=there)
    assert differences(signed)[0] == 1
    assert digest_of(record_of(signed)) != signed.digest
    with pytest.raises(CommandError, match="come out differently: 1"):
        call_command("rerun_round", edition.slug, "1", stdout=said)


@pytest.mark.parametrize(
    ("number", "fields", "place"),
    [
        (3, {"objective": 1}, 2), (3, {"unplaced": {"a1": "full"}}, 2), (3, {"who": "a1"}, 2), (4, {"pins": []}, 3),
        (5, {"steps": 0, "plan": {}}, 4), (6, {"pins": ["a1"]}, 5),
    ],
)  # fmt: skip
def test_whatever_was_tampered_with_is_found(edition, desk, pair, single, number, fields, place):
    signed = lived_through(edition, desk, pair, single)
    Proposal.objects.filter(round=signed, number=number).update(**fields)
    assert place in differences(signed)


def test_a_round_that_is_not_signed_cannot_be_checked(worked, edition):
    with pytest.raises(CommandError, match="no signed round 1"):
        call_command("rerun_round", edition.slug, "1")


@pytest.mark.parametrize("count", [1, 3, pytest.param(300, marks=pytest.mark.once)])
def test_signing_asks_the_same_for_any_number(count):
    with clock.at(world.NOON):
        edition = world.edition()
        world.floor(edition, count)
        desk = world.officer(edition, "booth_desk")
        for minutes in range(count):
            asking(edition, minutes=minutes)
        worked = proposed(edition, by=desk)
        assert desk.roles_in(edition)
        with CaptureQueriesContext(connection) as asked:
            assert len(publish_round(worked, seen=1, by=desk)) == count
    # Of very many rows SQLite takes some in batches.
    assert len(asked) == 27 or (count == 300 and len(asked) < 50)
