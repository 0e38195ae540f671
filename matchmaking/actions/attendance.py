"""What became of a meeting: badges read there, and what both sides say."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from buyers.models import Badge
from fairs import clock
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition, Participation
from fairs.permissions import Actor, require
from matchmaking.actions.at_the_booth import badge_shown
from matchmaking.actions.contacts import side_of
from matchmaking.actions.opportunities import follow_meeting
from matchmaking.attendance import HELD, Known, Verdict, judge
from matchmaking.models import Meeting, Rating

EARLY, LATE = timedelta(minutes=30), timedelta(hours=1)  # around its time a badge is read for a meeting
# After these there is something to go on about.
GOES_ON = (Rating.Step.DEAL, Rating.Step.SAMPLES, Rating.Step.PRICES)
HAPPENED = (Meeting.State.ACCEPTED, Meeting.State.HELD, Meeting.State.NO_SHOW)


def mark_held(meeting: Meeting, *, by: Actor) -> Meeting:
    """Say that the two sides met. Refuses with `not_yet` before the meeting's time."""
    return _say(meeting, HELD, by=by)


def mark_no_show(meeting: Meeting, *, absent: str, by: Actor) -> Meeting:
    """Say which side did not come: exhibitor, importer or both. Refuses with `not_yet` before the meeting's time.

    A side says so once, and the other may say otherwise; see `matchmaking.attendance` for what then stands. The desk's
    word is the last.
    """
    if absent not in Meeting.Side.values:
        sentence = _("Say who did not come: the exhibitor, the importer or both.")
        raise Invalid("absent", sentence, {"absent": [sentence]})
    return _say(meeting, absent, by=by)


def check_in(
    edition: Edition, *, code: str, by: Actor, exhibitor: Participation | None = None, at: datetime | None = None
) -> Meeting:
    """Read a badge for a meeting about now: at a booth, whose people are there too, or at the desk for its side alone.

    Once both sides are there it is held. Read again it changes nothing. `at` is the moment of a reading that a phone
    kept until it had a network. Refuses with `unknown_badge`, `too_many_unknown` and `no_meeting_now`.
    """
    thing = Meeting(edition=edition, exhibitor=exhibitor) if exhibitor else edition
    require(by, "matchmaking.log_walk_in" if exhibitor else "matchmaking.set_rules", thing)
    badge = badge_shown(edition, code, guesser=str(by.pk))
    moment = min(at or clock.now(), clock.now())
    meeting = _meeting_about(moment, edition, badge, exhibitor)
    if meeting is None:
        sentence = _("No meeting of this badge is agreed about now.")
        raise Refused("no_meeting_now", sentence, {"code": [sentence]})
    own = "exhibitor" if meeting.exhibitor.company_id == badge.company_id else "importer"
    return arrive(meeting, {own, "exhibitor"} if exhibitor else {own}, at=moment, by=by)


def arrive(meeting: Meeting, sides: set[str], *, by: Actor, at: datetime) -> Meeting:
    """Note who is there since when; the first reading counts. With both sides there it is held."""
    with transaction.atomic():
        _lock(meeting)
        new = {f"{side}_here_at": at for side in sorted(sides) if not getattr(meeting, f"{side}_here_at")}
        if new:
            _stand(meeting, new, by=by)
            record("arrive", meeting, by=by, fields=new)
            announce(meeting.edition, "meetings")
    return meeting


def rate(meeting: Meeting, *, worth: str, step: str, by: Actor) -> Rating:
    """Say how good a meeting was and what is next; said again it stands anew. Who rates has met.

    For the two sides. An exhibitor’s own next step opens an opportunity; an importer’s does not, for the exhibitor does
    not read it. Refuses with `worth`, `step`, `not_your_side`, and `not_held` when it did not take place.
    """
    require(by, "matchmaking.mark", meeting)
    side = side_of(meeting, by)
    if worth not in Rating.Worth.values or step not in Rating.Step.values:
        field = "step" if worth in Rating.Worth.values else "worth"
        sentence = _("Choose one on the list.")
        raise Invalid(field, sentence, {field: [sentence]})
    if side not in Rating.Side.values:
        raise Refused("not_your_side", _("The two sides rate a meeting, nobody else."))
    if meeting.state == Meeting.State.ACCEPTED and meeting.begun:
        mark_held(meeting, by=by)
    if meeting.state != Meeting.State.HELD:
        raise Refused("not_held", _("Only a meeting that took place is rated."))
    with transaction.atomic():
        said = {"worth": worth, "step": step, "said_at": clock.now()}
        rating, _made = Rating.objects.update_or_create(meeting=meeting, side=side, defaults=said)
        record("say", rating, by=by)
        if side == Rating.Side.EXHIBITOR and step in GOES_ON:
            follow_meeting(meeting, by=by)
        announce(meeting.edition, "meetings")
    return rating


