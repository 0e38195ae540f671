"""Erasing a person: nothing anywhere says who they were, and every count, paper and line of the journal stays."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from buyers.actions.readings import scan_badge
from buyers.actions.visas import ask_for_letter
from buyers.models import Badge, Registration, Scan
from fairs import clock
from fairs.actions import data_requests as actions
from fairs.actions.erasure import NAME, erase_person, sweep
from fairs.actions.people import invite_member
from fairs.actions.uploads import receive_upload
from fairs.errors import Refused
from fairs.models import Company, Consent, Entry, Membership, Officer, Participation, Person, Upload
from matchmaking.models import Deal, Meeting
from tests import world
from tests.buyers.importers import gate_of, importer
from tests.buyers.visas import PASSPORT

pytestmark = pytest.mark.django_db
NAMES = {
    "full_name": "Wilhelmina Quast-Örn", "given_name": "Wilhelmina", "original_name": "ヴィルヘルミナ クヴァスト",
    "job_title": "Chief lacquer scout", "phone": "+46 70 555 12 34",
}  # fmt: skip
PERSONAL = (
    "Wilhelmina", "Quast", "ヴィルヘルミナ", "lacquer scout", "+46 70 555 12 34", "705551234", "quast@example.org",
    "quast-orn", "wilhelmina", "a life’s dream", PASSPORT.number,
)  # fmt: skip


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        yield world.edition()


@pytest.fixture
def person(edition):
    """An importer with something of hers in every corner."""
    registration = importer(edition, grade="hosted")
    one = registration.person
    for name, value in (NAMES | {"email": "quast@example.org"}).items():
        setattr(one, name, value)
    one.save()
    EmailAddress.objects.filter(user=one).update(email=one.email)
    Registration.objects.filter(pk=registration.pk).update(interest="It is a life’s dream", languages="sv,en")
    ask_for_letter(edition, person=one, passport=PASSPORT, consents=["passport"], language="en", by=one)
    company = registration.company
    company.email, company.phone = one.email, one.phone
    company.about_en = "Ask Wilhelmina Quast-Örn, quast@example.org"
    company.save()
    boss = world.person()
    invite_member(world.company(boss), email=one.email, full_name="Wilhelmina Q", by=boss)
    _meets(edition, registration)
    Officer.objects.create(person=one, role="gate", edition=edition)
    receive_upload(
        edition, kind="importers", filename="guests.csv", by=world.officer(edition, "importer_desk"),
        data="Họ tên,Công ty,Quốc gia,E-mail\nWilhelmina Quast-Örn,Örn AB,SE,quast@example.org\n".encode(),
    )  # fmt: skip
    return one


def _meets(edition, registration) -> None:
    exhibitor = world.participation(edition, world.company(), "exhibitor")
    begins, ends = world.FIRST_MORNING, world.FIRST_MORNING + timedelta(minutes=30)
    part = Participation.objects.get(edition=edition, company=registration.company, role="importer")
    Meeting.objects.create(
        edition=edition, exhibitor=exhibitor, importer=part, importer_person=registration.person, state="held",
        starts_at=begins, ends_at=ends, message="It is a life’s dream",
        answer="Dear Wilhelmina Quast-Örn, welcome",
    )  # fmt: skip
    Deal.objects.create(
        edition=edition, exhibitor=exhibitor, importer=part, number="HD1", product_group=world.product_group(),
        currency="USD", amount=100, signed_on=world.OPENS, recorded_side="importer", recorded_by=registration.person,
        recorded_at=clock.now(), token="T", key="K", other_note="As told to quast@example.org",
    )  # fmt: skip
    badge = Badge.objects.get(person=registration.person)
    with clock.at(world.FIRST_MORNING):
        scan_badge(gate_of(edition), code=badge.qr_code, direction="in", key="1", by=world.officer(edition, "gate"))


def everything_written() -> list[tuple[str, str]]:
    """Every text of every table, as the database gives it."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        for row in model._base_manager.values(*names) if names else []:
            found += [(f"{model._meta.label}.{name}", str(value)) for name, value in row.items()]
    return found


def told_of(values) -> list[tuple[str, str]]:
    folded = [value.casefold() for value in values]
    return [(where, text) for where, text in everything_written() if any(one in text.casefold() for one in folded)]


def counts(edition) -> dict[str, Any]:
    return {
        "registrations": Registration.objects.count(),
        "companies": Company.objects.count(),
        "badges": Badge.objects.count(),
        "scans": Scan.objects.count(),
        "meetings": Meeting.objects.count(),
        "deals": list(Deal.objects.values_list("amount", "state")),
        "consents": Consent.objects.count(),
        "people": Person.objects.count(),
        "present": Registration.objects.present().count(),
    }


