"""Everything a decision on an application rests on beside the application itself."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from booths import scoring
from booths.models import Application, Criterion, Review
from booths.partiality import ties
from fairs.duplicates import Pair, twins_of
from fairs.models import NoticeLine


@dataclass
class Judged:
    """The jury's word on an application, and what the desk should know before it answers."""

    application: Application

    @cached_property
    def reviews(self) -> list[Review]:
        """All of them, in the order in which they were given."""
        rows = self.application.reviews.select_related("reviewer").prefetch_related("scores").order_by("pk")
        return list(rows)

    @property
    def done(self) -> list[Review]:
        """Those that count."""
        return [review for review in self.reviews if review.state == Review.State.DONE]

    @property
    def aside(self) -> list[Review]:
        """Jurors who stepped aside, each with the reason."""
        return [review for review in self.reviews if review.state == Review.State.CONFLICT]

    @property
    def open(self) -> list[Review]:
        """Those that are still to come."""
        return [review for review in self.reviews if review.state == Review.State.ASSIGNED]

    @cached_property
    def table(self) -> list[dict[str, Any]]:
        """Each criterion with the points of each review that counts, beside the juror's name."""
        given = {(score.criterion_id, review.pk): score.points for review in self.done for score in review.scores.all()}
        criteria = Criterion.objects.filter(edition_id=self.application.edition_id)
        return [
            {
                "criterion": one,
                "points": [(review.reviewer.full_name, given.get((one.pk, review.pk))) for review in self.done],
            }
            for one in criteria
        ]

    @property
    def spread(self) -> Decimal:
        """How far the reviews lie apart."""
        return scoring.spread([review.result for review in self.done if review.result is not None])

    @cached_property
    def place(self) -> scoring.Place | None:
        """Its place among all scored applications of the edition."""
        return places_in(self.application.edition_id).get(self.application.pk)

    @cached_property
    def least(self) -> Decimal | None:
        """The threshold that goes for its company; None when there is none."""
        rows: Any = Application.objects.filter(pk=self.application.pk).with_least()
        least: Decimal | None = rows.values_list("least", flat=True).get()
        return least

    @property
    def reached(self) -> bool:
        """Whether the score is enough."""
        return scoring.reaches(self.application.score, self.least)

    @cached_property
    def tied(self) -> list[tuple[Review, str]]:
        """Reviews whose juror the system knows to be tied to the applicant, whatever they say themselves."""
        known = ties([self.application], [review.reviewer for review in self.reviews])
        found = [(review, known.get((self.application.pk, review.reviewer_id))) for review in self.reviews]
        return [(review, tie.sentence) for review, tie in found if tie]

    @cached_property
    def support_before(self) -> list[NoticeLine]:
        """What support rules of other editions paid for the company, the newest first: support without overlap."""
        lines = NoticeLine.objects.filter(kind=NoticeLine.Kind.SUPPORT, notice__company=self.application.company_id)
        earlier = lines.exclude(notice__edition=self.application.edition_id).exclude(notice__state="cancelled")
        return list(earlier.select_related("notice__edition").order_by("-notice__issued_at", "pk")[:50])

    @cached_property
    def twins(self) -> list[Pair]:
        """Companies that may be the same."""
        return twins_of(self.application.company)


def places_in(edition_id: int) -> dict[int, scoring.Place]:
    """The places of all scored applications of an edition that were not withdrawn, in one query."""
    rows = Application.objects.filter(edition=edition_id, score__isnull=False).exclude(state="withdrawn")
    return scoring.places(dict(rows.order_by().values_list("pk", "score")))
