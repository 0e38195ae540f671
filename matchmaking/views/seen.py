"""A meeting or deal as one person sees it: which side is theirs, who is across, what may be done."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from booths.models import Zone
from fairs import clock
from fairs.models import Edition, Participation
from fairs.permissions import Actor, may
from matchmaking.correction_words import content_words
from matchmaking.models import Deal, DealCorrection, DealPaper, Meeting, Proposal

MEETING_KINDS = {
    "requested": "wait",
    "accepted": "ok",
    "held": "ok",
    "no_show": "stop",
    "declined": "off",
    "cancelled": "off",
    "expired": "off",
}
DEAL_KINDS = {"recorded": "wait", "confirmed": "ok", "disputed": "stop", "cancelled": "off"}


@dataclass
class SeenMeeting:
    """A meeting beside the person who looks at it."""

    meeting: Meeting
    person: Actor
    letters: str = ""

    @property
    def side(self) -> str:
        """exhibitor, importer, or nothing for the organiser."""
        return side_of(self.meeting, self.person)

    @property
    def other(self) -> Participation:
        """Whom the person meets; for the organiser the importer."""
        return self.meeting.importer if self.side != "importer" else self.meeting.exhibitor

    @property
    def state(self) -> str:
        """The state as it counts now: an unanswered request is over once its time has come."""
        return "expired" if self.meeting.lapsed else self.meeting.state

    @property
    def kind(self) -> str:
        """The kind of its sign."""
        return MEETING_KINDS[self.state]

    @property
    def word(self) -> str:
        """The state in words."""
        return str(Meeting.State(self.state).label)

    @property
    def over(self) -> bool:
        """Whether its time is past."""
        return self.meeting.ends_at <= clock.now()

    @cached_property
    def may_answer(self) -> bool:
        """Whether a yes or no is still asked of this person."""
        return self.state == "requested" and may(self.person, "matchmaking.answer", self.meeting)

    @cached_property
    def may_cancel(self) -> bool:
        """Whether this person can call it off."""
        return (
            self.state in ("requested", "accepted")
            and not self.meeting.begun
            and may(self.person, "matchmaking.cancel", self.meeting)
        )

    @property
    def is_open(self) -> bool:
        """Asked for or agreed, and still ahead."""
        return self.state in ("requested", "accepted") and not self.meeting.begun

    @property
    def may_propose(self) -> bool:
        """Whether this person can propose another time."""
        return self.is_open and bool(self.side)

    @cached_property
    def may_move(self) -> bool:
        """Whether this person can move it at once."""
        return self.is_open and self.state == "accepted" and may(self.person, "matchmaking.move", self.meeting)

    @cached_property
    def may_choose_receiver(self) -> bool:
        """Whether this person says who of the exhibitor receives."""
        substitutes = self.side != "importer" and may(self.person, "matchmaking.substitute", self.meeting)
        return self.is_open and self.state == "accepted" and substitutes

    @cached_property
    def may_choose_person(self) -> bool:
        """Whether this person says who comes for the importer."""
        substitutes = self.side != "exhibitor" and may(self.person, "matchmaking.substitute", self.meeting)
        return self.is_open and self.state == "accepted" and substitutes

    @cached_property
    def may_mark(self) -> bool:
        """Whether this person can say what became of it: first, or otherwise than the other side."""
        unheard = self.state == "no_show" and (not self.side or not getattr(self.meeting, f"{self.side}_says"))
        asked = self.state == "accepted" or unheard or (self.meeting.differs and not self.side)
        return asked and self.meeting.begun and may(self.person, "matchmaking.mark", self.meeting)

    @property
    def may_rate(self) -> bool:
        """Whether this person can say how good it was."""
        return self.state in ("accepted", "held") and self.meeting.begun and bool(self.side)

    @property
    def may_record(self) -> bool:
        """Whether a contract can be recorded from it."""
        return self.state in ("accepted", "held") and self.meeting.begun and bool(self.side)


@dataclass
class SeenProposal:
    """Another time beside the person who looks at it."""

    proposal: Proposal
    person: Actor

    @cached_property
    def may_answer(self) -> bool:
        """Whether a yes or no is asked of this person."""
        return may(self.person, "matchmaking.answer_proposal", self.proposal)

    @property
    def own(self) -> bool:
        """Whether their own side proposed it."""
        return side_of(self.proposal, self.person) == self.proposal.side


@dataclass
class SeenDeal:
    """A deal beside the person who looks at it."""

    deal: Deal
    person: Actor
    letters: str = ""

    @property
    def side(self) -> str:
        """exhibitor, importer, or nothing for the organiser."""
        return side_of(self.deal, self.person)

    @property
    def other(self) -> Participation:
        """The company across."""
        return self.deal.importer if self.side != "importer" else self.deal.exhibitor

    @property
    def kind(self) -> str:
        """The kind of its sign."""
        return DEAL_KINDS[self.deal.state]

    @cached_property
    def may_answer(self) -> bool:
        """Whether a yes or no is asked of this person."""
        return (
            not self.deal.same_as_id
            and self.deal.can("confirm")
            and may(self.person, "matchmaking.answer_deal", self.deal)
        )

    @cached_property
    def may_agree(self) -> bool:
        """Whether this person can take the other side's value."""
        return self.deal.can("agree") and may(self.person, "matchmaking.agree_deal", self.deal)

    @cached_property
    def may_cancel(self) -> bool:
        """Whether this person can take it back."""
        return self.deal.can("cancel") and may(self.person, "matchmaking.cancel_deal", self.deal)

    @cached_property
    def shows_code(self) -> bool:
        """Whether this person can show the other side a code to confirm by: of the side that recorded it."""
        return (
            self.deal.can("confirm")
            and not self.deal.same_as_id
            and bool(self.side)
            and self.side == self.deal.recorded_side
        )

    @cached_property
    def may_describe(self) -> bool:
        """Whether this person can write the terms."""
        return self.deal.state != "cancelled" and may(self.person, "matchmaking.describe_deal", self.deal)

    @cached_property
    def may_give(self) -> bool:
        """Whether this person can give a file that speaks for it."""
        return self.deal.state != "cancelled" and may(self.person, "matchmaking.give_paper", self.deal)

    @cached_property
    def may_check(self) -> bool:
        """Whether this person says of its files that they fit or not."""
        return not self.side and may(self.person, "matchmaking.check_paper", DealPaper(deal=self.deal))

    @cached_property
    def may_correct(self) -> bool:
        """Whether this person can ask for a correction."""
        return self.deal.is_agreed and may(self.person, "matchmaking.correct_deal", self.deal)

    @cached_property
    def may_deliver(self) -> bool:
        """Whether this person can say what became of the goods."""
        return self.deal.is_agreed and self.deal.is_contract and bool(self.side)

    @property
    def level(self) -> str:
        """The level in words."""
        return str(Deal.Level(self.deal.level).label) if self.deal.level else ""


