"""The step of an application in which the applicant says what it makes."""

from typing import Any

from django.forms import BaseFormSet, formset_factory
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.generic import TemplateView

from booths.actions.products import bring_products
from booths.forms import GroupsForm, MadeForm
from booths.views.applying import Step
from fairs.actions.photos import keep_photo, signed, unsigned
from fairs.errors import Invalid

MOST_PRODUCTS = 8
SHOWN = [name for name in MadeForm.base_fields if name != "picture"]


class ApplyProducts(Step, TemplateView):
    """What they make: the groups, then product by product, each with its photo."""

    template_name = "booths/apply_products.html"
    step = "products"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        known = [self._row(product) for product in self.draft.company.products.all()[:MOST_PRODUCTS]]
        groups = GroupsForm(initial={"product_groups": list(self.draft.company.product_groups.all())})
        return self._show(groups, self._formset(initial=known, extra=0 if known else 1))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        typed, refused = self._with_photos(request)
        groups, made = GroupsForm(typed), self._formset(data=typed)
        if request.POST.keys() & {"add", "drop", "drop_photo"} and not refused:
            return self._show(groups, self._changed(typed))
        if not (groups.is_valid() and made.is_valid()) or refused:
            for number, sentence in refused.items():
                made.forms[number].add_error("picture", sentence)
            return self._show(groups, made, status=422)
        rows = [self._product(row) for row in made.cleaned_data if row]
        bring_products(self.draft.company, groups=groups.cleaned_data["product_groups"], products=rows, by=request.user)
        return redirect(self.address("booths"))

    def _with_photos(self, request: HttpRequest) -> tuple[QueryDict, dict[int, str]]:
        """What was typed, with every photo taken in: none is sent twice, whatever else has to be put right."""
        typed, refused = request.POST.copy(), {}
        for number in range(self._count(typed)):
            picture = request.FILES.get(f"form-{number}-picture")
            if picture is None:
                continue
            try:
                typed[f"form-{number}-photo"] = signed(keep_photo(picture.read()), self.person)
            except Invalid as refusal:
                refused[number] = refusal.message
        return typed, refused

    def _changed(self, typed: QueryDict) -> BaseFormSet[MadeForm]:
        """The rows as typed, with one more, one less or without a photo; nothing is checked yet."""
        rows = [
            {name: typed.get(f"form-{number}-{name}", "") for name in SHOWN}
            | ({"photo": ""} if typed.get("drop_photo") == str(number) else {})
            for number in range(self._count(typed))
            if str(number) != typed.get("drop")
        ]
        return self._formset(initial=rows, extra=1 if "add" in typed or not rows else 0)

    def _count(self, typed: QueryDict) -> int:
        asked = typed.get("form-TOTAL_FORMS") or "0"
        return min(int(asked) if asked.isdecimal() else 0, MOST_PRODUCTS)

    def _formset(self, extra: int = 0, **kwargs: Any) -> BaseFormSet[MadeForm]:
        made = formset_factory(MadeForm, extra=extra, max_num=MOST_PRODUCTS, absolute_max=MOST_PRODUCTS)
        return made(**kwargs)

    def _row(self, product: Any) -> dict[str, Any]:
        return {name: getattr(product, name) for name in SHOWN} | {"photo": signed(product.photo.name, self.person)}

    def _product(self, row: dict[str, Any]) -> dict[str, Any]:
        """A row as the action takes it; a photo that this person does not carry is none."""
        kept = {name: row[name] for name in SHOWN}
        return kept | {"photo": unsigned(row["photo"], self.person)}

    def _show(self, groups: GroupsForm, made: BaseFormSet[MadeForm], status: int = 200) -> HttpResponse:
        full = made.total_form_count() >= MOST_PRODUCTS
        context = self.get_context_data(groups=groups, made=made, full=full, most=MOST_PRODUCTS)
        return self.render_to_response(context, status=status)
