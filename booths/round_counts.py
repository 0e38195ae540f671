"""What a round came to, in counts that can be published: nobody is named, and nobody can be guessed."""

from dataclasses import dataclass

from booths.models import Proposal, Round
from booths.round_instance import application_of


@dataclass(frozen=True)
class Share:
    """So many of those whom it concerns."""

    met: int
    of: int


@dataclass(frozen=True)
class RoundCounts:
    """Of a round and one proposal. Booths and applicants that had theirs before are not counted, apart from `before`.

    `better` is how much more the plan is worth than the draw, `proven` how near it is at least to the best there is:
    both shares of one, without what those are worth who had theirs before; None where they are not known, and where
    somebody has no place, whose cost would drown the rest.
    """

    booths: int
    before: int
    applicants: int
    placed: int
    wanted: int
    given: int
    in_zone: Share
    wishes: Share
    corners: Share
    beside: int
    better: float | None
    proven: float | None


def counts_of(worked: Round, proposal: Proposal) -> RoundCounts:
    """The counts of a proposal, from the inputs and the solver's own terms."""
    instance, fixed = worked.instance, worked.instance["fixed"]
    people = {one["id"]: one for one in instance["exhibitors"] if one["id"] not in fixed}
    terms = {who: proposal.why[who]["terms"] for who in people if who in proposal.why}
    full = instance["weights"]["zone"]
    wishing = [who for who in terms if who in instance["wishes"]]
    cornered = [who for who in terms if people[who]["wants_corner"]]
    taken = sum(map(len, fixed.values()))
    had = sum(sum(proposal.why[who]["terms"].values()) for who in fixed if who in proposal.why)
    worth = proposal.objective - had
    greedy, bound = (_comparable(proposal, figure, had) for figure in (proposal.greedy, proposal.bound))
    return RoundCounts(
        booths=len(instance["booths"]) - len(instance["blocked"]) - taken,
        before=len(fixed),
        applicants=len({application_of(who) for who in people}),
        placed=len({application_of(who) for who in people} - {application_of(who) for who in proposal.unplaced}),
        wanted=sum(one["booths"] for one in people.values()),
        given=sum(len(booths) for who, booths in proposal.plan.items() if who in people),
        in_zone=Share(sum(one["zone"] >= full for one in terms.values()), len(terms)),
        wishes=Share(sum(terms[who]["wishes"] > 0 for who in wishing), len(wishing)),
        corners=Share(sum(terms[who]["corner"] > 0 for who in cornered), len(cornered)),
        beside=sum(bool(proposal.why[who]["fellows"]) for who in terms),
        better=None if greedy is None else worth / greedy - 1,
        proven=None if bound is None else worth / bound,
    )


def _comparable(proposal: Proposal, figure: float | None, had: float) -> float | None:
    """A total without what was worth something before the round; None where it says nothing."""
    return figure - had if figure is not None and not proposal.unplaced and figure > had else None
