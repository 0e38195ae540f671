"""Letters for a visa: asked for, checked, issued by a person, replaced, ended."""

from datetime import timedelta

import pytest

from buyers.actions.registrations import withdraw_registration
from buyers.actions.visas import (
    ask_for_letter,
    check_letter,
    issue_letter,
    read_passport,
    refuse_letter,
    replace_letter,
    revoke_letter,
    withdraw_letter,
)
from buyers.models import VisaLetter
from fairs import clock
from fairs.actions.consents import withdraw_consent
from fairs.errors import DomainError, Forbidden, Invalid, Refused
from fairs.models import Consent, Counter, Delivery, Entry
from fairs.states import StateConflict
from tests import world
from tests.buyers.importers import importer
from tests.buyers.visas import PASSPORT, asked, issued, officer, passport

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        yield world.edition()


@pytest.fixture
def visa(edition):
    return officer(edition)


def test_asking_keeps_the_data_under_its_own_consent(edition):
    letter = asked(edition)
    assert (letter.state, letter.number, letter.readable) == ("asked", "", True)
    consent = Consent.objects.get(person=letter.person, purpose="passport")
    assert (consent.language, consent.means, consent.withdrawn_at) == ("en", "web", None)
    assert read_passport(letter, by=letter.person) == PASSPORT
    assert not Entry.objects.filter(verb="buyers.visaletter.read").exists()


def test_without_the_consent_nothing_is_kept(edition):
    person = importer(edition).person
    with pytest.raises(Invalid) as refusal:
        ask_for_letter(edition, person=person, passport=PASSPORT, consents=["news"], language="en", by=person)
    assert refusal.value.code == "consent_needed"
    assert not VisaLetter.objects.exists()


