"""A juror's pages: the queue, and one application as the jury may see it."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from booths.actions.reviews import score_review, step_aside
from booths.jury_forms import ReviewForm, StepAsideForm
from booths.models import Criterion, Review
from booths.partiality import ties
from booths.querysets import ReviewQuerySet
from fairs.permissions import JURY
from fairs.views.base import ActionForm, SignedInPage


class JuryPage(SignedInPage):
    """For those who sit in the edition's jury; for others it does not exist."""

    shell = "desk"
    current = "booths:reviews"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not request.user.roles_in(self.edition) & JURY:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def own(self) -> ReviewQuerySet:
        """The juror's reviews of this edition, in the order in which they were given."""
        found: ReviewQuerySet = Review.objects.visible_to(self.request.user).filter(application__edition=self.edition)
        return found.order_by("pk")

    @property
    def next_one(self) -> Review | None:
        """What is to be scored next."""
        return self.own.open().filter(state=Review.State.ASSIGNED).first()


class ReviewQueue(JuryPage, TemplateView):
    """What one has to score, how far one is, what comes next."""

    template_name = "booths/reviews.html"
    TO_DO: ClassVar = Q(state=Review.State.ASSIGNED, application__state__in=Review.JUDGED)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        done = self.request.GET.get("show") == "done"
        counts = self.own.aggregate(
            to_do=Count("pk", filter=self.TO_DO),
            scored=Count("pk", filter=Q(state=Review.State.DONE)),
            aside=Count("pk", filter=Q(state=Review.State.CONFLICT)),
        )
        rows = self.own.exclude(self.TO_DO) if done else self.own.filter(self.TO_DO)
        whole = rows.select_related("application__company__province", "application__company__craft_village")
        page = Paginator(whole.prefetch_related("application__company__product_groups"), 50)
        return super().get_context_data(
            counts=counts,
            all=counts["to_do"] + counts["scored"],
            show=[
                {"label": _("To be scored"), "url": "?", "count": counts["to_do"], "current": not done},
                {
                    "label": _("Finished"),
                    "url": "?show=done",
                    "count": counts["scored"] + counts["aside"],
                    "current": done,
                },
            ],
            page=page.get_page(self.request.GET.get("page")),
            next_one=self.next_one,
            **kwargs,
        )


class ReviewView(JuryPage, ActionForm):
    """One application without anything that tells whom to call or what is paid, and the juror's own sheet."""

    template_name = "booths/review.html"
    form_class = ReviewForm

    @cached_property
    def review(self) -> Review:
        """The juror's own review; anybody else's does not exist."""
        whole = self.own.select_related(
            "application__edition", "application__company__province", "application__company__craft_village", "reviewer"
        )
        return get_object_or_404(whole.prefetch_related("scores"), pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if self._steps_aside:  # the other form of the page was sent
            kwargs["data"] = None
        criteria = Criterion.objects.filter(edition=self.edition)
        return kwargs | {"criteria": criteria, "review": self.review}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application = self.review.application
        tie = ties([application], [self.review.reviewer]).get((application.pk, self.review.reviewer_id))
        kwargs.setdefault("aside", StepAsideForm())
        return super().get_context_data(
            review=self.review,
            application=application,
            company=application.company,
            groups=application.company.product_groups.all(),
            products=application.company.products.select_related("product_group"),
            households=application.households.select_related("company") if application.is_group else (),
            tie=tie,
            open=application.state in Review.JUDGED and self.review.state != Review.State.CONFLICT,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self._steps_aside:
            return super().post(request, *args, **kwargs)
        aside = StepAsideForm(request.POST)
        if not aside.is_valid():
            return self.render_to_response(self.get_context_data(form=self.get_form(), aside=aside), status=422)
        step_aside(self.review, reason=aside.cleaned_data["conflict"], by=request.user)
        messages.success(request, _("You have stepped aside. Somebody else will look at this application."))
        return HttpResponse(status=302, headers={"Location": self._onward()})

    def act(self, form: Any) -> str:
        score_review(self.review, points=form.points, comment=form.cleaned_data["comment"], by=self.request.user)
        messages.success(self.request, _("Your score is kept. You may change it until the application is decided."))
        return self._onward()

    @property
    def _steps_aside(self) -> bool:
        return self.request.POST.get("verb") == "step_aside"

    def _onward(self) -> str:
        """The next one to score; the queue when there is none."""
        onward = self.next_one
        if onward is None:
            return reverse("booths:reviews", args=[self.edition.slug])
        return reverse("booths:review", args=[self.edition.slug, onward.pk])
