"""A plan edited against a hold: either keeps the booth, never both."""

import threading
import time

import pytest

from booths.actions import publishing
from booths.actions.drafts import begin_draft, drop_draft, save_draft
from booths.actions.reservations import hold_booths
from booths.floor_content import held_by, touched
from booths.models import Booth, FloorDraft, Reservation
from fairs import clock
from tests import world
from tests.booths.test_races import THREADS, fight

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROUNDS = 24
PATIENCE = 5  # seconds


@pytest.fixture
def arena():
    """Fights over one booth a round between a plan without it and seven holds; what each answered."""
    edition = world.edition()
    edition.sale_terms.booths_at_most = ROUNDS
    edition.sale_terms.save()
    floor = world.floor(edition, booths=ROUNDS)
    desk = world.officer(edition, "booth_desk")
    assert desk.roles_in(edition)
    rivals = [world.application(edition, booths=ROUNDS) for _thread in range(THREADS)]
    assert all(rival.contact.company_ids for rival in rivals)

    def plan_without(booth):
        draft = begin_draft(edition, by=desk)
        return save_draft(draft, version=draft.version, changes={"booths": {f"b{booth.pk}": None}}, by=desk)

    with clock.at(world.NOON):
        drafts = [plan_without(floor[0])]

    def deed(number, turn):
        if number:
            return len(hold_booths(rivals[number], booths=[floor[turn]], by=rivals[number].contact))
        try:
            publishing.publish_draft(drafts[-1], by=desk)
            return "published"
        finally:
            for left in FloorDraft.objects.all():
                drop_draft(left, by=desk)
            if turn + 1 < ROUNDS:
                drafts.append(plan_without(floor[turn + 1]))

    return floor, lambda: fight(ROUNDS, deed)


def until(it_is_so):
    """Wait for it, but not for ever."""
    ends = time.monotonic() + PATIENCE
    while not it_is_so() and time.monotonic() < ends:
        time.sleep(0.01)


def orphans():
    """Live reservations of booths that the plan no longer has."""
    return Reservation.objects.live(world.NOON).filter(booth__retired=True).count()


def test_either_the_hold_or_the_plan_without_the_booth_wins(arena):
    floor, fought = arena
    for booth, (plan, *holds) in zip(floor, fought(), strict=True):
        stands = Booth.objects.filter(pk=booth.pk).exists()
        if plan == "published":
            assert (holds, stands) == (["booth_gone"] * (THREADS - 1), False)
        else:
            assert (plan, stands) == ("booth_in_use", True)
            assert sorted(holds, key=str) == [1] + ["booth_taken"] * (THREADS - 2)
    assert orphans() == 0


@pytest.mark.postgres
def test_the_control_orphans_a_booth(arena, monkeypatch):
    """Look who has a booth and take it away, with nothing locked in between."""

    seen = threading.Event()

    def looked(edition, changes):
        concerned = touched(changes, held_by(edition))
        seen.set()
        if any(one.orphans for one in concerned):
            raise publishing.in_use(concerned)
        until(lambda: any(one.orphans for one in touched(changes, held_by(edition))))
        return concerned

    def held_after_the_look(*given, hold=hold_booths, **more):
        seen.wait(PATIENCE)
        return hold(*given, **more)

    monkeypatch.setitem(globals(), "hold_booths", held_after_the_look)
    monkeypatch.setattr(publishing, "_concerned", looked)
    arena[1]()
    assert orphans() > 0
