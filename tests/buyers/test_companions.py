"""Companions and interpreters: named within the limit, approved and gone with their importer, counted apart."""

import pytest
from django.db import IntegrityError, transaction

from buyers.actions.companions import add_companion, remove_companion, set_companion_rules
from buyers.actions.registrations import approve_registration, withdraw_registration
from buyers.actions.vetting import ask_for_more
from buyers.models import Badge, Companion, CompanionRules, Scan
from buyers.reports import by_day, present
from buyers.set_up import copy_companion_rules
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Entry
from tests import world
from tests.buyers.importers import gate_of, importer, page

pytestmark = pytest.mark.django_db


def named(registration, name="Aiko Sato", kind="companion", by=None):
    return add_companion(registration, full_name=name, kind=kind, by=by or registration.person)


def gate_entry(edition, badge):
    return Scan.objects.create(
        edition=edition, gate=gate_of(edition), badge=badge, at=world.FIRST_MORNING, direction="in", result="ok",
        key="1",
        entered=True,
    )  # fmt: skip


def test_they_are_approved_with_their_importer_and_each_has_a_badge(edition, desk):
    one = importer(edition)
    named(one)
    ask_for_more(one, text="Where are your shops?", by=desk)
    named(one, "Nguyễn Thị Mai", "interpreter")
    assert not Badge.objects.exists()
    approve_registration(one, grade="ordinary", by=desk)
    assert sorted(Badge.objects.valid().values_list("kind", "person__full_name")) == [
        ("companion", "Aiko Sato"), ("importer", "Linnea Berg"), ("interpreter", "Nguyễn Thị Mai")
    ]  # fmt: skip
    assert set(Companion.objects.values_list("state", flat=True)) == {"approved"}


def test_beside_an_approved_importer_they_have_their_badge_at_once(edition):
    companion = named(importer(edition, grade="ordinary"))
    assert (companion.state, companion.person.email) == ("approved", None)
    assert Badge.objects.get(person=companion.person).company == companion.registration.company


def test_without_the_importer_nobody_comes(edition, desk):
    one = importer(edition, grade="ordinary")
    companion = named(one)
    one.refresh_from_db()
    withdraw_registration(one, by=one.person)
    companion.refresh_from_db()
    assert companion.state == "left"
    assert not Badge.objects.valid().exists()
    with pytest.raises(Refused) as refused:
        named(one)
    assert refused.value.code == "not_coming"


def test_the_limit_of_the_edition_holds_and_a_place_that_is_free_is_taken_again(edition, desk):
    one = importer(edition)
    first = named(one)
    named(one, "B B")
    with pytest.raises(Refused) as full:
        named(one, "C C")
    assert full.value.code == "no_place_left"
    remove_companion(first, by=one.person)
    assert named(one, "C C").place == 1
    set_companion_rules(edition, at_most=3, by=desk)
    assert named(one, "D D").place == 3


def test_names_are_in_latin_letters_and_only_the_importer_or_the_desk_names(edition, desk):
    one = importer(edition)
    with pytest.raises(Invalid):
        named(one, "佐藤 愛子")
    with pytest.raises(Forbidden):
        named(one, by=importer(edition).person)
    with pytest.raises(Forbidden):
        set_companion_rules(edition, at_most=3, by=one.person)
    assert named(one, by=desk).state == "named"


def test_the_database_holds_the_places(edition):
    one = importer(edition)
    Companion.objects.create(registration=one, person=world.person(), place=1)
    for place in (0, 1, 10):
        with pytest.raises(IntegrityError), transaction.atomic():
            Companion.objects.create(registration=one, person=world.person(), place=place)
    with pytest.raises(IntegrityError), transaction.atomic():
        CompanionRules.objects.create(edition=edition, at_most=10)


def test_they_are_counted_apart_from_importers(edition, desk):
    one = importer(edition, grade="ordinary")
    named(one)
    gate_entry(edition, Badge.objects.get(kind="companion"))
    assert not present(edition).exists()
    assert [row["badge__kind"] for row in by_day(edition)] == ["companion"]


def test_a_new_edition_takes_over_the_limit(edition, desk):
    set_companion_rules(edition, at_most=4, by=desk)
    target = world.edition()
    copy_companion_rules(edition, target)
    assert target.companion_rules.at_most == 4


def test_the_importer_names_prints_and_takes_off(edition, client):
    one = importer(edition, grade="ordinary")
    client.force_login(one.person)
    address = page("companions", edition)
    assert client.post(address, {"full_name": "佐藤", "kind": "companion"}).status_code == 422
    assert client.post(address, {"full_name": "Aiko Sato", "kind": "interpreter"}).url == address
    badge = Badge.objects.get(kind="interpreter")
    assert client.get(page("badge_pdf", edition, pk=badge.pk)).status_code == 200
    assert "Aiko Sato" in client.get(page("registration", edition)).content.decode()
    companion = Companion.objects.get()
    client.force_login(importer(edition, grade="ordinary").person)
    assert client.get(page("badge_pdf", edition, pk=badge.pk)).status_code == 404
    assert client.post(page("end_own_companion", edition, companion=companion.pk)).status_code == 404
    client.force_login(one.person)
    client.post(page("end_own_companion", edition, companion=companion.pk))
    assert not Badge.objects.valid().filter(kind="interpreter").exists()
    assert Entry.objects.filter(verb="buyers.companion.leave", actor=one.person).exists()


def test_the_desk_does_the_same_and_sets_the_limit(edition, client, desk):
    one = importer(edition, grade="ordinary")
    address = page("companions_desk", edition, pk=one.pk)
    assert client.post(address, {"full_name": "Aiko Sato", "kind": "companion"}).url == address
    assert "Aiko Sato" in client.get(page("importer_desk", edition, pk=one.pk)).content.decode()
    client.post(page("end_companion", edition, pk=one.pk, companion=Companion.objects.get().pk))
    assert Companion.objects.get().state == "left"
    assert client.post(page("companion_rules", edition), {"at_most": "12"}).status_code == 422
    client.post(page("companion_rules", edition), {"at_most": "0"})
    assert client.post(address, {"full_name": "Aiko Sato", "kind": "companion"}).status_code == 422


def test_programs_name_and_take_off(edition, client):
    one = importer(edition, grade="ordinary")
    client.force_login(one.person)
    given = {"registration": one.pk, "full_name": "Aiko Sato", "kind": "interpreter"}
    made = client.post("/api/v1/companions/", given, "application/json")
    assert (made.status_code, made.json()["state"]) == (201, "approved")
    assert client.post(f"/api/v1/companions/{made.json()['id']}/leave/").json()["state"] == "left"
    client.force_login(world.person())
    assert client.post("/api/v1/companions/", given, "application/json").status_code == 404
