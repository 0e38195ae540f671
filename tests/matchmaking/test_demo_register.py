"""What the demonstration tells of its contracts after they were signed."""

from datetime import timedelta
from decimal import Decimal

import pytest

from fairs import clock, invention
from fairs.demo.timeline import Timeline
from fairs.demo.world import Demo
from matchmaking.actions.deals import confirm_deal
from matchmaking.actions.opportunities import open_opportunity
from matchmaking.demo_register import Register, lines_of, scan_of, terms_of
from matchmaking.models import Consignment, Deal, DealCorrection, DealPair, Opportunity
from tests import world
from tests.matchmaking.asking import recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair(settings, tmp_path):
    """The first morning of the fair, at ten."""
    settings.MEDIA_ROOT = tmp_path
    with clock.at(world.FIRST_MORNING):
        yield world.two_sides()


@pytest.fixture
def demo(fair):
    """A demonstration that ends a month later."""
    made = Demo(Timeline(world.FIRST_MORNING + timedelta(days=33)))
    made.edition = fair.edition
    made.officers["director"] = world.officer(fair.edition, "director")
    return made


def lived(demo):
    for _done in demo.timeline.live():
        pass


def test_files_looks_corrections_twins_and_deliveries_come_by_the_actions(fair, demo):
    register = Register(demo, demo.chance("x"))
    for number, kind in [(0, "contract"), (3, "trial_order"), (4, "contract"), (7, "contract"), (29, "contract")]:
        importer = world.importer(fair.edition)
        deal = recorded(fair, key=str(number), kind=kind, importer=importer.part, amount=Decimal(6_940_000))
        confirm_deal(deal, by=importer.person)
        register.go_on(deal, number, fair.maker, importer.person)
    lived(demo)
    levels = {deal.key: deal.level for deal in Deal.objects.order_by("pk")}
    assert [levels[key] for key in "03479"[:4]] == ["confirmed", "delivered", "confirmed", "confirmed"]
    assert Deal.objects.get(key="3").seen_at
    assert Deal.objects.get(key="0").papers.get().verdict == "unfit"
    assert Deal.objects.get(key="7").amount == 7_078_800
    assert DealCorrection.objects.get().state == "agreed"
    assert DealPair.objects.get().kept == Deal.objects.get(key="4")
    assert Deal.objects.count() == 7
    assert Consignment.objects.get().state == "delivered"


def test_quotations_are_written_and_some_lapse(fair, demo):
    for number in range(6):
        importer = world.importer(fair.edition)
        open_opportunity(fair.exhibitor, importer=importer.part, key=str(number), by=fair.maker)
    register = Register(demo, demo.chance("x"))
    for number in range(7):
        register.offer(number)
    lived(demo)
    assert Opportunity.objects.all().stages() == {"quoted": 4, "lapsed": 2}


def test_what_a_paper_says_is_sound(fair):
    for number, idea in enumerate(invention.deals(2018, 80, 25)):
        day = world.OPENS
        deal = recorded(
            fair, kind="memorandum" if idea.kind == "memorandum" else "contract", amount=idea.value,
            currency=idea.currency, signed_on=day, key=f"n{number}", terms=terms_of(idea, in_vietnamese=True),
            lines=lines_of(idea, idea.goods_vi), importer=world.importer(fair.edition).part,
        )  # fmt: skip
    assert Deal.objects.exclude(incoterm="").count() == 80
    assert Deal.objects.filter(lines__isnull=False).distinct().count() > 60
    assert scan_of(deal).startswith(b"%PDF-")
