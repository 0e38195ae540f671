"""Special goods: an exhibitor says which they are, an officer looks at them before the opening, on a phone."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from booths.actions.goods import check_goods, declare_goods
from booths.exhibitor_forms import GoodsCheckForm, GoodsForm
from booths.goods import FAULT, LEFT, SOUND, Look, looks_at
from booths.models import GoodsDeclaration, SpecialGoods, house_rules_of
from booths.views.manual import ManualPage
from fairs.permissions import may
from fairs.views.base import ActionForm, DeskPage

READERS = frozenset({"booth_desk", "finance", "reports"})


class OwnGoods(ManualPage, ActionForm):
    """Which of one's products are imported for the fair only, or counterfeits shown for comparison."""

    template_name = "booths/goods.html"
    form_class = GoodsForm

    def get_form_kwargs(self) -> dict[str, Any]:
        one = self.application
        rows = SpecialGoods.objects.filter(application=one) if one else []
        known = {
            "products": one.company.products.all() if one else [],
            "declared": {row.product_id: row for row in rows},
        }
        return super().get_form_kwargs() | known

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            application=self.application,
            declaration=GoodsDeclaration.objects.filter(application=self.application).first(),
            house_rules=house_rules_of(self.edition),
            home=self.home,
            **kwargs,
        )

    def act(self, form: Any) -> str:
        if self.application is None:
            raise Http404
        declare_goods(self.application, flags=form.flags, by=self.person)
        messages.success(self.request, _("Declared. You can change it until an officer has looked at the goods."))
        return self.home


class GoodsDesk(DeskPage, TemplateView):
    """All special goods: what is left to look at first."""

    template_name = "booths/goods_desk.html"
    current = "booths:booths_desk"
    roles = READERS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = looks_at(self.edition)
        asked = self.request.GET.get("show", "")
        shown = [one for one in every if asked in ("", one.state)]
        return super().get_context_data(looks=shown, every=every, shows=_shows(every, asked), **kwargs)


class CheckGoods(DeskPage, ActionForm):
    """The checklist of one product at its stand."""

    template_name = "booths/check_goods.html"
    current = "booths:booths_desk"
    roles = READERS
    form_class = GoodsCheckForm

    @cached_property
    def look(self) -> Look:
        """What the address names, as it stands."""
        found = looks_at(self.edition, pk=self.kwargs["goods"])
        if not found:
            raise Http404
        return found[0]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"goods": self.look.goods, "checks": self.look.checks}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_check = may(self.person, "booths.check_goods", self.look.goods)
        return super().get_context_data(look=self.look, may_check=may_check, **kwargs)

    def act(self, form: Any) -> str:
        check_goods(self.look.goods, found=form.found, notes=form.notes, by=self.person)
        messages.success(self.request, _("Kept."))
        return reverse("booths:goods_desk", args=[self.edition.slug])


def _shows(every: list[Look], asked: str) -> list[dict[str, Any]]:
    labels = {"": _("All"), LEFT: _("To look at"), FAULT: _("With a fault"), SOUND: _("In order")}
    return [
        {
            "label": label, "url": f"?show={name}", "current": name == asked,
            "count": sum(name in ("", one.state) for one in every),
        }
        for name, label in labels.items()
    ]  # fmt: skip
