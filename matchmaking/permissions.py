"""Who may do what where the two sides meet."""

from typing import Any

import rules

from fairs.permissions import Actor, officer


def _of_side(person: Actor, part: Any) -> bool:
    return bool(person is not None and person.is_authenticated and part and part.company_id in person.company_ids)


@rules.predicate
def exhibitor_side(person: Actor, thing: Any) -> bool:
    """Somebody of the exhibitor's company."""
    return _of_side(person, thing.exhibitor)


@rules.predicate
def importer_side(person: Actor, thing: Any) -> bool:
    """Somebody of the importer's company."""
    return _of_side(person, thing.importer)


@rules.predicate
def recording_side(person: Actor, deal: Any) -> bool:
    """Somebody of the company that recorded the deal."""
    return _of_side(person, getattr(deal, deal.recorded_side))


@rules.predicate
def other_side(person: Actor, deal: Any) -> bool:
    """Somebody of the company that is asked whether the deal is true."""
    return _of_side(person, getattr(deal, deal.other_side))


@rules.predicate
def asked_side(person: Actor, proposal: Any) -> bool:
    """Somebody of the company that is asked whether another time will do."""
    return _of_side(person, proposal.importer if proposal.side == "exhibitor" else proposal.exhibitor)


@rules.predicate
def asking_side(person: Actor, correction: Any) -> bool:
    """Somebody of the company that asks for a correction."""
    return _of_side(person, getattr(correction, correction.side))


@rules.predicate
def side_asked_to_agree(person: Actor, correction: Any) -> bool:
    """Somebody of the company that is asked to agree to a correction."""
    return _of_side(person, getattr(correction, correction.other_side))


@rules.predicate
def side_of_its_deal(person: Actor, paper: Any) -> bool:
    """Somebody of either company whose deal a file speaks for."""
    return _of_side(person, paper.deal.exhibitor) or _of_side(person, paper.deal.importer)


@rules.predicate
def own_part(person: Actor, part: Any) -> bool:
    """Somebody of the company whose part in the edition it is."""
    return _of_side(person, part)


@rules.predicate
def asked_part(person: Actor, one: Any) -> bool:
    """Somebody of the company that was asked what became of it."""
    return _of_side(person, one.part)


@rules.predicate
def owner(person: Actor, thing: Any) -> bool:
    """The person that it is about: whose calendar reads the link, whose details were handed over."""
    return bool(person is not None and person.is_authenticated and thing.person_id == person.pk)


@rules.predicate
def wishing_side(person: Actor, wish: Any) -> bool:
    """Whose wish it is: the registered importer themself, or somebody of the exhibitor's company."""
    if person is None or not person.is_authenticated:
        return False
    if wish.side == wish.Side.IMPORTER:
        return bool(wish.registration.person_id == person.pk)
    return _of_side(person, wish.exhibitor)


rules.add_perm("matchmaking.wish", wishing_side | officer("importer_desk", "matchmaking_desk"))
rules.add_perm("matchmaking.set_terms", officer("matchmaking_desk"))
rules.add_perm("matchmaking.set_rules", officer("matchmaking_desk"))
rules.add_perm("matchmaking.plan", officer("matchmaking_desk"))
rules.add_perm("matchmaking.ask", importer_side | officer("matchmaking_desk"))
rules.add_perm("matchmaking.answer", exhibitor_side | officer("matchmaking_desk"))
rules.add_perm("matchmaking.cancel", exhibitor_side | importer_side | officer("matchmaking_desk"))
rules.add_perm("matchmaking.propose", exhibitor_side | importer_side)
rules.add_perm("matchmaking.answer_proposal", asked_side | officer("matchmaking_desk"))
rules.add_perm("matchmaking.move", officer("matchmaking_desk"))
rules.add_perm("matchmaking.substitute", exhibitor_side | importer_side | officer("matchmaking_desk"))
rules.add_perm("matchmaking.set_seats", own_part | officer("matchmaking_desk"))
rules.add_perm("matchmaking.mark", exhibitor_side | importer_side | officer("matchmaking_desk"))
rules.add_perm("matchmaking.log_walk_in", exhibitor_side | officer("matchmaking_desk"))
# What an exhibitor writes of its visitors is nobody else's: no officer keeps or reads leads.
rules.add_perm("matchmaking.keep_leads", exhibitor_side)
rules.add_perm("matchmaking.take_back", owner)
rules.add_perm("matchmaking.count_leads", officer("matchmaking_desk", "importer_desk", "reports"))
rules.add_perm("matchmaking.follow_agenda", owner)
rules.add_perm("matchmaking.record_deal", recording_side | officer())
rules.add_perm("matchmaking.record_for_others", officer())
# Who stands on both sides cannot be the other side of their own paper.
rules.add_perm("matchmaking.answer_deal", other_side & ~recording_side)
rules.add_perm("matchmaking.agree_deal", recording_side | officer())
rules.add_perm("matchmaking.cancel_deal", recording_side | officer())
rules.add_perm("matchmaking.read_register", officer("reports"))
rules.add_perm("matchmaking.list_orders", officer("reports", "matchmaking_desk"))
rules.add_perm("matchmaking.describe_deal", recording_side | officer())
rules.add_perm("matchmaking.give_paper", exhibitor_side | importer_side | officer("reports"))
# Nobody finds their own paper in order.
rules.add_perm("matchmaking.check_paper", officer("reports") & ~side_of_its_deal)
rules.add_perm("matchmaking.correct_deal", exhibitor_side | importer_side | officer())
rules.add_perm("matchmaking.answer_correction", side_asked_to_agree & ~asking_side)
rules.add_perm("matchmaking.withdraw_correction", asking_side | officer())
rules.add_perm("matchmaking.say_delivery", exhibitor_side | importer_side)
rules.add_perm("matchmaking.decide_pair", officer("reports"))
rules.add_perm("matchmaking.set_contract_rules", officer())
# What an exhibitor still talks about is its own; of what has a paper the organiser has the values.
rules.add_perm("matchmaking.keep_opportunities", exhibitor_side)
rules.add_perm("matchmaking.answer_follow_up", asked_part)
rules.add_perm("matchmaking.set_follow_ups", officer("reports", "matchmaking_desk"))
rules.add_perm("matchmaking.declare_sales", exhibitor_side)
rules.add_perm("matchmaking.give_samples", exhibitor_side)
rules.add_perm("matchmaking.keep_sample", own_part)
