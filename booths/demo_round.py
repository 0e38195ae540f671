"""The demonstration's allocation round: whoever was accepted by then is placed, and takes or declines the place."""

from booths.actions.offers import decline_offer, take_offer
from booths.actions.round_publishing import publish_round
from booths.actions.rounds import begin_round, run_round, set_allocation_terms
from booths.models import Application, Offer
from fairs.demo.stages import moment
from fairs.demo.world import Demo, planner
from fairs.models import Company, Notice, Person

ROUND = moment("2018-07-16 09:00")
SIGNED = moment("2018-07-17 15:00")
STEPS = ("--steps", "60")  # by steps, not by the clock: the same plan on every machine


@planner(order=15)
def places_are_given(demo: Demo) -> None:
    """The desk begins the round, and the director signs it the day after."""
    desk, director = demo.officers["booth_desk"], demo.officers["director"]

    def begin() -> None:
        forms = [Company.LegalForm.HOUSEHOLD, Company.LegalForm.COOPERATIVE]
        set_allocation_terms(demo.edition, support_forms=[str(form) for form in forms], by=desk)
        begun = begin_round(demo.edition, seconds=30, by=desk)
        run_round(begun.pk, limit=STEPS)
        demo.timeline.at(SIGNED, lambda: sign(begun.pk))

    def sign(pk: int) -> None:
        publish_round(demo.edition.rounds.get(pk=pk), seen=1, by=director)

    demo.timeline.at(ROUND, begin)


def answer_offer(application: Application, *, takes: bool, by: Person) -> Notice | None:
    """Take or decline the place that the round gave; nothing for who has none."""
    offer = Offer.objects.filter(application=application, state=Offer.State.OPEN).first()
    if offer is None:
        return None
    if takes:
        return take_offer(offer, by=by)
    decline_offer(offer, by=by)
    return None
