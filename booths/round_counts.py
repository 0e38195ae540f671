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
    both shares of one, None where they are not known.
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
        better=proposal.objective / proposal.greedy - 1 if proposal.greedy and proposal.greedy > 0 else None,
        proven=proposal.objective / proposal.bound if proposal.bound and proposal.bound > 0 else None,
    )
