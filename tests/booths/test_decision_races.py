"""Officers at one application, a merge that meets a decision: one wins, the other is told, nothing is left behind."""

import time
from decimal import Decimal

import pytest
from django.db import connection, transaction

from booths.actions.applications import accept_application, reject_application
from booths.actions.reviews import score_review
from booths.models import Application, Criterion, Review
from booths.scoring import mean
from fairs.actions.merging import merge_companies
from fairs.models import Company, Delivery, Participation
from tests import world
from tests.booths.test_races import THREADS, fight

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROUNDS = 20


@pytest.fixture
def edition():
    """An edition with its desk."""
    return world.edition()


@pytest.fixture
def desk(edition):
    """An officer who knows their roles."""
    made = world.officer(edition, "booth_desk")
    assert made.roles_in(edition)
    return made


def fresh(application):
    return Application.objects.select_related("edition__sale_terms", "company", "contact").get(pk=application.pk)


def test_of_officers_who_decide_at_once_one_wins_and_the_rest_hear_the_state(edition, desk):
    rows = [world.application(edition, state="under_review") for _round in range(ROUNDS)]

    def deed(number: int, turn: int) -> str:
        one = fresh(rows[turn])
        if number % 2:
            return accept_application(one, by=desk).state
        return reject_application(one, reason="Hết chỗ", by=desk).state

    for turn, answers in enumerate(fight(ROUNDS, deed)):
        won = [answer for answer in answers if answer != "state_conflict"]
        assert won == [Application.objects.get(pk=rows[turn].pk).state]
    assert Delivery.objects.count() == ROUNDS


def test_a_merge_and_a_decision_leave_nothing_at_the_duplicate(edition, desk):
    rows = [world.application(edition, state="under_review") for _round in range(ROUNDS)]
    kept = [world.company(name_vi=f"Giữ {turn}") for turn in range(ROUNDS)]
    seen = [fresh(row) for row in rows]

    def deed(number: int, turn: int) -> object:
        if number == 0:
            return merge_companies(kept[turn], drop=Company.objects.get(pk=rows[turn].company_id), by=desk).pk
        return accept_application(seen[turn], by=desk).state if number == 1 else None

    for answers in fight(ROUNDS, deed):
        assert answers[1] == "accepted"
    for turn in range(ROUNDS):
        assert Application.objects.get(pk=rows[turn].pk).company == kept[turn]
        assert Participation.objects.get(company=kept[turn]).state == "active"
    assert not Participation.objects.filter(company__in=[row.company_id for row in rows]).exists()


@pytest.mark.postgres
def test_the_control_leaves_parts_at_the_duplicate():
    """The same without a lock on the application: the decision writes to the company it read before the merge."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE naive_application (id integer, company integer)")
        cursor.execute("CREATE TABLE naive_part (application integer, company integer)")
        cursor.executemany("INSERT INTO naive_application VALUES (%s, 1)", [(turn,) for turn in range(ROUNDS)])

    def deed(number: int, turn: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            if number == 0:
                time.sleep(0.001)
                cursor.execute("UPDATE naive_part SET company = 2 WHERE application = %s", [turn])
                cursor.execute("UPDATE naive_application SET company = 2 WHERE id = %s", [turn])
            elif number == 1:
                cursor.execute("SELECT company FROM naive_application WHERE id = %s", [turn])
                company = cursor.fetchone()[0]
                time.sleep(0.004)  # the rest of an honest decision
                cursor.execute("INSERT INTO naive_part VALUES (%s, %s)", [turn, company])

    try:
        fight(ROUNDS, deed)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM naive_part p JOIN naive_application a ON a.id = p.application"
                " WHERE p.company <> a.company"
            )
            left_behind = cursor.fetchone()[0]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE naive_part")
            cursor.execute("DROP TABLE naive_application")
    assert left_behind > ROUNDS / 4


def test_jurors_who_score_at_once_all_count(edition):
    criterion = world.criterion(edition)
    rows = [world.application(edition, state="under_review") for _round in range(ROUNDS)]
    jury = [world.officer(edition, "reviewer", email=f"juror@house{n}.example") for n in range(THREADS)]
    given = {(n, turn): world.review(rows[turn], jury[n]) for n in range(THREADS) for turn in range(ROUNDS)}
    assert all(juror.roles_in(edition) for juror in jury)

    def deed(number: int, turn: int) -> object:
        review = Review.objects.select_related("application__edition", "reviewer").get(pk=given[number, turn].pk)
        return score_review(review, points={criterion.pk: Decimal(number + 1)}, by=jury[number]).result

    for turn, answers in enumerate(fight(ROUNDS, deed)):
        assert Application.objects.get(pk=rows[turn].pk).score == mean(answers)
    assert Criterion.objects.get() == criterion
