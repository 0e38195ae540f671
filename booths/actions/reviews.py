"""The jury's work: who judges what, scores, stepping aside."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from booths import scoring
from booths.models import Application, Criterion, Review, Score
from booths.partiality import Tie, ties
from fairs.errors import Invalid, Refused
from fairs.journal import record_many
from fairs.live import announce
from fairs.models import Edition, Officer, Person
from fairs.permissions import Actor, require
from fairs.states import follow_all

MOST_JURORS = 9  # for one application


def jury_of(edition: Edition) -> list[Person]:
    """Who sits in the edition's jury."""
    seats = Officer.objects.filter(Q(edition=edition) | Q(series=edition.series_id), role=Officer.Role.REVIEWER)
    return list(Person.objects.filter(pk__in=seats.values("person")).order_by("pk"))


def assign_reviews(edition: Edition, *, each: int, by: Actor) -> list[Review]:
    """Give every application that waits for a decision `each` jurors, evenly and past every known tie.

    Asked again, it adds only what is missing: for new applications, and in place of those who stepped aside. What is
    handed in comes under review by it. Refuses with `each`, `no_jury` and `no_criteria`.
    """
    require(by, "booths.decide", edition)
    jury = _ready_jury(edition, each)
    with transaction.atomic():
        rows = Application.objects.select_for_update(of=("self",)).select_related("edition", "company")
        waiting = list(rows.filter(edition=edition, state__in=Review.JUDGED).order_by("pk"))
        made = _hand_out(edition, {application.pk: application for application in waiting}, jury, each, by)
        begun = {review.application_id for review in made}
        follow_all([application for application in waiting if application.pk in begun], "review", by=by)
        announce(edition, "applications")
    return made


def score_review(review: Review, *, points: Mapping[int, Decimal], by: Actor, comment: str = "") -> Review:
    """Score by every criterion of the edition; `points` by the criterion's key. Given again, it replaces what was.

    Refuses with `points` for each criterion left out or out of range, with `already_decided`, and with `partial` when
    the system knows of a tie.
    """
    require(by, "booths.judge", review)
    criteria = list(Criterion.objects.filter(edition_id=review.edition_id))
    result = scoring.of_review(_marks(criteria, points))
    with transaction.atomic():
        application = _judged(review)
        if tie := ties([application], [review.reviewer]).get((application.pk, review.reviewer_id)):
            raise _partial(tie)
        review.refresh_from_db(fields=["state"])
        verb = "correct" if review.state == Review.State.DONE else "score"
        review.follow(verb, by=by, comment=comment.strip(), result=result)
        review.scores.all().delete()
        Score.objects.bulk_create(
            Score(review=review, criterion=criterion, points=points[criterion.pk]) for criterion in criteria
        )
        _keep_score(application)
    return review


def step_aside(review: Review, *, reason: str, by: Actor) -> Review:
    """Judge this application no more, for a reason; points already given count no longer and are forgotten."""
    require(by, "booths.judge", review)
    if not reason.strip():
        sentence = _("Say in a few words what ties you to this company.")
        raise Invalid("no_reason", sentence, {"conflict": [sentence]})
    with transaction.atomic():
        application = _judged(review)
        review.follow("step_aside", by=by, conflict=reason.strip(), comment="", result=None)
        review.scores.all().delete()
        _keep_score(application)
    return review


def _ready_jury(edition: Edition, each: int) -> list[Person]:
    if not 1 <= each <= MOST_JURORS:
        sentence = _("Choose from 1 to %(most)d jurors for each application.") % {"most": MOST_JURORS}
        raise Invalid("each", sentence, {"each": [sentence]})
    if not Criterion.objects.filter(edition=edition).exists():
        raise Refused("no_criteria", _("Set what the jury judges by first: it needs one criterion at least."))
    if not (jury := jury_of(edition)):
        raise Refused("no_jury", _("Nobody sits in the jury yet. A director gives the role “Jury”."))
    return jury


def _hand_out(
    edition: Edition, waiting: Mapping[int, Application], jury: list[Person], each: int, by: Actor
) -> list[Review]:
    known = Review.objects.filter(application__edition=edition).values_list("application_id", "reviewer_id", "state")
    barred: dict[int, set[int]] = {key: set() for key in waiting}
    load: Counter[int] = Counter()
    has: Counter[int] = Counter()
    for application, juror, state in known:
        barred.setdefault(application, set()).add(juror)
        if state != Review.State.CONFLICT:
            load[juror] += 1
            has[application] += 1
    for application, juror in ties(waiting.values(), jury):
        barred[application].add(juror)
    wanted = [scoring.Share(key, max(0, each - has[key]), frozenset(barred[key])) for key in waiting]
    pairs = scoring.shares(wanted, [juror.pk for juror in jury], load)
    made = Review.objects.bulk_create(
        (Review(application=waiting[application], reviewer_id=juror) for application, juror in pairs), batch_size=500
    )
    record_many("assign", made, by=by, fields=["reviewer"])
    return made


def _marks(criteria: list[Criterion], points: Mapping[int, Decimal]) -> list[scoring.Mark]:
    wrong = {
        f"points_{criterion.pk}": [_("Give from 0 to %(most)d points.") % {"most": criterion.most}]
        for criterion in criteria
        if criterion.pk not in points or not 0 <= points[criterion.pk] <= criterion.most
    }
    if wrong or not criteria:
        raise Invalid("points", _("Score by every criterion, please."), wrong)
    return [scoring.Mark(points[one.pk], one.most, one.weight) for one in criteria]


def _judged(review: Review) -> Application:
    """The application, kept from others, while it may still be judged."""
    application: Application = Application.objects.select_for_update().get(pk=review.application_id)
    if application.state not in Review.JUDGED:
        raise Refused("already_decided", _("This application has been decided, so it is not scored any more."))
    return application


def _keep_score(application: Application) -> None:
    """The application's score is that of its reviews; whoever calls has locked it, so none is forgotten."""
    results = application.reviews.filter(state=Review.State.DONE).values_list("result", flat=True)
    Application.objects.filter(pk=application.pk).update(
        score=scoring.mean([result for result in results if result is not None])
    )
    announce(application.edition, "applications")


def _partial(tie: Tie) -> Refused:
    return Refused(
        "partial",
        _("You cannot judge this application, because your account %(tie)s. Step aside, please.")
        % {"tie": tie.sentence},
    )
