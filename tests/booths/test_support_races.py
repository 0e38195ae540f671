"""A company charged at eight fairs at once never gets more than its ceiling; the controls show that it could."""

import threading

import pytest
from django.db import IntegrityError, connection
from django.db.models import Sum

from booths.actions import reservations
from booths.actions.reservations import hold_booths, reserve_held
from fairs import clock
from fairs.models import Allowance, Grant, SupportRule
from fairs.money.actions.notices import cancel_notice
from tests import world
from tests.booths.test_races import THREADS, fight

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROUNDS = 6
CEILING = 10_000_000  # half a booth is 6,750,000


@pytest.fixture
def fairs():
    """For each round a company that holds a booth at each of eight fairs of one year."""
    firms = [world.company(world.person()) for _round in range(ROUNDS)]
    made = []
    with clock.at(world.NOON):
        for _thread in range(THREADS):
            edition = world.edition()
            SupportRule.objects.create(edition=edition, name_vi="H", name_en="S", percent=50, ceiling=CEILING)
            booths = world.floor(edition, booths=ROUNDS)
            applications = []
            for firm, booth in zip(firms, booths, strict=True):
                application = world.application(edition, firm.people.get(), booths=1)
                application.company = firm
                application.save()
                hold_booths(application, booths=[booth], by=firm.people.get())
                applications.append(application)
            made.append(applications)
    return made


def granted(turn_of, turn):
    """The sum of the grants that stand of a round's company, and what its allowance says."""
    firm = turn_of[0][turn].company_id
    sums = Grant.objects.granted().filter(company=firm).aggregate(sum=Sum("amount"))["sum"] or 0
    return sums, Allowance.objects.get(company=firm).granted


def charge(fairs, number, turn):
    application = fairs[number][turn]
    return reserve_held(application, by=application.contact)


def test_eight_notices_at_once_share_one_ceiling(fairs):
    fight(ROUNDS, lambda number, turn: charge(fairs, number, turn))
    for turn in range(ROUNDS):
        assert granted(fairs, turn) == (CEILING, CEILING)


def test_what_a_cancelled_notice_frees_is_counted_once(fairs):
    finance = [world.officer(applications[0].edition, "finance") for applications in fairs]
    with clock.at(world.NOON):
        first = [charge(fairs, 0, turn) for turn in range(ROUNDS)]

    def deed(number, turn):
        return charge(fairs, number, turn) if number else cancel_notice(first[turn], by=finance[0])

    fight(ROUNDS, deed)
    for turn in range(ROUNDS):
        sums, said = granted(fairs, turn)
        assert sums == said
        assert said in (CEILING - 6_750_000, CEILING)  # by whether the cancelled half was free in time


def all_look_first(monkeypatch):
    """Without the lock: everybody reads what is left before anybody takes it."""
    gate = threading.Barrier(THREADS, timeout=60)
    quote = reservations.quote

    def slow(*given):
        answer = quote(*given)
        gate.wait()
        return answer

    monkeypatch.setattr(reservations, "hold_allowances", lambda *_given: None)
    monkeypatch.setattr(reservations, "quote", slow)


@pytest.mark.postgres
def test_the_constraint_has_the_last_word(fairs, monkeypatch):
    all_look_first(monkeypatch)

    def deed(number, turn):
        try:
            return charge(fairs, number, turn)
        except IntegrityError as error:
            return "granted_in_ceiling" in str(error)

    answers = fight(1, deed)
    assert answers[0].count(True) == THREADS - 1
    assert granted(fairs, 0) == (6_750_000, 6_750_000)


@pytest.mark.postgres
def test_the_control_passes_the_ceiling(fairs, monkeypatch):
    all_look_first(monkeypatch)
    constraint = next(one for one in Allowance._meta.constraints if one.name == "granted_in_ceiling")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Allowance, constraint)
    try:
        fight(1, lambda number, turn: charge(fairs, number, turn))
        assert granted(fairs, 0)[0] == THREADS * 6_750_000
    finally:
        Grant.objects.all().delete()
        Allowance.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Allowance, constraint)
