"""Hosting: the desk's list and each contract, the importer's own page, and the file for the budget."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from buyers.actions import benefits, hosting, travel
from buyers.benefit_words import reasons, sentence
from buyers.benefits import Asked, shortfalls
from buyers.checklists import lacking
from buyers.filters import HostingFilter
from buyers.hosted_files import hosted_workbook
from buyers.hosting_forms import AcceptForm, HostingForm, ItemForm, OffersForm, PayForm, TermsForm
from buyers.models import HostedContract, Registration, TravelItem
from buyers.views.grades import GradesPart
from fairs import clock
from fairs.downloads import download_of, file_answer
from fairs.permissions import may
from fairs.templatetags.fair import language, money, number
from fairs.views.base import ActionButton, ActionForm, DeskForm, DeskPage, SignedInPage

READERS = frozenset({"importer_desk", "matchmaking_desk", "reports", "finance"})
KEEPERS = frozenset({"importer_desk", "finance"})
KINDS = {
    "offered": "wait", "accepted": "info", "arranged": "info", "arrived": "info", "fulfilled": "ok",
    "unfulfilled": "stop", "released": "wait", "refused": "stop", "paid": "ok", "closed": "off", "declined": "off",
    "withdrawn": "off", "no_show": "stop",
}  # fmt: skip


class HostedDesk(DeskPage, ActionForm):
    """All hostings, and those to whom none is offered yet; one button offers it to those ticked."""

    template_name = "buyers/hosted_desk.html"
    current = "buyers:importers_desk"
    roles = READERS
    form_class = OffersForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"edition": self.edition}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = HostedContract.objects.visible_to(self.person).filter(edition=self.edition)
        found = HostingFilter(self.request.GET, rows, clock.today(self.edition))
        page = Paginator(found.qs, 50).get_page(self.request.GET.get("page"))
        open_ones = Registration.objects.filter(
            edition=self.edition, state="approved", grade__hosted=True, contract=None
        )
        return super().get_context_data(
            filter=found,
            page=page,
            rows=[(row, KINDS[row.state]) for row in page.object_list],
            waiting=open_ones.select_related("person", "company", "grade").order_by("registered_at", "pk")[:100],
            figures=_figures(rows.counts()),
            may_decide=may(self.person, "buyers.decide", self.edition),
            **kwargs,
        )

    def act(self, form: BaseForm) -> str:
        """Offer it to those ticked; whoever is left out is named with the reason."""
        told = hosting.offer_many(
            list(form.cleaned_data["chosen"]), answer_by=form.cleaned_data["answer_by"], by=self.person
        )
        left = [one for one in told if one.against]
        offered = len(told) - len(left)
        if offered:
            said = ngettext("%(number)d offer is on the way.", "%(number)d offers are on the way.", offered)
            messages.success(self.request, said % {"number": offered})
        for one in left[:20]:
            messages.warning(self.request, f"{one.registration.person.full_name}: {' '.join(one.against)}")
        return self.request.path


class Judge(DeskPage, ActionButton):
    """Counts what everybody did, once the fair is over."""

    roles = frozenset({"importer_desk"})
    done = gettext_lazy("Days and meetings are counted.")

    def act(self) -> str:
        benefits.judge_hostings(self.edition, by=self.request.user)
        return reverse("buyers:hosted_desk", args=[self.edition.slug])


class HostedSheet(DeskPage):
    """The file for the budget."""

    roles = frozenset({"importer_desk", "reports", "finance"})

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return file_answer(hosted_workbook(self.edition), f"{self.edition.slug}-hosting.xlsx")


class PublishTerms(GradesPart):
    """A new version of the terms of hosting."""

    form_class = TermsForm
    heading = gettext_lazy("Terms of hosting")
    button = gettext_lazy("Publish")

    def get_initial(self) -> dict[str, Any]:
        """The text of the version in force."""
        terms = self.edition.hosted_terms.first()
        return {"text_vi": terms.text_vi, "text_en": terms.text_en} if terms else {}

    def act(self, form: Any) -> str:
        hosting.publish_hosted_terms(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home


class OfContract(DeskPage):
    """About one hosting of the edition."""

    current = "buyers:importers_desk"
    roles: ClassVar[frozenset[str]] = READERS

    @cached_property
    def contract(self) -> HostedContract:
        """What the address names."""
        rows = HostedContract.objects.visible_to(self.person).filter(edition=self.edition)
        joined = rows.select_related("edition", "registration__person", "registration__grade", "company", "grade")
        found: HostedContract = get_object_or_404(joined, pk=self.kwargs["pk"])
        return found

    @property
    def home(self) -> str:
        """The page of the hosting."""
        return reverse("buyers:hosting", args=[self.edition.slug, self.kwargs["pk"]])


class Hosting(OfContract, ActionForm):
    """One hosting: what was promised, what it costs, what was done, and what is decided."""

    template_name = "buyers/hosting.html"
    form_class = HostingForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.contract
        shown = benefits.count(self.edition, [one])[one.registration.person_id]
        asked = Asked(one.min_meetings, one.min_days)
        return super().get_context_data(
            contract=one,
            kind=KINDS[one.state],
            items=one.items.select_related("fund"),
            shown=shown,
            against=[sentence(reason) for reason in shortfalls(asked, shown)],
            missing=lacking([one.registration], one.grade, "claim")[one.registration_id],
            may_decide=may(self.person, "buyers.decide", one),
            may_keep=may(self.person, "buyers.keep_travel", one),
            open_for_costs=one.state in travel.BEFORE_PAYING,
            **kwargs,
        )

    def act(self, form: BaseForm) -> str:
        """Do what the button says."""
        given, one, by = form.cleaned_data, self.contract, self.person
        verb, reason = given["verb"], given["reason"]
        if verb == "lengthen":
            hosting.lengthen_offer(one, answer_by=given["answer_by"] or one.answer_by, by=by)
        elif verb in ("decline", "withdraw"):
            end = hosting.decline_offer if verb == "decline" else hosting.withdraw_from_hosting
            end(one, reason=reason, by=by)
        elif verb in ("release", "refuse"):
            decide = benefits.release_benefit if verb == "release" else benefits.refuse_benefit
            decide(one, reason=reason, by=by)
        else:
            steps = {"arrange": travel.arrange_travel, "pay": benefits.mark_paid, "close": benefits.close_hosting}
            steps[verb](one, by=by)
        return self.home


class OfItem(OfContract, DeskForm):
    """About the money of one part of a journey."""

    roles = KEEPERS

    @cached_property
    def item(self) -> TravelItem:
        """What the address names."""
        rows = self.contract.items.select_related("contract__edition")
        return get_object_or_404(rows, pk=self.kwargs["item"])

    @property
    def heading(self) -> str:
        """Which part."""
        return str(self.item.get_kind_display())

    @property
    def lead(self) -> str:
        """What was promised, or the currency where no ceiling was."""
        if self.item.ceiling is None:
            return self.item.currency
        return _("at most %(ceiling)s") % {"ceiling": money(self.item.ceiling, self.item.currency)}

    @property
    def back_word(self) -> str:
        """Whose journey."""
        return self.contract.registration.person.full_name


class PlanItem(OfItem):
    """Estimate, actual cost, fund and paper."""

    form_class = ItemForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"edition": self.edition, "instance": self.item}

    def act(self, form: Any) -> str:
        given = dict(form.cleaned_data)
        file = given.pop("scan")
        travel.plan_item(self.item, by=self.person, data=file.read() if file else b"", **given)
        return self.home


class PayItem(OfItem):
    """What is paid."""

    form_class = PayForm

    def get_initial(self) -> dict[str, Any]:
        """What was promised, or what it cost where that is less."""
        costs = [one for one in (self.item.actual, self.item.ceiling) if one is not None]
        return {"paid": min(costs) if costs else None}

    def act(self, form: Any) -> str:
        travel.pay_item(self.item, paid=form.cleaned_data["paid"], by=self.person)
        return self.home


class ItemFile(OfContract):
    """The paper of a part, as a download."""

    roles = KEEPERS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        item = get_object_or_404(self.contract.items.exclude(file=""), pk=kwargs["item"])
        return download_of(item.file, f"{item.kind}-{self.contract.registration_id}")


class OwnHosting(SignedInPage, ActionForm):
    """The importer's own hosting: the terms, a yes, and how far it is; without one there is no such page."""

    for_importers = True
    shell = "importer"
    template_name = "buyers/own_hosting.html"
    current = "buyers:registration"
    form_class = AcceptForm
    contract: HostedContract

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            self.contract = own_contract(request, self.edition)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.contract
        shown = benefits.count(self.edition, [one])[one.registration.person_id]
        return super().get_context_data(
            contract=one, kind=KINDS[one.state], items=one.items.all(), text=_terms(one), shown=shown,
            against=reasons(one),
            missing=lacking([one.registration], one.grade, "claim")[one.registration_id], **kwargs,
        )  # fmt: skip

    def act(self, form: BaseForm) -> str:
        """Accept the terms."""
        hosting.accept_offer(self.contract, by=self.person)
        messages.success(self.request, _("Thank you: your hosting is agreed."))
        return reverse("buyers:own_hosting", args=[self.edition.slug])


