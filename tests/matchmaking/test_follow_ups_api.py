"""What programs read and answer after the fair, and what becomes of it when two companies are one."""

from decimal import Decimal

import pytest
from rest_framework.test import APIClient

from fairs import clock
from fairs.actions.merging import merge_companies
from matchmaking.actions.follow_up import answer_follow_up, ask
from matchmaking.models import FollowUp, FollowUpRung
from tests import world
from tests.matchmaking.following import AFTER, asked_of, met

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    """Thirty days after the fair, at ten, with a pair that met."""
    with clock.at(AFTER):
        sides = world.two_sides()
        met(sides)
        yield sides


def program(person):
    client = APIClient(headers={"accept-language": "en"})
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_program_answers_for_its_own_side(fair):
    one = asked_of(fair)
    address = f"/api/v1/follow-ups/{one.pk}/"
    buyer = program(fair.buyer)
    said = {"answer": "ordered", "amount": "5000.50", "currency": "EUR"}
    for _twice in range(2):
        answer = buyer.post(f"{address}answer/", said)
        assert (answer.status_code, answer.json()["state"], answer.json()["version"]) == (200, "ordered", 1)
    assert "token" not in buyer.get(address).json()
    wrong = buyer.post(f"{address}answer/", {"answer": "lost"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "reason")
    assert program(fair.maker).get(address).status_code == 404
    director = program(world.officer(fair.edition, "director"))
    assert director.get(address).json()["amount"] == "5000.50"
    assert director.post(f"{address}answer/", said).status_code == 403


@pytest.mark.parametrize("count", world.ROWS)
def test_a_list_takes_the_same_queries_for_any_number(fair, count, django_assert_num_queries):
    for _one in range(count):
        met(fair, exhibitor=world.participation(fair.edition, world.company(), "exhibitor"))
    asked = asked_of_all(fair)
    client = program(fair.buyer)
    client.get("/api/v1/follow-ups/")
    with django_assert_num_queries(5):
        assert client.get("/api/v1/follow-ups/").json()["count"] == asked


def asked_of_all(fair):
    rung = FollowUpRung.objects.create(edition=fair.edition, part=fair.importer, days=30)
    makers = fair.importer.meetings_as_importer.values_list("exhibitor", flat=True)
    same = {"edition": fair.edition, "rung": rung, "importer": fair.importer, "days": 30, "side": "importer"}
    return len(FollowUp.objects.bulk_create(FollowUp(exhibitor_id=maker, **same) for maker in makers))


def test_two_companies_that_become_one_keep_every_answer(fair):
    other, far = world.exhibitor(fair.edition), world.importer(fair.edition)
    met(fair, exhibitor=other.part, importer=far.part, person=far.person)
    asked_of(fair, "exhibitor")
    kept, fair.exhibitor = fair.exhibitor, other.part
    assert ask(other.part, 30)
    theirs = FollowUp.objects.with_sides().select_related("edition").get(exhibitor=other.part)
    answer_follow_up(theirs, answer="ordered", amount=Decimal(9), currency="USD", by=other.person)
    desk = world.officer(fair.edition, "booth_desk")
    merge_companies(kept.company, drop=other.part.company, by=desk)
    rung = FollowUpRung.objects.get(part__role="exhibitor")
    assert sorted(rung.questions.values_list("state", flat=True)) == ["asked", "ordered"]
    assert set(rung.questions.values_list("importer", flat=True)) == {fair.importer.pk, far.part.pk}
