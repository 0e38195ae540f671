"""The evening letter about the day's visitors: once for each company and day, and no more in it than was agreed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from fairs import clock
from fairs.deliveries import compose
from fairs.models import Delivery
from matchmaking.actions import leads
from matchmaking.actions.lead_digests import owe_digest, owe_digests
from matchmaking.models import LeadDigest
from tests import world
from tests.matchmaking.asking import agrees, withdraws

pytestmark = pytest.mark.django_db
EVENING = datetime(2018, 10, 18, 10, 31, tzinfo=UTC)  # 17:31 in Hanoi: a minute after closing


@pytest.fixture
def fair():
    with clock.at(world.FIRST_MORNING):
        sides = world.two_sides()
        sides.badge = world.badge(sides.edition, sides.buyer, sides.importer.company)
        yield sides


def scan(fair, key="one", **given):
    return leads.scan_lead(fair.exhibitor, **{"code": fair.badge.short_code, "by": fair.maker, "key": key} | given)


def letter(fair):
    fair.maker.language = "en"
    fair.maker.save()
    return compose(Delivery.objects.get(kind="matchmaking.lead_digest"))


def test_it_is_owed_once_after_closing_to_those_who_had_visitors(fair):
    scan(fair)
    world.exhibitor(fair.edition)  # nobody came to them
    owe_digests()
    assert not Delivery.objects.exists()  # the day is not over
    with clock.at(EVENING):
        owe_digests(), owe_digests()
    assert [(one.kind, one.to) for one in Delivery.objects.all()] == [("matchmaking.lead_digest", fair.maker)]
    assert LeadDigest.objects.get().day == date(2018, 10, 18)


def test_the_database_keeps_one_a_company_and_day(fair):
    assert owe_digest(fair.exhibitor, date(2018, 10, 18))
    assert not owe_digest(fair.exhibitor, date(2018, 10, 18))
    with pytest.raises(IntegrityError), transaction.atomic():
        LeadDigest.objects.create(edition=fair.edition, exhibitor=fair.exhibitor, day=date(2018, 10, 18))
    assert Delivery.objects.count() == 1


def test_closing_is_by_the_clock_of_the_fair(fair):
    type(fair.edition).objects.filter(pk=fair.edition.pk).update(time_zone="America/New_York")
    fair.edition.refresh_from_db()
    with clock.at(datetime(2018, 10, 18, 16, 0, tzinfo=UTC)):
        scan(fair)
    with clock.at(datetime(2018, 10, 18, 21, 0, tzinfo=UTC)):
        owe_digests()
        assert not Delivery.objects.exists()
    with clock.at(datetime(2018, 10, 18, 21, 31, tzinfo=UTC)):
        owe_digests()
        assert Delivery.objects.exists()


def test_the_best_come_first_by_name_only_as_agreed(fair):
    agrees(fair)
    leads.write_lead(scan(fair), rating="B", by=fair.maker)
    silent = world.importer(fair.edition)
    type(silent.person).objects.filter(pk=silent.person.pk).update(full_name="Ann Lee")
    silent.person.refresh_from_db()
    badge = world.badge(fair.edition, silent.person, silent.part.company)
    leads.write_lead(
        scan(fair, "two", code=badge.short_code), rating="A", next_step="prices", note="Secret",
        next_on=date(2018, 10, 19), by=fair.maker,
    )  # fmt: skip
    with clock.at(EVENING):
        owe_digests()
    body = letter(fair).body
    assert "2 visitors; A 1, B 1, C 0" in body
    best, second = (line for line in body.splitlines() if line.startswith(("A  ", "B  ")))
    assert best == "A  Importer, France – Send prices"
    assert second.startswith(f"B  {fair.buyer.full_name}, {fair.importer.company.name_vi}")
    assert "19 Oct" in body
    assert f"?company={fair.exhibitor.company_id}" in body
    for secret in (fair.buyer.email, silent.person.full_name, silent.part.company.name_vi, "Secret"):
        assert secret not in body


def test_a_yes_taken_back_before_it_is_sent_names_nobody(fair):
    agrees(fair)
    leads.write_lead(scan(fair), rating="A", by=fair.maker)
    with clock.at(EVENING):
        owe_digests()
    withdraws(fair)
    assert fair.buyer.full_name not in letter(fair).body


def test_what_is_due_by_tomorrow_is_said_though_nobody_came_today(fair):
    leads.write_lead(scan(fair), next_step="call", next_on=date(2018, 10, 20), by=fair.maker)
    with clock.at(EVENING + timedelta(days=1)):
        owe_digests()
    assert LeadDigest.objects.get().day == date(2018, 10, 19)
    assert "To do by tomorrow:" in letter(fair).body


@pytest.mark.parametrize("number", world.ROWS)
def test_nobody_is_looked_for_one_by_one(fair, number, django_assert_num_queries):
    for _each in range(number):
        world.exhibitor(fair.edition)
    scan(fair)
    with clock.at(EVENING), django_assert_num_queries(9):
        owe_digests()
