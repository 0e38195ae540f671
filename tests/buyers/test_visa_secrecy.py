"""Passport data: unreadable in the database, gone after its days, in no page, answer, log or letter of others."""

import logging
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from buyers.actions.visa_rules import forget_passports, set_visa_rules
from buyers.actions.visas import read_passport
from buyers.codes import new_token
from buyers.models import VisaLetter
from fairs import clock
from fairs.encryption import decrypted
from fairs.errors import Refused
from fairs.models import Entry, Officer
from fairs.papers.type import clean
from tests import world
from tests.buyers.importers import page
from tests.buyers.visas import PASSPORT, SECRETS, asked, issued, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    with clock.at(world.NOON):
        cache.clear()
        yield world.edition(slug="hgs-2018")


@pytest.fixture
def visa(edition):
    return officer(edition)


def signed_in(person):
    visitor = Client(headers={"accept-language": "en"})
    visitor.force_login(person)
    return visitor


def raw(letter):
    """The column as whoever steals the database reads it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM buyers_visaletter WHERE id = %s", [letter.pk])
        return cursor.fetchone()[0]


def test_the_column_is_unreadable_without_the_key(edition):
    stored = raw(asked(edition))
    assert stored.startswith("gAAAA")
    assert not any(secret in stored for secret in SECRETS)
    assert PASSPORT.number in decrypted(stored)


def test_no_column_of_the_letter_shows_the_passport(edition, visa):
    letter = issued(edition, by=visa)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM buyers_visaletter WHERE id = %s", [letter.pk])
        row = " ".join(map(str, cursor.fetchone()))
    assert not any(secret in row for secret in SECRETS)


def test_after_its_days_nobody_reads_it_even_without_the_heartbeat(edition, visa):
    letter = issued(edition, by=visa)
    last = world.NOON + (edition.closes_on - world.NOON.date()) + timedelta(days=90)
    with clock.at(last):
        assert read_passport(letter, by=visa) == PASSPORT
    with clock.at(last + timedelta(days=1)):
        for reader in (visa, letter.person):
            with pytest.raises(Refused) as refusal:
                read_passport(letter, by=reader)
            assert refusal.value.code == "passport_gone"
            pdf = signed_in(reader).get(reverse("buyers:visa_pdf", args=[edition.slug, letter.pk]))
            assert pdf.status_code == 404


def test_the_heartbeat_deletes_it_and_the_letter_stays(edition, visa):
    letter = issued(edition, by=visa)
    last = world.NOON + (edition.closes_on - world.NOON.date()) + timedelta(days=90)
    with clock.at(last):
        assert forget_passports() == 0
    with clock.at(last + timedelta(days=1)):
        assert forget_passports() == 1
        assert forget_passports() == 0
    assert raw(letter) == ""
    letter.refresh_from_db()
    assert (letter.state, letter.number) == ("issued", f"{edition.code}-TM00001")
    assert Entry.objects.filter(verb="buyers.visaletter.forget").count() == 1


def test_fewer_days_are_kept_to_at_once_and_more_are_refused(edition, visa):
    letter = asked(edition)
    set_visa_rules(edition, keep_days=10, by=visa)
    letter = VisaLetter.objects.with_rules().get(pk=letter.pk)
    assert letter.gone_on == edition.closes_on + timedelta(days=11)
    with pytest.raises(Refused) as refusal:
        set_visa_rules(edition, keep_days=11, by=visa)
    assert refusal.value.code == "kept_longer"


def every_page(edition, letter):
    """What others may open about the guest."""
    registration = letter.person.registrations.get()
    return [
        page("importers_desk", edition),
        page("importer_desk", edition, pk=registration.pk),
        page("visa_desk", edition),
        page("visa_letter", edition, pk=letter.pk),
        page("visa_pdf", edition, pk=letter.pk),
        reverse("fairs:journal", args=[edition.slug]),
        reverse("fairs:desk", args=[edition.slug]),
        f"/api/v1/visa-letters/{letter.pk}/",
        f"/api/v1/visa-letters/{letter.pk}/passport/",
        "/api/v1/visa-letters/",
        "/api/v1/registrations/",
        "/api/v1/journal/",
    ]


@pytest.mark.parametrize("role", [role for role in Officer.Role.values if role != "visa"])
def test_no_page_and_no_answer_shows_it_to_another_officer(edition, visa, role):
    letter = issued(edition, by=visa)
    visitor = signed_in(world.officer(edition, role))
    for address in every_page(edition, letter):
        answer = visitor.get(address)
        text = answer.content.decode(errors="replace")
        assert not any(secret in text for secret in SECRETS), address
    assert visitor.get(page("visa_letter", edition, pk=letter.pk)).status_code == 404
    assert visitor.get(page("visa_pdf", edition, pk=letter.pk)).status_code == 404


def test_the_administrator_sees_no_passport(edition, visa):
    letter = issued(edition, by=visa)
    admin = world.person("Admin", is_superuser=True, is_staff=True)
    visitor = signed_in(admin)
    shown = visitor.get(reverse("admin:buyers_visaletter_change", args=[letter.pk])).content.decode()
    assert letter.number in shown
    assert letter.token not in shown
    assert raw(letter) not in shown
    assert visitor.get(page("visa_letter", edition, pk=letter.pk)).status_code == 404


def test_another_guest_finds_nothing_by_counting(edition, visa):
    letter, stranger = issued(edition, by=visa), issued(edition, by=visa).person
    visitor = signed_in(stranger)
    assert visitor.get(page("visa_pdf", edition, pk=letter.pk)).status_code == 404
    assert visitor.get(f"/api/v1/visa-letters/{letter.pk}/passport/").status_code == 404
    assert [one["person"] for one in visitor.get("/api/v1/visa-letters/").json()["results"]] == [stranger.pk]


def test_programs_read_the_passport_only_as_officer_or_guest(edition, visa):
    letter = asked(edition)
    api = APIClient()
    api.force_authenticate(visa)
    assert api.get(f"/api/v1/visa-letters/{letter.pk}/passport/").json()["number"] == PASSPORT.number
    assert Entry.objects.filter(verb="buyers.visaletter.read", actor=visa).count() == 1
    listed = api.get("/api/v1/visa-letters/").content.decode()
    assert not any(secret in listed for secret in SECRETS)
    assert letter.token not in listed


def test_no_letter_by_mail_holds_anything_of_it(edition, visa, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        letter = issued(edition, by=visa)
    from fairs.deliveries import compose
    from fairs.models import Delivery

    said = "".join(
        str(compose(owed).message()) for owed in Delivery.objects.filter(to=letter.person).select_related("to")
    )
    assert not any(secret in said for secret in SECRETS)
    assert letter.token not in said
    assert mail is not None


def test_no_log_line_holds_anything_of_it(edition, visa, caplog):
    letter = asked(edition)
    with caplog.at_level(logging.DEBUG):
        signed_in(visa).get(page("visa_letter", edition, pk=letter.pk))
        signed_in(letter.person).get(page("visa", edition))
        signed_in(letter.person).post(
            page("visa", edition), {"number": PASSPORT.number, "full_name": "Linnea Maria Berg"}
        )
    said = " ".join(f"{record.getMessage()} {getattr(record, 'facts', '')}" for record in caplog.records)
    assert not any(secret in said for secret in SECRETS)


def check(edition, token, **more):
    return Client(headers={"accept-language": "en"}, **more).get(page("visa_check", edition, token=token))


def test_the_code_tells_number_date_issuer_and_validity_and_nobody(edition, visa):
    letter = issued(edition, by=visa)
    answer = check(edition, letter.token)
    text = answer.content.decode()
    assert letter.number in text
    assert "Valid" in text
    assert "noindex" in text
    assert "no-store" in answer["Cache-Control"]
    personal = [*SECRETS, "Linnea", "Berg", letter.company.name_vi, letter.person.email]
    assert not any(secret in text for secret in personal)


def test_a_revoked_letter_is_told_as_such(edition, visa):
    from buyers.actions.visas import revoke_letter

    letter = revoke_letter(issued(edition, by=visa), reason="Doubt about Berg", by=visa)
    text = check(edition, letter.token).content.decode()
    assert "No longer valid" in text
    assert "Doubt" not in text


def test_a_letter_that_is_not_issued_is_not_told_of(edition, visa):
    assert check(edition, asked(edition).token).status_code == 404


def test_codes_are_not_guessed(edition, visa):
    letter = issued(edition, by=visa)
    assert re.fullmatch(r"1[0-9A-HJKMNP-TV-Z]{28}", letter.token)  # the version, 26 digits of five bits, the check
    for _guess in range(20):
        assert check(edition, new_token()).status_code == 404
    assert check(edition, letter.token).status_code == 429
    assert check(edition, letter.token, REMOTE_ADDR="203.0.113.5").status_code == 200


def test_a_code_of_another_edition_is_unknown(edition, visa):
    letter = issued(edition, by=visa)
    assert check(world.edition(), letter.token).status_code == 404


def test_the_paper_says_it_all_in_both_languages(edition, visa):
    letter = issued(edition, by=visa)
    answer = signed_in(letter.person).get(page("visa_pdf", edition, pk=letter.pk))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer["Cache-Control"]
    assert clean(letter.number) in answer["Content-Disposition"]


def test_a_guest_gets_no_draft(edition, visa):
    letter = asked(edition)
    assert signed_in(letter.person).get(page("visa_pdf", edition, pk=letter.pk)).status_code == 404
    assert signed_in(visa).get(page("visa_pdf", edition, pk=letter.pk)).status_code == 200
