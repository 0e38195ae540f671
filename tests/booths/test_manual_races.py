"""Rivals around the manual: no version is lost, no booth has too many co-exhibitors, a letter goes out once."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from booths.actions.co_exhibitors import ask_co_exhibitor
from booths.actions.house_rules import set_house_rules
from booths.actions.manual import hand_in_file
from booths.actions.manual_reminders import remind
from booths.manual import own_progress
from booths.models import CoExhibitor, HandIn
from fairs import clock
from fairs.models import Delivery
from tests import world
from tests.booths.manual import PDF, task
from tests.booths.test_races import THREADS, fight

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def exhibitor():
    """An accepted application, with a contact who knows the company."""
    application = world.application(world.edition(), booths=2)
    assert application.contact.company_ids
    return application


def test_files_handed_in_at_one_moment_are_all_kept_in_a_row():
    application = exhibitor()
    one, by = task(application.edition, asks="file"), application.contact
    [answers] = fight(1, lambda number, _turn: hand_in_file(application, task=one, data=PDF + bytes([number]), by=by))
    assert all(isinstance(answer, HandIn) for answer in answers)
    numbers = HandIn.objects.get().files.values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, THREADS + 1))


def test_co_exhibitors_named_at_one_moment_stay_within_the_limit():
    application = exhibitor()
    set_house_rules(
        application.edition, co_exhibitors_for_a_booth=1, by=world.officer(application.edition, "booth_desk")
    )

    def deed(number, _turn):
        name = f"Gốm số {number}"
        return ask_co_exhibitor(application, name=name, shows="Gốm", no_rent=True, by=application.contact)

    [answers] = fight(1, deed)
    assert sum(isinstance(answer, CoExhibitor) for answer in answers) == CoExhibitor.objects.count() == 2
    assert {str(answer) for answer in answers if not isinstance(answer, CoExhibitor)} == {"too_many"}


@pytest.mark.postgres
def test_the_control_names_too_many():
    """Count, then write, without the lock on the application."""
    application = exhibitor()

    def deed(number, _turn):
        with transaction.atomic(), connection.cursor() as cursor:
            count = CoExhibitor.objects.filter(application=application).count()
            cursor.execute("SELECT pg_sleep(0.05)")
            if count < 2:
                CoExhibitor.objects.create(
                    application=application, name=f"Gốm số {number}", shows="Gốm", asked_by=application.contact
                )

    fight(1, deed)
    assert CoExhibitor.objects.count() > 2


def test_heartbeats_at_one_moment_write_each_letter_once():
    application = exhibitor()
    one = task(application.edition, due_on=clock.today(application.edition) + timedelta(days=7))
    cell = own_progress(application).of(one)
    [answers] = fight(1, lambda _number, _turn: remind(application, [cell]))
    assert sum(answers) == 1
    assert Delivery.objects.filter(kind="booths.manual_reminder").count() == 1
