"""Appeals: a refused applicant asks for another look, and the booth desk answers."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from booths.actions.reservations import locked
from booths.models import Appeal, Application
from fairs import clock
from fairs.deliveries import owe
from fairs.errors import Invalid, Refused
from fairs.journal import record
from fairs.live import announce
from fairs.permissions import Actor, require
from fairs.templatetags.fair import day


def make_appeal(application: Application, *, text: str, by: Actor) -> Appeal:
    """Ask for another look at a refused application, within the days the sale terms give.

    Refuses with `no_text`, `not_rejected`, `too_late`, `appeal_answered` when this refusal has been appealed against
    before, and `appeal_open` while an appeal waits: of two at one moment the database takes one.
    """
    require(by, "booths.apply", application)
    if not text.strip():
        sentence = _("Say why the decision should be looked at again.")
        raise Invalid("no_text", sentence, {"text": [sentence]})
    try:
        with transaction.atomic():
            application = locked(application)
            _check_in_time(application)
            appeal = Appeal.objects.create(application=application, text=text.strip(), made_by=by)
            record("make", appeal, by=by)
            announce(application.edition, "applications")
    except IntegrityError:
        raise Refused("appeal_open", _("Your appeal is waiting for an answer already.")) from None
    return appeal


def uphold_appeal(appeal: Appeal, *, by: Actor, answer: str = "") -> Appeal:
    """Agree: the application is under review again, and its reviews count on.

    Refuses with `applied_again` when the company has handed in another application since.
    """
    require(by, "booths.decide", appeal)
    with transaction.atomic():
        application = locked(appeal.application)
        appeal.follow("uphold", by=by, answer=answer.strip())
        try:
            with transaction.atomic():
                application.follow("reopen", by=by)
        except IntegrityError:
            sentence = _("The company has applied again since. Decide on the new application, and dismiss this appeal.")
            raise Refused("applied_again", sentence) from None
        _tell("booths.appeal_upheld", appeal, application)
    return appeal


def dismiss_appeal(appeal: Appeal, *, answer: str, by: Actor) -> Appeal:
    """Stay with the refusal, for a reason the applicant reads."""
    require(by, "booths.decide", appeal)
    if not answer.strip():
        sentence = _("Give the reason: the applicant will read it.")
        raise Invalid("no_reason", sentence, {"appeal_answer": [sentence]})
    with transaction.atomic():
        appeal.follow("dismiss", by=by, answer=answer.strip())
        _tell("booths.appeal_dismissed", appeal, appeal.application)
    return appeal


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
