"""The lists of a day for an officer: asked for by one button, made by the worker, taken as one file."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from fairs import clock
from fairs.actions import day_packs
from fairs.day_packs import lists_for
from fairs.downloads import download_of
from fairs.inputs import DayField
from fairs.models import DayPack
from fairs.models.day_packs import KEPT_FOR
from fairs.views.base import ActionForm, DeskPage


class DayForm(forms.Form):
    """Of which day."""

    day = DayField(label=_("Day"))


@method_decorator(never_cache, name="dispatch")
class DayPacks(DeskPage, ActionForm):
    """The button, how far the worker is, and the files that are ready."""

    template_name = "fairs/day_packs.html"
    current = "fairs:desk"
    form_class = DayForm

    def get_template_names(self) -> list[str]:
        return [f"{self.template_name}{'#packs' if self.request.htmx else ''}"]  # type: ignore[attr-defined]

    def get_initial(self) -> dict[str, Any]:
        today = clock.today(self.edition)
        days = [day.date for day in self.edition.days.all()]
        return {"day": next((day for day in days if day >= today), today)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = list(DayPack.objects.filter(edition=self.edition, by=self.person)[:10])
        return super().get_context_data(
            packs=[{"pack": one, "open": day_packs.may_have(one, by=self.person)} for one in mine],
            making=any(one.being_made for one in mine),
            lists=lists_for(self.person.roles_in(self.edition)),
            hours=int(KEPT_FOR.total_seconds() // 3600),
            **kwargs,
        )

    def act(self, form: Any) -> str:
        day_packs.ask_for_pack(self.edition, day=form.cleaned_data["day"], by=self.person)
        return reverse("fairs:day_packs", args=[self.edition.slug])


@method_decorator(never_cache, name="dispatch")
class DayPackZip(DeskPage):
    """The file, for whoever asked for it, as long as they hold the roles it was made with."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pack = get_object_or_404(DayPack, edition=self.edition, pk=kwargs["pk"])
        if not day_packs.may_have(pack, by=self.person):
            raise Http404
        return download_of(pack.file, f"{self.edition.slug}-{pack.day.isoformat()}")
