"""Whoever begins something for a company while it is merged into another: nothing stays behind at the duplicate."""

import threading
import time
from uuid import uuid4

import pytest
from django.db import transaction

from booths.actions.applications import draft_application
from booths.models import Application
from buyers.actions.registrations import register_importer
from buyers.models import Registration
from fairs import clock
from fairs.actions import merging as merge_module
from fairs.actions.merging import merge_companies
from fairs.actions.people import accept_invitation, add_member, add_product, change_company, invite_member
from fairs.errors import Refused
from fairs.models import Company, Invitation, Membership, Person, Product
from tests import world
from tests.booths.test_races import fight

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
TURNS = 15


@pytest.fixture
def edition():
    """An edition with a class of booths."""
    made = world.edition()
    world.floor(made, booths=1)
    return made


def pairs(edition, make=world.company):
    """For each turn a company that has to do with the edition, its duplicate, and a person of the duplicate."""
    made = []
    for _turn in range(TURNS):
        person = world.person()
        keep, drop = make(), make(person)
        world.participation(edition, keep, "importer")
        assert person.company_ids
        made.append((keep, drop, person))
    return made


@pytest.fixture
def merging(edition, monkeypatch):
    """One of eight merges; the others begin something for the duplicate, half of them once its rows have been moved."""
    desk = world.officer(edition, "director")
    desk.roles_in(edition)
    moved = [threading.Event() for _turn in range(TURNS)]
    fill, now = merge_module._fill, threading.local()

    def last_step(keep: Company, drop: Company) -> list[str]:
        moved[now.turn].set()
        time.sleep(0.05)  # the others are quicker than a merge at its slowest
        return fill(keep, drop)

    monkeypatch.setattr(merge_module, "_fill", last_step)

    def all_at_once(made, begin):
        def deed(number: int, turn: int) -> object:
            keep, drop, person = made[turn]
            if number == 0:
                now.turn = turn
                return merge_companies(Company.objects.get(pk=keep.pk), drop=Company.objects.get(pk=drop.pk), by=desk)
            if number % 2:
                moved[turn].wait(timeout=1)  # on SQLite nobody reads what is not committed yet, and nobody writes
            return begin(drop, person)

        return fight(TURNS, deed)

    return all_at_once


# What a person of a company begins for it, one after the other, and the rows that come of it.
BEGUN = [
    (Product, lambda company, by: add_product(company, by=by, **product())),
    (Membership, lambda company, by: add_member(company, person=friend(), by=by)),
    (Invitation, lambda company, by: invite_member(company, email=f"{uuid4()}@example.org", full_name="Lan", by=by)),
    (
        Company.product_groups.through,
        lambda company, by: change_company(company, product_groups=[world.product_group()], by=by),
    ),
]


def product():
    """What is said about a vase."""
    return {"product_group": world.product_group(), "name_vi": "Lọ hoa"}


def friend():
    """Somebody who is nobody’s member yet."""
    return Person.objects.create(email=f"{uuid4()}@example.org", full_name="Lan")


def left_behind(model, made):
    """How many rows still point to a duplicate that was merged."""
    return model.objects.filter(company__in=[drop.pk for _keep, drop, _person in made]).count()


def test_a_draft_begun_during_a_merge_goes_along_or_is_refused(edition, merging):
    kind, made = world.booth_class(edition), pairs(edition)

    def begin(drop: Company, person: Person) -> object:
        return draft_application(edition, company=drop, contact=person, booth_class=kind, by=person)

    for answers in merging(made, begin):
        others = [answer for answer in answers if not isinstance(answer, Application | Company)]
        assert set(others) <= {"company_merged"}
    assert Company.objects.exclude(merged_into=None).count() == TURNS
    assert left_behind(Application, made) == 0


def test_nor_does_a_registration_stay(edition, merging):
    made = pairs(edition, world.importer_company)

    def begin(drop: Company, person: Person) -> object:
        return register_importer(
            edition, person=person, company=drop, consents={"registration", "directory"}, language="en", by=person
        )

    for answers in merging(made, begin):
        others = [answer for answer in answers if not isinstance(answer, Registration | Company)]
        assert set(others) <= {"company_merged"}
    assert left_behind(Registration, made) == 0


@pytest.mark.postgres
def test_the_control_leaves_drafts_at_the_duplicate(edition, merging):
    """Look whether the company stands, then write, with no lock: what the lock is for."""
    kind, made = world.booth_class(edition), pairs(edition)

    def begin(drop: Company, person: Person) -> object:
        with transaction.atomic():
            if Company.objects.get(pk=drop.pk).merged_into_id:
                return None
            return Application.objects.bulk_create(
                [Application(edition=edition, company=drop, contact=person, booth_class=kind)], ignore_conflicts=True
            )

    merging(made, begin)
    assert left_behind(Application, made) > 0


def test_neither_does_what_a_company_writes_of_itself(edition, merging):
    world.product_group()
    made = pairs(edition)
    deeds = {drop.pk: BEGUN[turn % len(BEGUN)][1] for turn, (_keep, drop, _person) in enumerate(made)}

    def begin(drop: Company, person: Person) -> object:
        deeds[drop.pk](Company.objects.get(pk=drop.pk), person)
        return None

    for answers in merging(made, begin):
        others = [answer for answer in answers if answer is not None and not isinstance(answer, Company)]
        assert set(others) <= {"company_merged", "forbidden"}
    assert Company.objects.exclude(merged_into=None).count() == TURNS
    assert {model.__name__: left_behind(model, made) for model, _deed in BEGUN} == {
        "Product": 0, "Membership": 0, "Invitation": 0, "Company_product_groups": 0,
    }  # fmt: skip


def test_nor_does_whoever_says_yes_to_an_invitation(edition, merging):
    made = pairs(edition)
    asked = {drop.pk: Invitation.objects.create(company=drop, person=friend(), role="staff") for _k, drop, _p in made}

    def begin(drop: Company, _person: Person) -> object:
        found = Invitation.objects.select_related("company", "person").filter(pk=asked[drop.pk].pk).first()
        return found and accept_invitation(found, by=found.person)  # who comes late finds that it is answered

    merging(made, begin)
    assert left_behind(Membership, made) == left_behind(Invitation, made) == 0


@pytest.mark.postgres
def test_the_control_leaves_members_and_products_there(edition, merging):
    """Look whether the company stands, then write, with no lock."""
    world.product_group()
    made = pairs(edition)
    alone = {drop.pk for _keep, drop, _person in made[::2]}

    def begin(drop: Company, _person: Person) -> object:
        with transaction.atomic():
            if Company.objects.get(pk=drop.pk).merged_into_id:
                return None
            if drop.pk in alone:
                return Membership.objects.create(company=drop, person=friend())
            return Product.objects.create(company=drop, **product())

    merging(made, begin)
    assert left_behind(Membership, made) > 0
    assert left_behind(Product, made) > 0


def test_after_a_merge_nothing_begins_at_the_duplicate(edition):
    keep, drop, person = pairs(edition)[0]
    desk = world.officer(edition, "director")
    with clock.at(world.NOON):
        merge_companies(keep, drop=drop, by=desk)
        with pytest.raises(Refused) as refusal:
            draft_application(edition, company=drop, contact=person, booth_class=world.booth_class(edition), by=person)
    assert refusal.value.code == "company_merged"
    assert keep.name_vi in refusal.value.message