def _say(meeting: Meeting, word: str, *, by: Actor) -> Meeting:
    require(by, "matchmaking.mark", meeting)
    if meeting.starts_at > clock.now():
        raise Refused("not_yet", _("This meeting has not begun yet. Mark it once its time has come."))
    with transaction.atomic():
        _lock(meeting)
        side = side_of(meeting, by)
        last = side == Meeting.Actor.ORGANISER
        if meeting.state != Meeting.State.ACCEPTED and not _may_still_say(meeting, side):
            meeting.follow("mark_held" if word == HELD else "mark_no_show", by=by)  # refuses, naming the state
        if last:
            _move(meeting, Verdict(word), {}, by=by)
        else:
            _stand(meeting, {f"{side}_says": word}, by=by)
        announce(meeting.edition, "meetings")
    return meeting


def _may_still_say(meeting: Meeting, side: str) -> bool:
    """The desk corrects; a side that has not said yet says otherwise of one that was missed."""
    if meeting.walk_in or meeting.state not in HAPPENED:
        return False
    if side == Meeting.Actor.ORGANISER:
        return meeting.differs or meeting.state == Meeting.State.NO_SHOW
    return meeting.state == Meeting.State.NO_SHOW and not getattr(meeting, f"{side}_says")


def _stand(meeting: Meeting, new: dict[str, Any], *, by: Actor) -> None:
    """Add what is newly known, and let what follows from all of it stand."""
    for name, value in new.items():
        setattr(meeting, name, value)
    known = Known(
        bool(meeting.exhibitor_here_at), bool(meeting.importer_here_at), meeting.exhibitor_says, meeting.importer_says
    )
    verdict = judge(known)
    if verdict is None:
        Meeting.objects.filter(pk=meeting.pk).update(**new)
    else:
        _move(meeting, verdict, new, by=by)


def _move(meeting: Meeting, verdict: Verdict, new: dict[str, Any], *, by: Actor) -> None:
    """Follow the verb that leads to the verdict, if it does not stand already."""
    absent = "" if verdict.outcome == HELD else verdict.outcome
    state = Meeting.State.NO_SHOW if absent else Meeting.State.HELD
    fields = new | {"absent": absent, "differs": not verdict.agreed}
    if (meeting.state, meeting.absent) == (state, absent):
        Meeting.objects.filter(pk=meeting.pk).update(**fields)
        meeting.differs = not verdict.agreed
        return
    verbs = ("mark_no_show", "settle_no_show") if absent else ("mark_held", "settle_held")
    meeting.follow(verbs[meeting.state != Meeting.State.ACCEPTED], by=by, **fields)


def _lock(meeting: Meeting) -> None:
    """The meeting as it is now, which nobody else changes until the transaction ends."""
    list(Meeting.objects.select_for_update(no_key=True).filter(pk=meeting.pk).values_list("pk", flat=True))
    fresh = Meeting.objects.get(pk=meeting.pk)
    for name in ("state", "version", "absent", "differs", "exhibitor_here_at", "importer_here_at", "exhibitor_says",
                 "importer_says"):  # fmt: skip
        setattr(meeting, name, getattr(fresh, name))


def _meeting_about(moment: datetime, edition: Edition, badge: Badge, exhibitor: Participation | None) -> Meeting | None:
    """The nearest one of the badge's company, before others that of its own person."""
    company = badge.company_id or 0
    either = Q(exhibitor__company=company) | Q(importer__company=company)
    around = (moment - LATE, moment + EARLY)
    near = Meeting.objects.filter(either, edition=edition, state__in=HAPPENED, walk_in=False, starts_at__range=around)
    sent_again = Q(exhibitor_here_at=moment) | Q(importer_here_at=moment)
    # Who comes back after one has no appointment.
    near = near.filter(sent_again | ~Q(state=Meeting.State.HELD, ends_at__lt=moment))
    if exhibitor:
        near = near.filter(exhibitor=exhibitor)
    found = list(near.with_sides().select_related("edition", "importer_person"))
    own = badge.person_id
    return min(found, key=lambda one: (one.importer_person_id != own, abs(one.starts_at - moment)), default=None)