def test_only_a_registered_guest_asks_and_only_for_themselves(edition, visa):
    registration = importer(edition)
    given = {"passport": PASSPORT, "consents": ["passport"], "language": "en"}
    for other in (visa, world.officer(edition, "director"), world.person()):
        with pytest.raises(Forbidden):
            ask_for_letter(edition, person=registration.person, by=other, **given)
    withdraw_registration(registration, by=registration.person)
    with pytest.raises(Refused) as refusal:
        ask_for_letter(edition, person=registration.person, by=registration.person, **given)
    assert refusal.value.code == "not_registered"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"expires_on": PASSPORT.arrives_on + timedelta(days=181)}, "expires_on"),
        ({"departs_on": PASSPORT.arrives_on - timedelta(days=1)}, "departs_on"),
        ({"arrives_on": world.NOON.date() - timedelta(days=1)}, "arrives_on"),
        ({"birth_date": world.NOON.date()}, "birth_date"),
        ({"issued_on": world.NOON.date() + timedelta(days=1)}, "issued_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(edition, changed, field):
    with pytest.raises(Invalid) as refusal:
        asked(edition, **changed)
    assert refusal.value.code == "passport_wrong"
    assert field in refusal.value.fields


def test_asking_again_changes_the_one_letter(edition, visa):
    letter = asked(edition)
    check_letter(letter, version=letter.version, by=visa)
    again = ask_for_letter(
        edition, person=letter.person, passport=passport(number="BB1234567"), consents=["passport"], language="en",
        by=letter.person,
    )  # fmt: skip
    assert (again.pk, again.state) == (letter.pk, "asked")
    assert read_passport(again, by=letter.person).number == "BB1234567"


def test_an_officer_checks_what_they_have_seen(edition, visa):
    letter = asked(edition)
    seen = letter.version
    ask_for_letter(
        edition, person=letter.person, passport=passport(number="BB1234567"), consents=["passport"], language="en",
        by=letter.person,
    )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        check_letter(letter, version=seen, by=visa)
    assert refusal.value.code == "changed_meanwhile"


def test_a_guest_who_is_not_approved_gets_no_letter(edition, visa):
    letter = asked(edition, grade=None)
    with pytest.raises(Refused) as refusal:
        check_letter(letter, version=letter.version, by=visa)
    assert refusal.value.code == "not_in_order"


def test_a_letter_is_issued_by_a_person_under_a_number(edition, visa):
    letter = issued(edition, by=visa)
    assert (letter.state, letter.issued_by, letter.issued_at) == ("issued", visa, world.NOON)
    assert letter.number == f"{edition.code}-TM00001"
    assert Delivery.objects.filter(kind="buyers.visa_issued", to=letter.person).count() == 1


def test_a_letter_that_is_not_checked_is_not_issued_and_takes_no_number(edition, visa):
    letter = asked(edition)
    with pytest.raises(StateConflict):
        issue_letter(letter, by=visa)
    assert not Counter.objects.filter(edition=edition, row="TM").exists()
    assert issued(edition, by=visa).number.endswith("TM00001")


def test_numbers_have_no_gaps(edition, visa):
    first = issued(edition, by=visa)
    revoke_letter(first, reason="Doubt", by=visa)
    second, third = issued(edition, by=visa), issued(edition, by=visa)
    assert [one.number[-2:] for one in (first, second, third)] == ["01", "02", "03"]


@pytest.mark.parametrize("role", ["director", "importer_desk", "privacy", "reports", "gate"])
def test_nobody_but_the_visa_officer_decides_or_reads(edition, visa, role):
    letter, other = asked(edition), world.officer(edition, role)
    deeds = [
        lambda: read_passport(letter, by=other),
        lambda: check_letter(letter, version=letter.version, by=other),
        lambda: issue_letter(letter, by=other),
        lambda: refuse_letter(letter, reason="x", by=other),
        lambda: revoke_letter(letter, reason="x", by=other),
        lambda: replace_letter(letter, reason="x", by=other),
        lambda: withdraw_letter(letter, by=other),
    ]
    for deed in deeds:
        with pytest.raises(Forbidden):
            deed()
    assert letter not in VisaLetter.objects.visible_to(other)


def test_the_visa_officer_of_another_edition_reads_nothing(edition):
    letter, other = asked(edition), officer(world.edition())
    assert letter not in VisaLetter.objects.visible_to(other)
    with pytest.raises(Forbidden):
        read_passport(letter, by=other)


def test_each_reading_by_the_officer_is_written_down(edition, visa):
    letter = asked(edition)
    for _time in range(2):
        assert read_passport(letter, by=visa) == PASSPORT
    entries = Entry.objects.filter(verb="buyers.visaletter.read", actor=visa, object_id=str(letter.pk))
    assert entries.count() == 2


def test_a_refused_guest_reads_why_and_their_data_is_gone(edition, visa):
    letter = asked(edition)
    with pytest.raises(Invalid):
        refuse_letter(letter, reason=" ", by=visa)
    refuse_letter(letter, reason="We could not reach your company", by=visa)
    assert (letter.state, letter.sealed, letter.readable) == ("refused", "", False)
    assert Delivery.objects.filter(kind="buyers.visa_refused", to=letter.person).exists()
    with pytest.raises(Refused) as refusal:
        read_passport(letter, by=visa)
    assert refusal.value.code == "passport_gone"


def test_a_refused_guest_may_ask_again(edition, visa):
    letter = refuse_letter(asked(edition), reason="Unreachable", by=visa)
    again = ask_for_letter(
        edition, person=letter.person, passport=PASSPORT, consents=["passport"], language="en", by=letter.person
    )
    assert again.pk != letter.pk


def test_a_replacement_has_a_new_number_and_code_and_the_old_one_is_revoked(edition, visa):
    old = issued(edition, by=visa)
    fresh = replace_letter(old, reason="A letter was wrong", by=visa, number="CC0000001")
    old.refresh_from_db()
    assert (old.state, old.sealed) == ("revoked", "")
    assert (fresh.state, fresh.replaces) == ("issued", old)
    assert fresh.number.endswith("TM00002")
    assert fresh.token != old.token
    assert read_passport(fresh, by=fresh.person).number == "CC0000001"


def test_an_issued_letter_is_not_asked_for_again(edition, visa):
    letter = issued(edition, by=visa)
    with pytest.raises(Refused) as refusal:
        ask_for_letter(
            edition, person=letter.person, passport=PASSPORT, consents=["passport"], language="en", by=letter.person
        )
    assert refusal.value.code == "letter_issued"


def test_withdrawing_ends_the_letter_and_the_consent(edition, visa):
    letter = withdraw_letter(issued(edition, by=visa), by=VisaLetter.objects.get().person)
    assert (letter.state, letter.sealed) == ("withdrawn", "")
    assert Consent.objects.get(purpose="passport").withdrawn_at == world.NOON


def test_taking_the_consent_back_ends_the_letter(edition, visa):
    letter = issued(edition, by=visa)
    withdraw_consent(Consent.objects.get(purpose="passport"), by=letter.person)
    letter.refresh_from_db()
    assert (letter.state, letter.sealed) == ("withdrawn", "")


def test_the_journal_holds_nothing_of_the_passport(edition, visa):
    letter = issued(edition, by=visa)
    read_passport(letter, by=visa)
    told = "".join(f"{entry.verb} {entry.subject} {entry.fields}" for entry in Entry.objects.all())
    assert "Berg" not in told
    assert PASSPORT.number not in told


def test_nobody_asks_after_the_fair(edition):
    person = importer(edition, grade="ordinary").person
    with clock.at(world.NOON + timedelta(days=90)), pytest.raises(DomainError) as refusal:
        ask_for_letter(edition, person=person, passport=PASSPORT, consents=["passport"], language="en", by=person)
    assert refusal.value.code == "fair_over"
