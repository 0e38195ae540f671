"""What every page view shares: its edition, its shell, one way to answer a refusal."""

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django.contrib import messages
from django.contrib.auth.mixins import AccessMixin
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View

from fairs.discovery import nav_for, shells
from fairs.errors import DomainError
from fairs.models import Edition, Participation, Person
from fairs.permissions import APART, Actor


class EditionPage(View):
    """A page inside one edition; the edition comes from the address, scoped to the person."""

    edition: Edition
    shell: ClassVar[str] = "public"
    # Whether importers see it, so that it comes in their languages too; see fairs.languages.
    for_importers: ClassVar[bool] = False
    current: str = ""  # the url name of the navigation item this page stands under

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.edition = get_object_or_404(Edition.objects.select_related("series"), slug=kwargs["edition"])
        if not self.edition.visible_for(request.user):
            raise Http404
        timezone.activate(self.edition.zone)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The edition, the navigation, and where the page listens for hints."""
        kwargs["edition"] = self.edition  # TemplateView hands over the slug of the address
        kwargs.setdefault("nav", self._nav())
        kwargs.setdefault("live_url", f"/ws/{self.edition.slug}/")
        return super().get_context_data(**kwargs)  # type: ignore[misc]

    def _nav(self) -> list[dict[str, Any]]:
        roles = self.request.user.roles_in(self.edition) if self.request.user.is_authenticated else frozenset()
        return [
            {
                "label": item.label,
                "url": reverse(item.url_name, args=[self.edition.slug]),
                "icon": item.icon,
                "current": item.url_name == self.current,
            }
            for item in nav_for(self.shell)
            if item.open_to(roles)
        ]


class SignedInPage(AccessMixin, EditionPage):
    """For people who signed in; others are asked to."""

    @property
    def person(self) -> Person:
        """Whoever signed in."""
        return cast(Person, self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]


class DeskPage(SignedInPage):
    """For officers of the edition with one of `roles`; for others it does not exist.

    With none named it is for any officer whose work does not stand apart.
    """

    shell = "desk"
    roles: ClassVar[frozenset[str]] = frozenset()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            held = request.user.roles_in(self.edition)
            if not held & ({"director", *self.roles} if self.roles else held - APART):
                raise Http404
        return super().dispatch(request, *args, **kwargs)


def own_shell(person: Actor, edition: Edition, companies: Iterable[int] | None = None) -> str:
    """The base page whose tabs are the person's own: of the desk, of their part in the edition, or the public's.

    Their part is that of these companies, else of any of theirs.
    """
    if not person.is_authenticated:
        return "public"
    if person.roles_in(edition):
        return "desk"
    acting = person.company_ids if companies is None else companies
    parts = Participation.objects.filter(edition=edition, company_id__in=acting)
    roles = set(parts.values_list("role", flat=True)) or set(shells(person, edition))
    return next((role for role in ("exhibitor", "importer") if role in roles), "public")


class EditionTemplate(EditionPage, TemplateView):
    """A public page of an edition."""


class ActionForm(FormView[BaseForm]):
    """A form whose valid input goes to one action; a refusal comes back into the form, with everything typed."""

    def act(self, form: BaseForm) -> str:
        """Call the action and return the address to go on to."""
        raise NotImplementedError(f"{type(self).__name__} says which action it calls")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            return redirect(self.act(form))
        except DomainError as refusal:
            self.show_refusal(form, refusal)
            return self.form_invalid(form)

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def show_refusal(self, form: BaseForm, refusal: DomainError) -> None:
        """Put the refusal's sentences where the person looks."""
        for field, sentences in refusal.fields.items():
            form.add_error(field if field in form.fields else None, sentences)
        if not refusal.fields:
            form.add_error(None, refusal.message)


class DeskForm(ActionForm):
    """An action’s form on a page of its own at the desk: what it is, its fields, one button, the way back."""

    template_name = "fairs/form_page.html"
    heading: Any = ""
    lead: Any = ""
    button: Any = gettext_lazy("Save")
    button_icon = ""
    back_word: Any = ""

    @property
    def home(self) -> str:
        """Where one goes back to."""
        raise NotImplementedError(f"{type(self).__name__} says where it leads back to")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {name: getattr(self, name) for name in ("heading", "lead", "button", "button_icon", "back_word")}
        return super().get_context_data(**shown | {"back": self.home} | kwargs)


class ActionButton(View):
    """A button: POST calls one action, then shows the page it belongs to with what happened."""

    http_method_names = ["post"]
    done: ClassVar[Any] = ""

    def act(self) -> str:
        """Call the action and return the address to go on to."""
        raise NotImplementedError(f"{type(self).__name__} says which action it calls")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        target = self.act()
        if self.done:
            messages.success(request, self.done)
        return redirect(target)
