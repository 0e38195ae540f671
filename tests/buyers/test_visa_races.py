"""Two officers at one letter, many letters at one moment: one is issued once, and numbers have no gaps."""

import pytest

from buyers.actions.visas import check_letter, issue_letter
from buyers.models import VisaLetter
from fairs import clock
from fairs.models import Counter
from fairs.money.numbers import next_number
from tests import world
from tests.buyers.test_races import ROUNDS, at_once
from tests.buyers.visas import asked, officer

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def checked(edition, visa):
    letter = asked(edition)
    return check_letter(letter, version=letter.version, by=visa)


def fresh(letter):
    return VisaLetter.objects.with_rules().get(pk=letter.pk)


def test_two_officers_issue_one_letter_once_and_no_number_is_lost():
    with clock.at(world.NOON):
        edition = world.edition()
        first, second = officer(edition), officer(edition)
        for number in range(1, ROUNDS + 1):
            letter = checked(edition, first)
            pair = [(by, fresh(letter)) for by in (first, second)]
            deeds = [lambda by=by, one=one: issue_letter(one, by=by).number for by, one in pair]
            told = at_once(*deeds, moment=world.NOON)
            assert sorted(told) == sorted([f"{edition.code}-TM{number:05d}", "state_conflict"])
        assert Counter.objects.get(edition=edition, row="TM").last == ROUNDS


def test_letters_issued_at_one_moment_have_all_numbers():
    with clock.at(world.NOON):
        edition = world.edition()
        visa = officer(edition)
        letters = [checked(edition, visa) for _each in range(4)]
        deeds = [lambda one=one: issue_letter(fresh(one), by=visa).number for one in letters]
        told = at_once(*deeds, moment=world.NOON)
    assert sorted(told) == [f"{edition.code}-TM{number:05d}" for number in range(1, 5)]


def test_control_a_number_taken_outside_the_transaction_leaves_gaps():
    """The same race with the number taken first: what the conflict refuses has used up a number."""
    with clock.at(world.NOON):
        edition = world.edition()
        visa = officer(edition)
        letter = checked(edition, visa)

        def hasty(one):
            number = next_number(edition, "TM")
            one.follow("issue", by=visa, number=number)
            return number

        pair = [fresh(letter), fresh(letter)]
        told = at_once(*(lambda one=one: hasty(one) for one in pair), moment=world.NOON)
    assert "state_conflict" in told
    assert Counter.objects.get(edition=edition, row="TM").last == 2
