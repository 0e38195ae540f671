"""Samples with a tag: the maker's list and sheets, and the page behind the code for whoever scans it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from fairs.callers import behind_link
from fairs.downloads import file_answer
from fairs.inputs import Named, NumberField
from fairs.models import Participation, Product
from fairs.models.fields import CURRENCIES
from fairs.papers.sample_tags import TagFace, tags_pdf
from fairs.views.base import ActionButton, ActionForm, EditionPage
from matchmaking.actions import sample as samples
from matchmaking.actions.meetings import booths_of
from matchmaking.models import BoothCard, Deal, Sample
from matchmaking.querysets import importers_met, parts_of
from matchmaking.views.leads import ExhibitorPage

WRONG_AT_MOST = 30  # a whole hall may share one address


class ByCompany(forms.ModelChoiceField):
    """A part in the edition, shown by its company's name."""

    def label_from_instance(self, thing: Any) -> str:
        return str(thing.company)


class HandOverForm(forms.Form):
    """Which product the tag is on, what it would cost, and who keeps it."""

    product = Named(Product.objects.none(), label=gettext_lazy("Product"))
    price = NumberField(label=gettext_lazy("Price named"), required=False)
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"), choices=[(code, code) for code in CURRENCIES], required=False
    )
    importer = ByCompany(Participation.objects.none(), label=gettext_lazy("Buyer"), required=False)

    def __init__(self, *args: Any, exhibitor: Participation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        product: Any = self.fields["product"]
        product.queryset = Product.objects.filter(company=exhibitor.company_id)
        importer: Any = self.fields["importer"]
        importer.queryset = importers_met(exhibitor).order_by("company__folded")
        importer.empty_label = _("Not known yet")


class TieForm(forms.Form):
    """Which contract came of it."""

    deal = forms.ModelChoiceField(Deal.objects.none(), label=gettext_lazy("Contract"))

    def __init__(self, *args: Any, sample: Sample, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Deal.objects.filter(exhibitor=sample.exhibitor_id).exclude(state=Deal.State.CANCELLED)
        deal: Any = self.fields["deal"]
        deal.queryset = own.filter(importer=sample.importer_id) if sample.importer_id else own


class Samples(ExhibitorPage, TemplateView):
    """The samples of the company, the latest tag first, and how many tags are left."""

    template_name = "matchmaking/samples.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Sample.objects.filter(exhibitor=self.exhibitor)
        counts = dict(own.order_by().values_list("state").annotate(Count("pk")))
        given = own.filter(state__in=[Sample.State.HANDED, Sample.State.KEPT]).with_all().order_by("-handed_at", "-pk")
        return super().get_context_data(
            page=Paginator(given, 50).get_page(self.request.GET.get("page")),
            unused=counts.get(Sample.State.PRINTED, 0),
            a_sheet=samples.A_SHEET,
            **kwargs,
        )


class PrintTags(ExhibitorPage, ActionButton):
    """Makes the tags of one more sheet."""

    done = gettext_lazy("One more sheet of tags is ready to print.")

    def act(self) -> str:
        samples.print_tags(self.exhibitor, by=self.person)
        return f"{reverse('matchmaking:samples', args=[self.edition.slug])}{self.acting.address}"


class TagsPdf(ExhibitorPage):
    """The tags that were not used yet, on sheets of A4."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        unused = Sample.objects.filter(exhibitor=self.exhibitor, state=Sample.State.PRINTED)
        tags = [face_of(one) for one in unused.select_related("edition", "exhibitor__company").order_by("number")]
        if not tags:
            raise Http404
        content = tags_pdf(tags, title=self.exhibitor.company.name_vi, author=self.edition.name_vi)
        return file_answer(content, f"{self.edition.slug}-samples.pdf", inline=True)


@method_decorator(never_cache, name="dispatch")
class Tag(EditionPage, ActionForm):
    """Behind the code: the maker ties it to a product; anybody else sees the product and its maker, and no more."""

    sample: Sample

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = kwargs["tag"]
        self.sample = behind_link(request, "sample-tags", lambda: self._live(token), wrong_at_most=WRONG_AT_MOST)
        user: Any = request.user
        self.mine = user.is_authenticated and self.sample.company_id in user.company_ids
        parts = parts_of(user.company_ids, self.edition) if user.is_authenticated else []
        self.buyer = next((part for part in parts if part.role == Participation.Role.IMPORTER), None)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def _live(self, token: str) -> Sample | None:
        found: Sample | None = Sample.objects.live().with_all().filter(edition=self.edition, token=token).first()
        return found

    def get_template_names(self) -> list[str]:
        return ["matchmaking/sample_own.html" if self.mine else "matchmaking/sample.html"]

    def get_form(self, form_class: Any = None) -> Any:
        """The maker says what it is; a buyer only says that they keep it."""
        if not self.mine or self.request.POST.get("deed") == "throw_away":
            return forms.Form(**self.get_form_kwargs() | {"initial": {}})
        if self.request.POST.get("deed") == "tie":
            return TieForm(**self.get_form_kwargs() | {"initial": {}}, sample=self.sample)
        return HandOverForm(**self.get_form_kwargs(), exhibitor=self.sample.exhibitor)

    def get_initial(self) -> dict[str, Any]:
        one = self.sample
        known = {"product": one.product_id, "price": one.price, "importer": one.importer_id}
        return known | {"currency": one.currency or "USD"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        exhibitor = self.sample.exhibitor
        given = kwargs.get("form")
        return super().get_context_data(
            sample=self.sample,
            company=exhibitor.company,
            booths=booths_of(exhibitor),
            card=BoothCard.objects.live().filter(exhibitor=exhibitor).first(),
            buyer=self.buyer,
            tie=given if isinstance(given, TieForm) else TieForm(sample=self.sample) if self.mine else None,
            **kwargs,
        )

    def act(self, form: Any) -> str:
        deed = self.request.POST.get("deed", "")
        if self.mine and deed == "tie":
            samples.tie_sample(self.sample, by=self.request.user, **form.cleaned_data)
        elif self.mine and deed == "throw_away":
            samples.throw_away(self.sample, by=self.request.user)
            return reverse("matchmaking:samples", args=[self.edition.slug])
        elif self.mine:
            samples.hand_over(self.sample, by=self.request.user, **form.cleaned_data)
        elif self.buyer:
            samples.keep_sample(self.sample, importer=self.buyer, by=self.request.user)
        else:
            raise Http404
        return self.request.path


def face_of(one: Sample) -> TagFace:
    """What a tag says, in both languages whatever the page's."""
    address = settings.SITE_URL.rstrip("/") + reverse("matchmaking:sample", args=[one.edition.slug, one.token])
    return TagFace(f"#{one.number}", one.exhibitor.company.name_vi, address, (_in("vi"), _in("en")))


def _in(language: str) -> str:
    """What to do with the tag, in one language."""
    with translation.override(language):
        return _("Sample: scan to see what it is and who makes it.")
