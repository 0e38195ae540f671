"""Appeals: an applicant asks for another look at a refusal or at a place, and the booth desk answers."""

from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from booths.actions.endings import locked_offer, settle_offer
from booths.actions.reservations import locked
from booths.models import Appeal, Application, Offer, Reservation
from fairs import clock
from fairs.deliveries import owe
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.models import Edition
from fairs.permissions import Actor, require
from fairs.templatetags.fair import day


def make_appeal(application: Application, *, text: str, by: Actor) -> Appeal:
    """Ask for another look at a refused application, within the days the sale terms give.

    Refuses with `no_text`, `not_rejected`, `too_late`, `appeal_answered` when this refusal has been appealed against
    before, and `appeal_open` while an appeal waits: of two at one moment the database takes one.
    """
    require(by, "booths.apply", application)
    text = _written(text)
    try:
        with transaction.atomic():
            application = locked(application)
            _check_in_time(application)
            appeal = Appeal.objects.create(application=application, text=text, made_by=by)
            record("make", appeal, by=by)
            announce(application.edition, "applications")
    except IntegrityError:
        raise Refused("appeal_open", _("Your appeal is waiting for an answer already.")) from None
    return appeal


def appeal_place(offer: Offer, *, text: str, by: Actor) -> Appeal:
    """Ask for another place than the one an allocation round gave; it is kept until the answer, or the opening.

    Refuses with `no_text`, `not_a_place` for an offer that stands no more or came from the waiting list,
    `appeal_answered` when this place has been appealed against before, and `appeal_open`.
    """
    require(by, "booths.apply", offer.application)
    text = _written(text)
    try:
        with transaction.atomic():
            application = locked(offer.application)
            offer = locked_offer(offer)
            if offer.round_id is None or offer.state != Offer.State.OPEN or offer.expires_at <= clock.now():
                raise Refused(
                    "not_a_place", _("Only a place from an allocation round that still stands can be appealed.")
                )
            if offer.appeals.filter(state=Appeal.State.DISMISSED).exists():
                raise Refused("appeal_answered", _("Your appeal has been answered, and the answer stands."))
            appeal = Appeal.objects.create(application=application, offer=offer, text=text, made_by=by)
            record("make", appeal, by=by)
            _keep_until(offer, _opening(application.edition))
            announce(application.edition, "applications")
    except IntegrityError:
        raise Refused("appeal_open", _("Your appeal is waiting for an answer already.")) from None
    return appeal


def uphold_appeal(appeal: Appeal, *, by: Actor, answer: str = "") -> Appeal:
    """Agree: a refused application is under review again, and its reviews count on; a place is taken back.

    Whose place is taken back is accepted as before: the next round places it, or it chooses on the plan.
    Refuses with `applied_again` when the company has handed in another application since, and with `place_taken` when
    it took the place while the appeal was waiting.
    """
    require(by, "booths.decide", appeal)
    with transaction.atomic():
        application = locked(appeal.application)
        appeal.follow("uphold", by=by, answer=answer.strip())
        if appeal.offer:
            _check_not_taken(locked_offer(appeal.offer))
            settle_offer(application, "take_back", by=by)
        else:
            _reopen(application, by=by)
        _tell("booths.appeal_upheld", appeal, application)
    return appeal


def dismiss_appeal(appeal: Appeal, *, answer: str, by: Actor) -> Appeal:
    """Stay with the refusal or the place, for a reason the applicant reads; a place then stands as a new offer does."""
    require(by, "booths.decide", appeal)
    if not answer.strip():
        sentence = _("Give the reason: the applicant will read it.")
        raise Invalid("no_reason", sentence, {"appeal_answer": [sentence]})
    with transaction.atomic():
        application = locked(appeal.application)
        appeal.follow("dismiss", by=by, answer=answer.strip())
        if appeal.offer:
            hours = timedelta(hours=application.edition.sale_terms.offer_hours)
            _keep_until(locked_offer(appeal.offer), clock.now() + hours)
        _tell("booths.appeal_dismissed", appeal, appeal.application)
    return appeal


def _written(text: str) -> str:
    if not text.strip():
        sentence = _("Say why the decision should be looked at again.")
        raise Invalid("no_text", sentence, {"text": [sentence]})
    return text.strip()


def _reopen(application: Application, *, by: Actor) -> None:
    try:
        with transaction.atomic():
            application.follow("reopen", by=by)
    except IntegrityError:
        sentence = _("The company has applied again since. Decide on the new application, and dismiss this appeal.")
        raise Refused("applied_again", sentence) from None


def _check_not_taken(offer: Offer) -> None:
    if offer.state == Offer.State.TAKEN:
        sentence = _("The place was taken while the appeal was waiting, and is to be paid for. Dismiss the appeal.")
        raise Refused("place_taken", sentence)


def _opening(edition: Edition) -> datetime:
    """The first moment of the opening day."""
    return datetime.combine(edition.opens_on, time.min, edition.zone)


def _keep_until(offer: Offer, until: datetime) -> None:
    """Let a locked open offer and its holds stand until then."""
    if offer.state != Offer.State.OPEN:
        return
    Offer.objects.filter(pk=offer.pk).update(expires_at=until)
    offer.reservations.filter(state=Reservation.State.HELD).update(held_until=until)


def _tell(kind: str, appeal: Appeal, application: Application) -> None:
    owe(kind, to=application.contact, about=appeal, edition=application.edition)
    announce(application.edition, "applications")


def _check_in_time(application: Application) -> None:
    if application.state != Application.State.REJECTED:
        raise Refused("not_rejected", _("Only a refused application can be appealed against."))
    if clock.today(application.edition) > application.appeal_until:
        sentence = _("An appeal was possible until %(day)s.") % {"day": day(application.appeal_until)}
        raise Refused("too_late", sentence)
    if any(appeal.closes(application) for appeal in application.appeals.all()):
        raise Refused("appeal_answered", _("Your appeal has been answered, and the answer stands."))
