"""A visitor whose badge is scanned at a booth: named by their yes alone, once for each exhibitor."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from fairs import clock
from fairs.actions.restrictions import restrict
from fairs.errors import Forbidden, Invalid, Refused, TooMany
from fairs.models import Consent, Entry, Product
from matchmaking.actions import booth_cards, leads
from matchmaking.actions.at_the_booth import WRONG_AT_MOST, buyer_with_badge
from matchmaking.models import Deal, Lead, LeadVisit, Meeting
from tests import world
from tests.matchmaking.asking import agrees, withdraws

pytestmark = pytest.mark.django_db
LATER = world.FIRST_MORNING + timedelta(hours=2)


@pytest.fixture
def fair():
    with clock.at(world.FIRST_MORNING):
        sides = world.two_sides()
        sides.badge = world.badge(sides.edition, sides.buyer, sides.importer.company)
        yield sides


def scan(fair, key="one", **given):
    return leads.scan_lead(fair.exhibitor, **{"code": fair.badge.short_code, "by": fair.maker, "key": key} | given)


def seen(lead):
    return Lead.objects.with_contacts().get(pk=lead.pk)


def test_with_their_yes_the_exhibitor_has_the_details(fair):
    agrees(fair)
    lead = scan(fair, code=fair.badge.qr_code)
    known = lead.contact
    assert (known.name, known.company, known.country, known.email) == (
        fair.buyer.full_name, fair.importer.company, "FR", fair.buyer.email,
    )  # fmt: skip
    assert (lead.means, lead.text_version, lead.language) == ("badge", "2026-1", "en")
    assert seen(lead).stands


def test_without_it_a_visit_holds_a_kind_and_a_country_and_nothing_more(fair):
    lead = scan(fair)
    lead.refresh_from_db()
    assert (lead.kind, lead.country, lead.contact, lead.person, lead.buyer) == ("importer", "FR", None, None, None)
    told = " ".join(str(value) for row in (*Lead.objects.values(), *Entry.objects.values()) for value in row.values())
    for secret in (fair.buyer.full_name, fair.buyer.email, fair.importer.company.name_vi, fair.badge.short_code):
        assert secret not in told
    assert not Entry.objects.filter(company=fair.importer.company).exists()


def test_the_database_keeps_no_contact_without_a_yes(fair):
    lead = scan(fair)
    for field in ({"person": fair.buyer}, {"buyer": fair.importer.company}, {"guest_email": "a@example.org"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Lead.objects.filter(pk=lead.pk).update(**field)


def test_the_code_of_a_badge_is_read_typed_or_scanned_and_of_this_fair_alone(fair):
    assert scan(fair).pk == scan(fair, code=fair.badge.code.lower(), key="two").pk
    other = world.badge(world.edition(), world.person())
    forged = fair.badge.qr_code[:-1] + ("8" if fair.badge.qr_code[-1] == "0" else "0")
    for wrong in (other.short_code, other.qr_code, "K7MQ", forged):
        with pytest.raises(Invalid) as refusal:
            scan(fair, code=wrong, key=wrong[:20])
        assert refusal.value.code == "unknown_badge"


def test_scanned_again_it_is_the_same_lead_with_one_visit_more(fair):
    first = scan(fair)
    with clock.at(LATER):
        second = scan(fair, key="two")
    assert (second.pk, second.first_at, second.last_at) == (first.pk, world.FIRST_MORNING, LATER)
    assert LeadVisit.objects.count() == 2
    assert Lead.objects.with_contacts().get().times == 2


def test_the_same_key_is_the_same_visit(fair):
    assert scan(fair).pk == scan(fair).pk
    assert LeadVisit.objects.count() == 1
    other = world.importer(fair.edition)
    badge = world.badge(fair.edition, other.person, other.part.company)
    with pytest.raises(Refused) as refusal:
        scan(fair, code=badge.short_code)
    assert refusal.value.code == "key_used"


def test_the_database_keeps_one_lead_a_visitor(fair):
    lead = scan(fair)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lead.objects.create(
            edition=fair.edition, exhibitor=fair.exhibitor, visitor=lead.visitor, kind="importer",
            first_at=lead.first_at, last_at=lead.last_at,
        )  # fmt: skip


def test_a_new_badge_of_the_same_person_is_the_same_visitor_and_a_revoked_one_none(fair):
    first = scan(fair)
    fair.badge.follow("revoke", by=None)
    with pytest.raises(Invalid):
        scan(fair, key="two")
    fair.badge = world.badge(fair.edition, fair.buyer, fair.importer.company)
    assert scan(fair, key="three").pk == first.pk


def test_whoever_agrees_later_is_named_from_the_next_scan_on(fair):
    lead = scan(fair)
    agrees(fair)
    assert seen(lead).contact is None
    assert scan(fair, key="two").contact.name == fair.buyer.full_name


class TestTakenBack:
    """After a yes is withdrawn nobody gets the contact who has not received it before."""

    def test_an_exhibitor_who_scans_later_gets_an_anonymous_visit(self, fair):
        agrees(fair)
        first = scan(fair)
        withdraws(fair)
        other = world.exhibitor(fair.edition)
        later = leads.scan_lead(other.part, code=fair.badge.short_code, key="x", by=other.person)
        assert later.contact is None
        assert seen(first).contact.name == fair.buyer.full_name  # it was received before

    def test_who_had_received_it_is_told_and_gets_no_further_copy(self, fair):
        agrees(fair)
        lead = scan(fair)
        withdraws(fair)
        assert not seen(lead).stands
        assert not Lead.objects.standing().exists()
        assert scan(fair, key="two").pk == lead.pk
        assert not seen(lead).stands

    def test_while_the_use_of_their_data_is_restricted_nobody_gets_what_they_handed_over_by_themselves(self, fair):
        card = booth_cards.make_card(fair.exhibitor, by=fair.maker)
        lead = booth_cards.leave_details(card, person=fair.buyer, language="en", key="one")
        assert seen(lead).stands
        restrict(fair.buyer, by=fair.buyer)
        assert not seen(lead).stands
        assert not Lead.objects.standing().exists()

    def test_a_scan_that_arrives_after_it_hands_nothing_over_though_made_before(self, fair):
        agrees(fair)
        withdraws(fair)
        assert scan(fair, at=world.FIRST_MORNING - timedelta(minutes=5)).contact is None

    def test_a_new_yes_stands_again(self, fair):
        agrees(fair)
        lead = scan(fair)
        withdraws(fair)
        agrees(fair)
        assert seen(lead).stands


@pytest.mark.parametrize("kind", ["press", "delegate", "speaker"])
def test_press_and_delegations_are_no_leads_unless_they_agree(fair, kind):
    person = world.person()
    badge = world.badge(fair.edition, person, kind=kind)
    with pytest.raises(Invalid) as refusal:
        scan(fair, code=badge.short_code)
    assert refusal.value.code == "not_a_lead"
    assert not Lead.objects.exists()
    agrees(fair, person)
    assert scan(fair, code=badge.short_code).contact.name == person.full_name


@pytest.mark.parametrize("kind", ["exhibitor", "organiser", "staff", "contractor"])
def test_who_works_at_the_fair_is_no_visitor(fair, kind):
    badge = world.badge(fair.edition, world.person(), kind=kind)
    with pytest.raises(Invalid) as refusal:
        scan(fair, code=badge.short_code)
    assert refusal.value.code == "not_a_visitor"


def test_who_types_codes_at_random_is_stopped_before_one_is_found(fair):
    agrees(fair)
    wrong = world.badge(world.edition(), world.person()).short_code
    for number in range(WRONG_AT_MOST):
        with pytest.raises(Invalid):
            scan(fair, code=wrong, key=f"k{number}")
    with pytest.raises(TooMany):
        scan(fair)
    colleague = world.person()
    fair.exhibitor.company.memberships.create(person=colleague)
    assert scan(fair, by=colleague).contact  # only who guesses is stopped


def test_only_the_exhibitors_own_people_note_and_read(fair):
    lead = scan(fair)
    others = [fair.buyer, world.exhibitor(fair.edition).person, world.officer(fair.edition, "director")]
    for other in others:
        with pytest.raises(Forbidden):
            scan(fair, by=other, key="two")
        with pytest.raises(Forbidden):
            leads.write_lead(lead, rating="A", by=other)
        assert not Lead.objects.visible_to(other).exists()
    assert Lead.objects.visible_to(fair.maker).get() == lead


def test_visitors_are_noted_from_the_first_day_until_two_weeks_after_the_last(fair):
    for day, allowed in [(-1, False), (3, True), (17, True), (18, False)]:
        with clock.at(world.FIRST_MORNING + timedelta(days=day)):
            if allowed:
                assert scan(fair, key=str(day))
            else:
                with pytest.raises(Refused) as refusal:
                    scan(fair, key=str(day))
                assert refusal.value.code == "not_open"


def test_a_scan_kept_on_a_phone_has_its_own_moment_within_the_fair(fair):
    before = world.FIRST_MORNING - timedelta(hours=1)
    assert scan(fair, at=before).first_at == before
    assert scan(fair, key="two", at=LATER).last_at == world.FIRST_MORNING  # a clock that runs ahead
    long_ago = scan(fair, key="three", at=world.FIRST_MORNING - timedelta(days=99)).first_at
    assert long_ago.astimezone(fair.edition.zone).date() == fair.edition.opens_on


def test_what_is_typed_beside_the_code_is_kept_and_what_a_colleague_wrote_stays(fair):
    scan(fair, rating="A", note="Wants 300 bowls")
    lead = scan(fair, key="two", note="Came back for prices")
    assert (lead.rating, lead.note) == ("A", "Wants 300 bowls\nCame back for prices")


def test_writing_says_what_and_by_when(fair):
    lead = scan(fair)
    group = world.product_group()
    vase = Product.objects.create(company=fair.exhibitor.company, product_group=group, name_vi="Bình")
    leads.write_lead(
        lead, rating="B", note=" Vases ", product=vase, next_step="prices", next_on=date(2018, 10, 20), by=fair.maker
    )
    lead.refresh_from_db()
    assert (lead.rating, lead.note, lead.product, lead.product_group) == ("B", "Vases", vase, group)
    assert Entry.objects.get(verb="matchmaking.lead.write").fields == [
        "next_on", "next_step", "note", "product", "product_group", "rating",
    ]  # fmt: skip
    assert leads.do_step(lead, by=fair.maker).done_at == world.FIRST_MORNING
    with clock.at(LATER):
        assert leads.do_step(lead, by=fair.maker).done_at == world.FIRST_MORNING
    leads.write_lead(lead, rating="B", next_step="call", by=fair.maker)
    assert lead.done_at is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"rating": "D"}, "rating"),
        ({"next_step": "dance"}, "next_step"),
        ({"next_on": date(2018, 10, 20)}, "step_missing"),
        ({"note": "x" * 2001}, "note_too_long"),
    ],
)
def test_what_makes_no_sense_is_refused(fair, given, code):
    with pytest.raises(Invalid) as refusal:
        leads.write_lead(scan(fair), by=fair.maker, **given)
    assert refusal.value.code == code


def test_a_product_of_others_is_refused(fair):
    foreign = Product.objects.create(company=world.company(), product_group=world.product_group(), name_vi="Bình")
    with pytest.raises(Invalid) as refusal:
        leads.write_lead(scan(fair), product=foreign, by=fair.maker)
    assert refusal.value.code == "product"


def test_a_meeting_is_logged_by_one_tap_and_once(fair):
    agrees(fair)
    lead = scan(fair)
    meeting = leads.meet_lead(lead, key="m", by=fair.maker)
    assert (meeting.state, meeting.walk_in, meeting.importer, meeting.importer_person) == (
        "held", True, fair.importer, fair.buyer,
    )  # fmt: skip
    assert leads.meet_lead(lead, key="m", by=fair.maker) == meeting
    assert Meeting.objects.count() == 1
    assert not Deal.objects.exists()


def test_a_meeting_names_nobody_who_has_not_agreed(fair):
    with pytest.raises(Refused) as refusal:
        leads.meet_lead(scan(fair), key="m", by=fair.maker)
    assert refusal.value.code == "not_named"
    agrees(fair)
    lead = scan(fair, key="two")
    withdraws(fair)
    with pytest.raises(Refused):
        leads.meet_lead(lead, key="m", by=fair.maker)


def test_the_same_yes_is_asked_before_a_badge_names_a_buyer_for_a_meeting_or_a_contract(fair):
    with pytest.raises(Refused) as refusal:
        buyer_with_badge(fair.edition, fair.badge.short_code, by=fair.maker)
    assert refusal.value.code == "not_agreed"
    assert fair.importer.company.name_vi not in refusal.value.message
    agrees(fair)
    assert buyer_with_badge(fair.edition, fair.badge.short_code, by=fair.maker) == (fair.importer, fair.buyer)


def test_the_yes_of_another_edition_counts_for_nothing(fair):
    Consent.objects.create(
        person=fair.buyer,
        edition=world.edition(),
        purpose="share_on_scan",
        text_version="1",
        language="en",
        means="web",
    )
    assert scan(fair).contact is None
