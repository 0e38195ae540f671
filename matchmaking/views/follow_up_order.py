"""Recording the contract of an order that was placed after the fair: what is known of it stands there already."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from fairs.models import Participation
from matchmaking.actions.follow_up import record_order
from matchmaking.models import Deal, FollowUp, Meeting
from matchmaking.views.deals import RecordDeal


class RecordOrder(RecordDeal):
    """The form of every contract, for the pair and the value of an answer."""

    one: FollowUp

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            own = FollowUp.objects.filter(edition=self.edition, state=FollowUp.State.ORDERED)
            whole = own.asked_of(request.user.company_ids).with_sides().select_related("edition", "deal")
            self.one = get_object_or_404(whole, pk=kwargs["order"])
        return super().dispatch(request, *args, **kwargs)

    def _meeting(self) -> Meeting | None:
        """The latest one the pair held, if they met."""
        held = Meeting.objects.filter(exhibitor=self.one.exhibitor, importer=self.one.importer, state="held")
        found: Meeting | None = held.with_sides().order_by("-starts_at").first()
        return found

    def _for_importer(self) -> Participation | None:
        return None

    def _part(self) -> Participation:
        return self.one.part

    def _parties(self) -> list[Participation]:
        return [self.one.other]

    def get_initial(self) -> dict[str, Any]:
        known = {"other": self.one.other.pk, "amount": self.one.amount, "currency": self.one.currency}
        return super().get_initial() | known | {"kind": Deal.Kind.CONTRACT}

    def act(self, form: Any) -> str:
        given = form.cleaned_data
        named = ("kind", "product_group", "goods", "amount", "currency", "signed_on")
        deal = record_order(
            self.one, meeting=self.meeting, key=str(given["key"]), terms=form.terms, by=self.request.user,
            **{name: given[name] for name in named},
        )  # fmt: skip
        return reverse("matchmaking:deal", args=[self.edition.slug, deal.pk])
