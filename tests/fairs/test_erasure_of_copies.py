"""Files and copies with an erased person’s name: gone too, as is what exhibitors were given."""

from decimal import Decimal

import pytest
from django.core.files.storage import default_storage

from buyers.actions import printing
from buyers.actions.campaigns import begin_campaign
from buyers.actions.checklist import add_evidence_item
from buyers.actions.companions import add_companion
from buyers.actions.printing import begin_print, print_badges
from buyers.actions.travel import plan_item
from buyers.actions.vetting import give_evidence
from buyers.audience import Choice
from buyers.models import Badge, Companion, HostedContract, Invitee, PrintRun, TravelItem
from buyers.pasted import Typed
from fairs import clock
from fairs.actions.day_packs import ask_for_pack, make_pack
from fairs.actions.erasure import NAME, erase_person
from fairs.models import DayPack
from matchmaking.actions import booth_cards
from matchmaking.models import Lead
from tests import world
from tests.buyers.hosted import accepted, item_of
from tests.buyers.importers import importer

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 with her name"


@pytest.fixture
def edition():
    with clock.at(world.FIRST_MORNING):
        yield world.edition()


@pytest.fixture
def privacy(edition):
    return world.officer(edition, "privacy")


@pytest.fixture
def erase(privacy, django_capture_on_commit_callbacks):
    """Erases somebody, and writes the transaction."""

    def erased(person):
        with django_capture_on_commit_callbacks(execute=True):
            erase_person(person, by=privacy)

    return erased


def test_lists_of_days_go_and_one_that_is_being_made_leaves_no_file(edition, erase, monkeypatch):
    monkeypatch.setattr("fairs.actions.day_packs._enqueue", lambda pk: None)
    ready = ask_for_pack(edition, day=world.OPENS, by=world.officer(edition, "gate"))
    make_pack(ready.pk)
    ready.refresh_from_db()
    waiting = ask_for_pack(edition, day=world.OPENS, by=world.officer(edition, "finance"))
    kept = []

    def meanwhile(pack):
        erase(world.person())
        return iter([("list.pdf", PDF)])

    monkeypatch.setattr("fairs.actions.day_packs._said_on_the_way", meanwhile)
    monkeypatch.setattr(default_storage, "save", _kept(kept, default_storage.save), raising=False)
    make_pack(waiting.pk)
    assert not DayPack.objects.exists()
    assert len(kept) == 1
    assert not any(default_storage.exists(name) for name in [ready.file.name, *kept])


def _kept(names, save):
    def saved(*given, **more):
        names.append(save(*given, **more))
        return names[-1]

    return saved


def test_sheets_with_the_badge_go_and_those_of_others_stay(edition, erase, monkeypatch):
    desk = world.officer(edition, "importer_desk")
    hers, other = (world.badge(edition, world.person()) for _one in range(2))
    mine, rest = (begin_print(edition, badges=[one.pk], size="a6", by=desk) for one in (hers, other))
    monkeypatch.setattr(printing, "AT_ONCE", 0)
    drawn = begin_print(edition, badges=[hers.pk, other.pk], size="a6", by=desk)
    erase(hers.person)
    assert set(PrintRun.objects.values_list("pk", "state")) == {(rest.pk, "ready"), (drawn.pk, "stopped")}
    assert (default_storage.exists(mine.file), default_storage.exists(rest.file)) == (False, True)


def test_sheets_that_are_stopped_while_they_are_kept_are_kept_no_longer(edition, monkeypatch):
    desk = world.officer(edition, "importer_desk")
    monkeypatch.setattr(printing, "AT_ONCE", 0)
    run = begin_print(edition, badges=[world.badge(edition, world.person()).pk], size="a6", by=desk)

    def drawn(*given, **more):
        printing.stop_print(PrintRun.objects.get(pk=run.pk), by=desk)
        return PDF

    monkeypatch.setattr(printing, "sheet_pdf", drawn)
    print_badges(run.pk)
    run.refresh_from_db()
    assert (run.state, default_storage.exists(run.file)) == ("stopped", False)


def test_what_they_sent_goes_and_the_paper_of_a_payment_stays(edition, erase):
    desk = world.officer(edition, "importer_desk")
    one, paid = accepted(edition, desk), accepted(edition, desk, name="Ann All")
    line = add_evidence_item(edition, code="x", grades=[], by=desk, stage="claim", name_vi="x", name_en="x")
    line.grades.add(one.registration.grade)
    proof = give_evidence(one.registration, item=line, data=PDF, by=one.registration.person)
    ticket, bill = (plan_item(item_of(contract), data=PDF, actual=Decimal(9), by=desk) for contract in (one, paid))
    HostedContract.objects.filter(pk=paid.pk).update(state="released")
    for contract in (one, paid):
        erase(contract.registration.person)
    files = [row.file.name for row in (proof, ticket, bill)]
    assert [default_storage.exists(name) for name in files] == [False, False, True]
    assert sorted(TravelItem.objects.exclude(file="").values_list("pk", flat=True)) == [bill.pk]


def test_a_newer_paper_of_a_journey_takes_the_place_of_the_older(edition, django_capture_on_commit_callbacks):
    desk = world.officer(edition, "importer_desk")
    one = accepted(edition, desk)
    first = plan_item(item_of(one), data=PDF, by=desk).file.name
    with django_capture_on_commit_callbacks(execute=True):
        second = plan_item(item_of(one), data=PDF, by=desk).file.name
    assert (default_storage.exists(first), default_storage.exists(second)) == (False, True)


def test_no_invitation_that_waits_is_sent_and_a_companion_leaves_their_place(edition, erase, monkeypatch):
    monkeypatch.setattr("buyers.actions.campaigns._enqueue", lambda pk: None)
    desk = world.officer(edition, "importer_desk")
    begin_campaign(
        edition, name="A", choice=Choice(), by=desk, typed=[Typed("new@example.org", "New Guest", "New House", "FR")]
    )
    erase(Invitee.objects.get().person)
    assert not Invitee.objects.exists()
    host = importer(edition, grade="ordinary")
    beside = add_companion(host, full_name="Ida Nord", kind="companion", by=host.person)
    erase(beside.person)
    assert not Badge.objects.valid().filter(person=beside.person).exists()
    assert Companion.objects.get(pk=beside.pk).state == "left"


def test_no_exhibitor_has_them_any_more_however_they_left_their_details(edition, erase):
    fair = world.two_sides(edition)
    card = booth_cards.make_card(fair.exhibitor, by=fair.maker)
    tapped = booth_cards.leave_details(card, person=fair.buyer, language="en", key="a")
    typed = booth_cards.leave_typed(
        card, name="B. Short", email=fair.buyer.email, company="Her House", country="FR", language="en", key="b",
        guesser="ip",
    )  # fmt: skip
    other = booth_cards.leave_typed(
        card, name="Ann Lee", email="ann@example.org", company="", country="GB", language="en", key="c", guesser="ip"
    )
    Lead.objects.update(note="Wants red bowls, call her", folded="wants red bowls, call her")
    erase(fair.buyer)
    for gone in (tapped, typed):
        gone = Lead.objects.with_contacts().get(pk=gone.pk)
        assert (gone.note, gone.folded, gone.stands, gone.contact.name, gone.contact.email) == ("", "", False, NAME, "")
        assert gone.guest_company == ""
    assert Lead.objects.with_contacts().get(pk=other.pk).contact.name == "Ann Lee"