class GiveUpHosting(SignedInPage, ActionButton):
    """The importer declines the offer, or takes their yes back."""

    for_importers = True
    done = gettext_lazy("Your hosting has ended. You are still welcome at the fair.")

    def act(self) -> str:
        contract = own_contract(self.request, self.edition)
        end = hosting.decline_offer if contract.can("decline") else hosting.withdraw_from_hosting
        end(contract, by=self.request.user)
        return reverse("buyers:own_hosting", args=[self.edition.slug])


def own_contract(request: HttpRequest, edition: Any) -> HostedContract:
    """The newest hosting of whoever is signed in."""
    rows = HostedContract.objects.filter(edition=edition, registration__person=request.user.pk)
    joined = rows.select_related("edition", "registration__person", "registration__grade", "company", "grade")
    found: HostedContract | None = joined.order_by("-pk").first()
    if found is None:
        raise Http404
    return found


def _terms(contract: HostedContract) -> str:
    """As they were accepted; before that, as they are now."""
    kept = contract.terms_vi, contract.terms_en
    if not contract.accepted_at:
        terms = contract.edition.hosted_terms.first()
        kept = hosting.full_terms(contract, terms) if terms else ("", "")
    return kept[0] if language() == "vi" else kept[1]


def _figures(counts: dict[str, int]) -> list[dict[str, Any]]:
    shown = [
        (_("Offered"), "offered"), (_("Terms accepted"), "accepted"), (_("Travel arranged"), "arranged"),
        (_("Fulfilled"), "fulfilled"), (_("Not fulfilled"), "unfulfilled"),
        (pgettext("hosting", "To be paid"), "released"), (pgettext("hosting", "Paid"), "paid"),
        (_("Not paid"), "refused"),
    ]  # fmt: skip
    return [{"label": label, "value": number(counts[key]), "url": f"?state={key}"} for label, key in shown]
