"""Importers' way in: invited, registered, approved, declined, withdrawn."""

from typing import Any

import pytest

from buyers.actions.newcomers import register_newcomer
from buyers.actions.registrations import (
    approve_registration,
    change_grade,
    decline_registration,
    invite_importer,
    register_importer,
    withdraw_registration,
)
from buyers.models import Badge, Registration
from fairs import clock
from fairs.consent_texts import VERSION
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Company, Consent, Delivery, Entry, Participation, Person
from tests import world

pytestmark = pytest.mark.django_db

NEWCOMER: dict[str, Any] = {
    "email": "Keiko@Morita.example",
    "full_name": "Keiko Morita",
    "company_name": "Morita Living",
    "country": "JP",
    "consents": ["registration", "directory"],
    "language": "en",
}


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        yield world.edition()


@pytest.fixture
def desk(edition):
    return world.officer(edition, "importer_desk")


def registered(edition, **given):
    person = world.person("Linnea Berg")
    return register_importer(
        edition,
        person=person,
        company=world.importer_company(person),
        consents=["registration"],
        language="en",
        by=person,
        **given,
    )


def test_a_newcomer_is_registered_whole(edition):
    register_newcomer(edition, **NEWCOMER, product_groups=[world.product_group()])
    registration = Registration.objects.get()
    assert (registration.state, registration.person.email) == ("registered", "keiko@morita.example")
    assert (registration.company.name_vi, registration.company.country) == ("Morita Living", "JP")
    assert registration.person.company_ids == {registration.company_id}
    assert [delivery.kind for delivery in Delivery.objects.all()] == ["buyers.registered"]


def test_each_consent_keeps_its_own_proof(edition):
    register_newcomer(edition, **NEWCOMER)
    proofs = Consent.objects.order_by("purpose").values_list(
        "purpose", "text_version", "language", "means", "given_at", "withdrawn_at"
    )
    assert list(proofs) == [
        ("directory", VERSION, "en", "web", world.NOON, None),
        ("registration", VERSION, "en", "web", world.NOON, None),
    ]


def test_without_the_needed_consent_nothing_is_kept(edition):
    with pytest.raises(Invalid) as refusal:
        register_newcomer(edition, **NEWCOMER | {"consents": ["news"]})
    assert refusal.value.code == "consent_needed"
    assert not Person.objects.exists()


def test_a_known_address_is_only_written_to(edition):
    known = world.person("Keiko Morita", email="keiko@morita.example")
    register_newcomer(edition, **NEWCOMER)
    assert not Registration.objects.exists()
    assert not Company.objects.exists()
    assert not Consent.objects.exists()
    assert [(delivery.kind, delivery.to) for delivery in Delivery.objects.all()] == [("buyers.address_known", known)]


def test_registering_again_takes_the_registration_up(edition):
    first = registered(edition)
    again = register_importer(
        edition,
        person=first.person,
        company=first.company,
        consents=["registration", "news"],
        language="vi",
        by=first.person,
        volume="large",
    )
    assert again.pk == first.pk
    assert again.volume == "large"
    assert Consent.objects.count() == 2
    assert Delivery.objects.count() == 1


def test_nobody_registers_for_a_fair_that_is_over(edition):
    with clock.at(world.NOON.replace(month=11)), pytest.raises(Refused) as refusal:
        registered(edition)
    assert refusal.value.code == "fair_over"


def test_nobody_registers_another_but_the_desk(edition, desk):
    person = world.person()
    given: dict[str, Any] = {"company": world.importer_company(person), "consents": ["registration"], "language": "en"}
    with pytest.raises(Forbidden):
        register_importer(edition, person=person, by=world.person(), **given)
    assert register_importer(edition, person=person, by=desk, **given).entered_by == desk


def test_an_invited_importer_registers(edition, desk):
    person = world.person()
    company = world.importer_company(person)
    invited = invite_importer(edition, company=company, person=person, by=desk)
    assert invite_importer(edition, company=company, person=person, by=desk) == invited
    assert invited.state == "invited"
    taken_up = register_importer(
        edition, person=person, company=company, consents=["registration"], language="en", by=person
    )
    assert (taken_up.pk, taken_up.state) == (invited.pk, "registered")
    assert list(Delivery.objects.values_list("kind", flat=True)) == ["buyers.invited", "buyers.registered"]
    with pytest.raises(Forbidden):
        invite_importer(edition, company=company, person=person, by=person)


def test_an_approved_importer_has_a_part_a_badge_and_a_letter(edition, desk):
    registration = approve_registration(registered(edition), grade="hosted", by=desk)
    assert (registration.state, registration.grade.code) == ("approved", "hosted")
    assert Participation.objects.get().role == "importer"
    badge = Badge.objects.get()
    assert (badge.kind, badge.person, badge.company) == ("importer", registration.person, registration.company)
    assert Delivery.objects.filter(kind="buyers.approved", to=registration.person).count() == 1


def test_an_exhibitor_who_also_buys_keeps_the_badge(edition, desk):
    registration = registered(edition)
    Badge.objects.create(edition=edition, person=registration.person, kind="speaker", token="t", short_code="s")
    approve_registration(registration, grade="ordinary", by=desk)
    assert Badge.objects.get().kind == "speaker"


def test_a_declined_importer_reads_why(edition, desk):
    registration = registered(edition)
    with pytest.raises(Invalid):
        decline_registration(registration, reason=" ", by=desk)
    assert decline_registration(registration, reason="Retail only", by=desk).reason == "Retail only"
    with pytest.raises(Refused):
        decline_registration(registration, reason="Again", by=desk)


def test_withdrawing_ends_the_badge_and_the_part(edition, desk):
    registration = approve_registration(registered(edition), grade="ordinary", by=desk)
    withdraw_registration(registration, by=registration.person)
    assert Badge.objects.get().state == "revoked"
    assert Participation.objects.get().state == "withdrawn"
    again = register_importer(
        edition,
        person=registration.person,
        company=registration.company,
        consents=["registration"],
        language="en",
        by=registration.person,
    )
    assert again.pk != registration.pk


def test_only_the_importer_desk_decides(edition):
    registration = registered(edition)
    for stranger in (
        registration.person,
        world.officer(edition, "booth_desk"),
        world.officer(world.edition(), "director"),
    ):
        with pytest.raises(Forbidden):
            approve_registration(registration, grade="hosted", by=stranger)
        with pytest.raises(Forbidden):
            decline_registration(registration, reason="No", by=stranger)


def test_the_grade_changes_once_approved(edition, desk):
    registration = registered(edition)
    with pytest.raises(Refused):
        change_grade(registration, grade="hosted", by=desk)
    approve_registration(registration, grade="ordinary", by=desk)
    assert change_grade(registration, grade="hosted", by=desk).hosted


def test_the_journal_tells_the_way_without_names(edition, desk):
    registration = approve_registration(registered(edition), grade="hosted", by=desk)
    verbs = Entry.objects.filter(object_id=registration.pk, verb__startswith="buyers.registration")
    assert list(verbs.order_by("pk").values_list("verb", "actor")) == [
        ("buyers.registration.register", registration.person_id),
        ("buyers.registration.approve", desk.pk),
    ]
