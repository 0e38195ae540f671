"""The page behind a personal link: the registration form, filled in with what the letter said and nothing more."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from buyers.actions.invitations import open_invitation, refuse_invitations
from buyers.models import Invitee, Registration
from buyers.views.register import Register
from fairs.callers import behind_link
from fairs.views.base import EditionPage


class LinkPage(EditionPage):
    """A page whose address nobody guesses; it signs nobody in, and wrong ones are limited."""

    for_importers = True
    invitee: Invitee

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = Invitee.objects.filter(edition=self.edition, asked_at__isnull=False, token=kwargs["invitation"])
        self.invitee = behind_link(request, "invitations", rows.select_related("person", "company", "edition").first)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class Invited(LinkPage, Register):
    """The form, filled in once; after the person has registered the link only leads to where they sign in."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        open_invitation(self.invitee)
        if not self._waits():
            return redirect("buyers:registration", self.edition.slug)
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """What the letter told the person itself."""
        if self.request.user.is_authenticated or not self._waits():
            return super().get_initial()
        person, company = self.invitee.person, self.invitee.company
        told = {"full_name": person.full_name, "email": person.email}
        return told | {"company_name": company.name_vi, "country": company.country}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(invited=not self.request.user.is_authenticated, **kwargs)

    def _waits(self) -> bool:
        """Whether the person has not answered yet."""
        own = Registration.objects.live().filter(edition=self.edition, person=self.invitee.person_id)
        return own.filter(state=Registration.State.INVITED).exists()


class RefuseInvitations(LinkPage, TemplateView):
    """One button: no more letters like this one."""

    template_name = "buyers/refuse_invitations.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refuse_invitations(self.invitee)
        messages.success(request, _("You will get no more invitations from us."))
        return redirect(reverse("fairs:home", args=[self.edition.slug]))
