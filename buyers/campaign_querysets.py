"""Reads of rounds of invitations, with names."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

if TYPE_CHECKING:
    from fairs.permissions import Actor

STEPS = ("asked", "opened", "registered", "approved", "attended")


class CampaignQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Actor") -> Self:
        """Those of editions whose importers one looks after."""
        return self.filter(edition__in=apps.get_model("fairs", "Edition").objects.run_by(person, "importer_desk"))

    def with_counts(self) -> Self:
        """With how many are to be asked, were asked, and opened their link."""
        return self.annotate(
            all_of_them=Count("invitees"),
            asked=Count("invitees", filter=Q(invitees__asked_at__isnull=False)),
            opened=Count("invitees", filter=Q(invitees__opened_at__isnull=False)),
        ).order_by("-made_at", "-pk")


class InviteeQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """Those whom no letter is owed yet."""
        return self.filter(asked_at=None)

    def with_steps(self) -> Self:
        """With how far each came: the person's registration here, its approval, the gate."""
        registration = apps.get_model("buyers", "Registration")
        own = registration.objects.filter(edition=OuterRef("edition"), person=OuterRef("person"))
        approved = own.filter(state="approved")
        filled = own.filter(state__in=registration.FILLED_IN, registered_at__isnull=False)
        return self.annotate(registered=Exists(filled), approved=Exists(approved), attended=Exists(approved.present()))

    def at(self, step: str) -> Self:
        """Those who came so far; `waiting` are not asked yet, `refused` want no more invitations."""
        conditions = {
            "waiting": Q(asked_at=None),
            "asked": Q(asked_at__isnull=False),
            "opened": Q(opened_at__isnull=False),
            "refused": Q(refused_at__isnull=False),
        }
        if step in conditions:
            return self.filter(conditions[step])
        return self.with_steps().filter(**{step: True}) if step in STEPS else self

    def counts_by(self, *columns: str) -> list[dict[str, Any]]:
        """How many came how far, by columns of theirs; without columns one row for all of them."""
        steps = {
            "asked": Count("pk", filter=Q(asked_at__isnull=False), distinct=True),
            "opened": Count("pk", filter=Q(opened_at__isnull=False), distinct=True),
            **{f"have_{step}": Count("pk", filter=Q(**{step: True}), distinct=True) for step in STEPS[2:]},
        }
        rows = self.with_steps().order_by()
        if not columns:
            return [rows.aggregate(**steps)]
        return list(rows.values(*columns).annotate(**steps).order_by("-asked", *columns))