def test_the_world_is_full_of_her_before(person):
    tables = {where.rpartition(".")[0] for where, _text in told_of(PERSONAL)}
    assert len(tables) >= 7, tables


def test_nothing_personal_remains_in_any_text_of_the_database(edition, person):
    officer = world.officer(edition, "privacy")
    before = counts(edition)
    erase_person(person, by=officer)
    assert told_of(PERSONAL) == []
    assert counts(edition) == before


def test_whoever_is_erased_opens_nothing_any_more(edition, person):
    visitor = Client()
    visitor.force_login(person)
    assert visitor.get(reverse("fairs:profile")).status_code == 200
    erase_person(person, by=world.officer(edition, "privacy"))
    person.refresh_from_db()
    assert (person.full_name, person.email, person.is_active) == (NAME, None, False)
    assert not person.has_usable_password()
    assert visitor.get(reverse("fairs:profile")).status_code == 302
    assert not Badge.objects.valid().filter(person=person).exists()
    assert not Membership.objects.filter(person=person).exists()
    assert not Officer.objects.filter(person=person).exists()
    assert not Consent.objects.filter(person=person, withdrawn_at=None).exists()
    assert Registration.objects.get(person=person).state == "withdrawn"


def test_the_journal_stays_true(edition, person):
    told = list(Entry.objects.values_list("pk", "verb", "actor", "object_id", "subject"))
    officer = world.officer(edition, "privacy")
    erase_person(person, by=officer)
    after = list(Entry.objects.values_list("pk", "verb", "actor", "object_id", "subject"))
    assert set(told) <= set(after)
    last = Entry.objects.get(verb="fairs.person.erase")
    assert (last.actor, last.object_id) == (officer, str(person.pk))


def test_erasing_again_changes_nothing(edition, person):
    officer = world.officer(edition, "privacy")
    erase_person(person, by=officer)
    with clock.at(world.FIRST_MORNING):
        erase_person(person, by=officer)
    assert Entry.objects.filter(verb="fairs.person.erase").count() == 1
    person.refresh_from_db()
    assert person.erased_at == world.NOON


def test_others_keep_what_is_theirs(edition, person):
    other = world.person("Wilhelm Andersson", email="quasten@example.com")
    erase_person(person, by=world.officer(edition, "privacy"))
    other.refresh_from_db()
    assert (other.full_name, other.email) == ("Wilhelm Andersson", "quasten@example.com")


def test_a_waiting_sheet_is_masked_and_still_reads(edition, person):
    erase_person(person, by=world.officer(edition, "privacy"))
    upload = Upload.objects.get()
    assert upload.content["headers"] == ["Họ tên", "Công ty", "Quốc gia", "E-mail"]


def test_a_business_keeps_its_registered_name(edition):
    owner = world.person("Nguyễn Thị Lụa", phone="0912345678")
    firm = world.company(owner, name_vi="Hộ kinh doanh Nguyễn Thị Lụa", phone="0912345678")
    erase_person(owner, by=world.officer(edition, "privacy"))
    firm.refresh_from_db()
    assert firm.name_vi == "Hộ kinh doanh Nguyễn Thị Lụa"
    assert (firm.phone, firm.phone_key) == ("", "")


def test_a_short_name_is_not_looked_for_in_the_words_of_others(edition):
    short = world.person("An")
    firm = world.company(about_vi="An toàn cho trẻ em")
    erase_person(short, by=world.officer(edition, "privacy"))
    firm.refresh_from_db()
    assert firm.about_vi == "An toàn cho trẻ em"


def test_an_administrator_is_not_erased(edition):
    admin = Person.objects.create_superuser("admin@example.org", "secret-lacquer")
    with pytest.raises(Refused) as refusal:
        erase_person(admin, by=world.officer(edition, "privacy"))
    assert refusal.value.code == "an_administrator"


def test_a_request_for_deletion_erases_and_writes_one_last_letter(
    edition, person, mailoutbox, django_capture_on_commit_callbacks
):
    officer = world.officer(edition, "privacy")
    request = actions.ask(edition, person=person, kind="deletion", wish="Forget Wilhelmina Quast-Örn", by=person)
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        request = actions.finish(request, by=officer)
    assert (request.state, request.wish) == ("done", "")
    assert told_of(PERSONAL) == []
    last = [letter for letter in mailoutbox if letter.to == ["quast@example.org"]]
    assert len(last) == 1
    assert "last letter" in last[0].body or "thư cuối" in last[0].body


def test_sweeping_nothing_touches_nothing(edition, person, django_assert_num_queries):
    with django_assert_num_queries(0):
        sweep([])
    assert connection.vendor