@dataclass
class SeenCorrection:
    """A correction beside the person who looks at it."""

    correction: DealCorrection
    person: Actor

    @property
    def before(self) -> str:
        """What stood there, as the page writes it."""
        return content_words(self.correction.field, self.correction.before)

    @property
    def after(self) -> str:
        """What stands there once it is agreed."""
        return content_words(self.correction.field, self.correction.after)

    @cached_property
    def may_answer(self) -> bool:
        """Whether a yes or no is asked of this person."""
        return self.correction.can("agree") and may(self.person, "matchmaking.answer_correction", self.correction)

    @cached_property
    def may_withdraw(self) -> bool:
        """Whether this person can take it back."""
        return self.correction.can("withdraw") and may(self.person, "matchmaking.withdraw_correction", self.correction)


def side_of(thing: Any, person: Actor) -> str:
    """Which side of a meeting or deal the person stands on."""
    if thing.exhibitor.company_id in person.company_ids:
        return "exhibitor"
    return "importer" if thing.importer.company_id in person.company_ids else ""


def own_side(thing: Any, person: Actor) -> int:
    """The company for which the person stands on that side; at a desk none."""
    side = side_of(thing, person)
    return getattr(thing, side).company_id if side else 0


def letters_of(edition: Edition) -> dict[int, str]:
    """The two letters of the zone for each product group, by the group's id."""
    pairs = Zone.objects.filter(edition=edition, product_groups__isnull=False).order_by("-order", "-code")
    return {group: code[:2] for group, code in pairs.values_list("product_groups", "code")}


def see_meetings(edition: Edition, meetings: Any, person: Actor) -> list[SeenMeeting]:
    """Meetings with the letters of what their exhibitors make."""
    letters = letters_of(edition)
    return [SeenMeeting(one, person, _first(letters, one.exhibitor)) for one in meetings]


def _first(letters: dict[int, str], part: Participation) -> str:
    groups = (letters.get(group.pk, "") for group in part.company.product_groups.all())
    return next(filter(None, groups), "")
