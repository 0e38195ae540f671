"""Who comes with an importer: their own page, the desk's, and the limit of the edition."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from buyers.actions.companions import add_companion, limit_of, remove_companion, set_companion_rules
from buyers.companion_rows import rows_of
from buyers.invitation_forms import CompanionForm, CompanionRulesForm
from buyers.models import Companion, Registration
from buyers.views.vetting import OfImporter
from fairs.views.base import ActionButton, ActionForm, DeskForm, DeskPage, SignedInPage


class OfOneImporter(SignedInPage):
    """Pages about who comes with the importer whose page it is."""

    for_importers = True
    shell = "importer"
    current = "buyers:registration"

    @cached_property
    def registration(self) -> Registration | None:
        """One's own live registration."""
        own = Registration.objects.live().filter(edition=self.edition, person=self.person).exclude(state="invited")
        return own.select_related("edition", "person", "company").first()

    @property
    def home(self) -> str:
        """The page itself."""
        return reverse("buyers:companions", args=[self.edition.slug])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and self.registration is None:
            return redirect("buyers:register", self.edition.slug)
        return super().dispatch(request, *args, **kwargs)


class OfOneAtTheDesk(OfImporter):
    """The same pages for the importer desk."""

    @property
    def home(self) -> str:
        """The page itself."""
        return reverse("buyers:companions_desk", args=[self.edition.slug, self.registration.pk])


class CompanionsForm(ActionForm):
    """Those who come along, and a form for one more."""

    template_name = "buyers/companions.html"
    form_class = CompanionForm
    registration: Any
    shell: Any
    edition: Any
    home: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows, limit = rows_of(self.registration), limit_of(self.edition)
        kwargs |= {"registration": self.registration, "rows": rows, "limit": limit, "left": max(0, limit - len(rows))}
        return super().get_context_data(base=f"base/{self.shell}.html", at_the_desk=self.shell == "desk", **kwargs)

    def act(self, form: BaseForm) -> str:
        """Name one more."""
        add_companion(self.registration, by=self.request.user, **form.cleaned_data)
        return self.home


class OwnCompanions(OfOneImporter, CompanionsForm):
    """The importer's own page."""


class CompanionsAtTheDesk(OfOneAtTheDesk, CompanionsForm):
    """The desk's page about one importer."""


class EndOwnCompanion(OfOneImporter, ActionButton):
    """Somebody does not come."""

    done = _("They are off the list, and their badge opens no gate.")

    def act(self) -> str:
        """Take the one of the address off."""
        remove_companion(found(self.registration, self.kwargs["companion"]), by=self.person)
        return self.home


class EndCompanionAtTheDesk(OfOneAtTheDesk, ActionButton):
    """The same by the desk."""

    done = _("They are off the list, and their badge opens no gate.")

    def act(self) -> str:
        """Take the one of the address off."""
        remove_companion(found(self.registration, self.kwargs["companion"]), by=self.person)
        return self.home


class CompanionRulesPage(DeskPage, DeskForm):
    """How many may come with each importer of the edition."""

    heading = _("Companions of importers")
    lead = _("How many companions and interpreters may come with each importer. Who is named already stays.")
    button = _("Keep changes")
    back_word = _("Importers")
    form_class = CompanionRulesForm
    roles = frozenset({"importer_desk"})
    current = "buyers:importers_desk"

    @property
    def home(self) -> str:
        """The list of importers."""
        return reverse("buyers:importers_desk", args=[self.edition.slug])

    def get_initial(self) -> dict[str, Any]:
        """The limit that holds."""
        return {"at_most": limit_of(self.edition)}

    def act(self, form: BaseForm) -> str:
        """Set it."""
        set_companion_rules(self.edition, at_most=form.cleaned_data["at_most"], by=self.person)
        messages.success(self.request, _("Your changes are saved."))
        return self.home


def found(registration: Registration | None, pk: int) -> Companion:
    """Somebody who comes with the importer."""
    companion: Companion = get_object_or_404(
        Companion.objects.live().filter(registration=registration).with_people(), pk=pk
    )
    return companion
