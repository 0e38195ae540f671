"""The script of a day is drawn up from its seed and the edition's rows, and from nothing else."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils.module_loading import autodiscover_modules

from booths.models import RulesText
from fairs import clock
from fairs.models import BankAccount, Consent
from fairs.replay import paying, people  # noqa: F401 - put their parts into the day
from fairs.replay.asking import Site
from fairs.replay.day import Day, draw_up
from fairs.replay.faults import go_wrong
from matchmaking.models import Meeting
from tests import world

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # the keys of rows that are taken back stay free on SQLite


@pytest.fixture
def edition():
    """A small fair with everybody whom a day needs."""
    autodiscover_modules("replay")
    with clock.at(world.NOON):
        sides = world.two_sides()
        edition = sides.edition
        for role in ("director", "gate", "importer_desk", "booth_desk", "finance", "matchmaking_desk"):
            world.officer(edition, role)
        world.floor(edition, 4)
        world.badge(edition, sides.buyer, sides.importer.company)
        RulesText.objects.get_or_create(edition=edition, version="1", defaults={"text_vi": "Điều 1", "text_en": "1"})
        BankAccount.objects.create(edition=edition, bin="970436", bank_name="VCB", number="1", holder="HOI CHO")
        Consent.objects.create(edition=edition, person=sides.buyer, purpose="share_on_scan", text_version="1")
        starts = Day(edition, edition.opens_on, Site("")).hour("10:00")
        Meeting.objects.create(
            edition=edition, exhibitor=sides.exhibitor, importer=sides.importer, importer_person=sides.buyer,
            starts_at=starts, ends_at=starts + timedelta(minutes=30), state="accepted",
        )  # fmt: skip
        yield edition


def drawn(edition, **given):
    """The script; whatever was made ready for it is taken back."""
    with transaction.atomic():
        day = Day(edition, edition.opens_on, Site("http://127.0.0.1:9"), part=40, **given)
        draw_up(day)
        go_wrong(day, SimpleNamespace())
        script = day.script
        transaction.set_rollback(True)
    return script


def test_the_same_seed_is_the_same_day_and_another_one_another(edition):
    script = drawn(edition)
    with clock.at(world.NOON + timedelta(hours=5)):
        assert drawn(edition) == script
    assert drawn(edition, seed=7) != script


def test_everybody_does_something_and_a_third_enters_in_the_first_hour(edition):
    script = drawn(edition)
    kinds = {what for _at, _who, what in script}
    assert {
        "a badge read at a gate", "list and rules of a gate", "a guest registered at the reception",
        "a meeting without an appointment noted", "a visitor noted at a booth", "booths held", "card page opened",
        "page of the desk", "page of the public", "a sheet imported", "webhook of Stripe", "floor plans are opened",
        "the network is gone", "a process of the pages is killed", "the worker is killed", "Redis is gone",
    } <= kinds  # fmt: skip
    entries = 4500 // 40
    early = [at for at, _who, what in script if what == "a badge read at a gate" and at < "10:00"]
    assert entries // 3 <= len(early) <= entries // 2
    assert {who for _at, who, what in script if what == "a badge read at a gate"} == {f"gate {n}" for n in (1, 2, 3, 4)}


def test_a_tenth_of_the_speed_asks_ten_times_as_often_for_lists(edition):
    often = [sum(what == "list and rules of a gate" for _at, _who, what in drawn(edition, speed=n)) for n in (60, 600)]
    assert often[0] > 8 * often[1]
