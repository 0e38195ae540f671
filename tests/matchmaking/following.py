"""Pairs that met and were asked what became of it, for the tests of what comes after the fair."""

from datetime import UTC, datetime, timedelta

from fairs import clock
from matchmaking.actions.follow_up import ask
from matchmaking.models import FollowUp, FollowUpRung, Meeting, Sample, SpotSale
from tests import world

AFTER = datetime(2018, 11, 20, 3, 0, tzinfo=UTC)  # ten in the morning, thirty days after the fair closed


def met(sides, exhibitor=None, importer=None, person=None):
    """A meeting held on the first morning."""
    return Meeting.objects.create(
        edition=sides.edition, exhibitor=exhibitor or sides.exhibitor, importer=importer or sides.importer,
        importer_person=person or sides.buyer, starts_at=world.FIRST_MORNING,
        ends_at=world.FIRST_MORNING + timedelta(minutes=30), state="held",
    )  # fmt: skip


def asked_of(sides, side="importer", days=30):
    """The question that one side of the pair is asked on a rung."""
    with clock.at(AFTER + timedelta(days=days - 30)):
        assert ask(getattr(sides, side), days)
    whole = FollowUp.objects.with_sides().select_related("edition", "rung", "deal")
    return whole.get(side=side, days=days)


def after_the_fair(cast):
    """What the exhibitor of a cast was asked and answered, and what it sold."""
    sides = {name: cast.things[f"{name}_part"] for name in ("exhibitor", "importer")}
    rung = FollowUpRung.objects.create(edition=cast.edition, part=sides["exhibitor"], days=30)
    answer = {"state": "ordered", "amount": 500, "currency": "USD", "answered_at": clock.now()}
    one = FollowUp.objects.create(edition=cast.edition, rung=rung, days=30, side="exhibitor", **sides, **answer)
    sale = SpotSale.objects.create(
        edition=cast.edition, exhibitor=sides["exhibitor"], day=world.OPENS, amount=5_000_000,
        said_by=cast.people["exhibitor"],
    )  # fmt: skip
    sample = Sample.objects.create(edition=cast.edition, exhibitor=sides["exhibitor"], number=1)
    return {"follow_up": one, "spot_sale": sale, "sample": sample}
