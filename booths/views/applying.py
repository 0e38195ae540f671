"""Applying for booths, step by step; a draft is kept after each."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from booths.actions.applications import draft_application, submit_application, withdraw_application
from booths.actions.groups import apply_as_group
from booths.forms import NEIGHBOURS, ApplicantForm, RulesForm, WishesForm, wishes_of
from booths.models import Application, BoothClass
from booths.querysets import rules_of
from booths.views.neighbours import offered
from fairs.actions.people import change_company, found_company
from fairs.errors import DomainError
from fairs.models import Company
from fairs.views.acting import CompanyPage
from fairs.views.base import ActionButton, ActionForm, SignedInPage


class Step(CompanyPage):
    """One of the four steps; what was handed in is shown on its own page instead."""

    shell = "exhibitor"
    current = "booths:application"
    step: ClassVar[str] = ""
    application: Application | None
    company: Company | None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        mine = Application.objects.filter(edition=self.edition, company_id__in=self.acting.ids)
        self.application = mine.live().select_related("company", "edition__sale_terms", "booth_class").first()
        self.company = self.application.company if self.application else self._own_company()
        if self.application and self.application.state != Application.State.DRAFT:
            return redirect("booths:application", self.edition.slug)
        if not BoothClass.objects.filter(edition=self.edition, booths__isnull=False).exists():
            return self.render_closed(request)
        if self.application is None and self.step != "company":
            return redirect("booths:apply", self.edition.slug)
        return super().dispatch(request, *args, **kwargs)

    def render_closed(self, request: HttpRequest) -> HttpResponse:
        """Nothing can be applied for before the floor is laid."""
        return Closed.as_view()(request, edition=self.edition.slug)  # type: ignore[return-value]

    @property
    def draft(self) -> Application:
        """The application; every step but the first has one."""
        assert self.application is not None
        return self.application

    def _own_company(self) -> Company | None:
        return self.acting.company or Company.objects.filter(pk__in=self.acting.ids).first()

    @property
    def switch_url(self) -> str:
        """The first step: another company may be as far as that."""
        return self.address("company")

    def address(self, step: str) -> str:
        """Where a step is."""
        name = "booths:apply" if step == "company" else f"booths:apply_{step}"
        return reverse(name, args=[self.edition.slug])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            steps=self._steps(), company=self.company, application=self.application, **kwargs
        )

    def _steps(self) -> list[dict[str, Any]]:
        labels = {"company": _("Company"), "households": _("Households"), "products": _("Products")}
        labels |= {"booths": _("Booths"), "send": _("Send")}
        if not (self.application and self.application.is_group):
            del labels["households"]
        now = list(labels).index(self.step) if self.step in labels else 0
        return [
            {
                "label": label,
                "url": self.address(name),
                "state": "now" if place == now else "done" if place < now else "",
            }
            for place, (name, label) in enumerate(labels.items())
        ]


class Closed(SignedInPage, TemplateView):
    """Says that applications have not opened."""

    template_name = "booths/apply_closed.html"
    shell = "exhibitor"


class ApplyCompany(Step, ActionForm):
    """Who exhibits."""

    template_name = "booths/apply_company.html"
    form_class = ApplicantForm
    step = "company"

    def get_form_kwargs(self) -> dict[str, Any]:
        initial: dict[str, Any] = {} if self.company else {"phone": self.request.user.phone}  # type: ignore[union-attr]
        initial |= {"is_group": self.application.is_group} if self.application else {}
        return super().get_form_kwargs() | {"edition": self.edition, "company": self.company, "initial": initial}

    def act(self, form: Any) -> str:
        by, facts = self.request.user, dict(form.cleaned_data)
        is_group = facts.pop("is_group")
        if self.company:
            company = change_company(self.company, by=by, **facts)
        else:
            company = found_company(by=by, contact=by, **facts)  # type: ignore[arg-type]
        if self.application is None:
            self.application = draft_application(
                self.edition,
                company=company,
                contact=by,  # type: ignore[arg-type]
                booth_class=self._likely_class(company),
                by=by,
            )
        apply_as_group(self.application, is_group=is_group, by=by)
        return self.address("households" if is_group else "products")

    def _likely_class(self, company: Company) -> BoothClass:
        origin = BoothClass.Origin.DOMESTIC if company.resident else BoothClass.Origin.INTERNATIONAL
        classes = BoothClass.objects.filter(edition=self.edition, booths__isnull=False).distinct()
        return classes.filter(origin=origin).first() or classes[0]


class ApplyBooths(Step, ActionForm):
    """Which booths they would like."""

    template_name = "booths/apply_booths.html"
    form_class = WishesForm
    step = "booths"

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs |= {"edition": self.edition, "company": self.company, "application": self.draft}
        return kwargs | {"initial": wishes_of(self.draft)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Without scripts the search for neighbours is a button: the page comes back as typed, with what is found."""
        if "find" in request.POST:
            form = self.get_form()
            form.full_clean()
            form.errors.clear()  # nothing is handed in yet, so nothing is wrong
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        asked = self.request.POST
        for name in NEIGHBOURS:
            chosen = asked.getlist(name) if self.request.method == "POST" else context["form"].initial[name]
            context[name] = offered(self.draft, name, chosen, asked.get(f"{name}_q", ""))
        return context

    def act(self, form: Any) -> str:
        draft_application(
            self.edition,
            company=self.draft.company,
            contact=self.draft.contact,
            by=self.request.user,
            **form.cleaned_data,
        )
        return self.address("send")


class Neighbours(Step, TemplateView):
    """The exhibitors found for a wish, with those that are chosen already; a part of the page of wishes."""

    template_name = "booths/_neighbours.html"
    step = "booths"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = self.request.GET.get("kind", "")
        if kind not in NEIGHBOURS:
            raise Http404
        words = self.request.GET.get(f"{kind}_q", "")
        return {"choice": offered(self.draft, kind, self.request.GET.getlist(kind), words)}


class ApplySend(Step, ActionForm):
    """Everything once more, the rules, and the button."""

    template_name = "booths/apply_send.html"
    form_class = RulesForm
    step = "send"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rules=self._rules, **kwargs)

    def act(self, form: Any) -> str:
        submit_application(self.draft, by=self.request.user, rules_version=form.cleaned_data["rules_version"])
        return reverse("booths:application", args=[self.edition.slug])

    def show_refusal(self, form: Any, refusal: DomainError) -> None:
        """The page now shows the rules that hold, and asks for a new tick."""
        super().show_refusal(form, refusal)
        form.data = {}

    @cached_property
    def _rules(self) -> Any:
        return rules_of(self.edition)


class Withdraw(CompanyPage, ActionButton):
    """Takes the application back."""

    def act(self) -> str:
        mine: QuerySet[Any] = Application.objects.live().filter(
            edition=self.edition,
            company_id__in=self.acting.ids,
        )
        application = mine.first()
        if application is None:
            raise Http404
        withdraw_application(application, by=self.request.user)
        return reverse("booths:application", args=[self.edition.slug])
