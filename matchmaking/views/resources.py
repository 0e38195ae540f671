"""The desk's tables and interpreters."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from booths.models import Hall
from fairs import clock
from fairs.views.base import ActionForm, DeskForm, DeskPage
from matchmaking.actions import resources
from matchmaking.forms import InterpreterForm, ShiftForm, TablesForm
from matchmaking.models import Interpreter, Meeting, Table

DESK = frozenset({"matchmaking_desk"})


class ResourcePage(DeskPage):
    """A page about tables and interpreters."""

    current = "matchmaking:meetings_desk"
    roles = DESK

    @property
    def home(self) -> str:
        """The two lists."""
        return reverse("matchmaking:tables", args=[self.edition.slug])


class Resources(ResourcePage, TemplateView):
    """Both lists, with what is booked of each from now on; out of use, with the meetings that still count on it."""

    template_name = "matchmaking/resources.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tables = Table.objects.filter(edition=self.edition).select_related("hall")
        interpreters = Interpreter.objects.filter(edition=self.edition).prefetch_related("shifts")
        return super().get_context_data(
            tables=_with_meetings(tables, "table"), interpreters=_with_meetings(interpreters, "interpreter"), **kwargs
        )


class AddTables(ResourcePage, DeskForm):
    """So many more tables."""

    form_class = TablesForm
    heading = _("More tables")
    lead = _("They are numbered on from the last one.")
    back_word = _("Tables and interpreters")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"halls": Hall.objects.filter(edition=self.edition)}

    def act(self, form: Any) -> str:
        resources.add_tables(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home


class AddInterpreter(ResourcePage, DeskForm):
    """One more on the list; the hours come next."""

    form_class = InterpreterForm
    heading = _("An interpreter")
    lead = _("Booked when the two sides of a meeting share no language, at the hours you add next.")
    back_word = _("Tables and interpreters")

    def act(self, form: Any) -> str:
        made = resources.add_interpreter(self.edition, by=self.request.user, **form.cleaned_data)
        return reverse("matchmaking:interpreter_hours", args=[self.edition.slug, made.pk])


class UseTable(ResourcePage, ActionForm):
    """Into use or out of it."""

    http_method_names = ["post"]
    form_class = Form

    def act(self, form: Any) -> str:
        table = get_object_or_404(Table, edition=self.edition, pk=self.kwargs["pk"])
        resources.use_table(table, open=not table.open, by=self.request.user)
        return self.home


class InterpreterPage(ResourcePage):
    """About one interpreter."""

    interpreter: Interpreter

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            self.interpreter = get_object_or_404(Interpreter, edition=self.edition, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)


class UseInterpreter(InterpreterPage, ActionForm):
    """Bookable or not."""

    http_method_names = ["post"]
    form_class = Form

    def act(self, form: Any) -> str:
        resources.use_interpreter(self.interpreter, open=not self.interpreter.open, by=self.request.user)
        return self.home


class AddShift(InterpreterPage, DeskForm):
    """Hours of one day."""

    form_class = ShiftForm
    lead = _("When the interpreter is there on that day.")
    back_word = _("Tables and interpreters")

    @property
    def heading(self) -> str:
        """Whose hours they are."""
        return self.interpreter.name

    def get_initial(self) -> dict[str, Any]:
        first = self.edition.days.order_by("date").first()
        return {"day": first.date, "begins": first.opens_at, "ends": first.closes_at} if first else {}

    def act(self, form: Any) -> str:
        given, zone = form.cleaned_data, self.edition.zone
        begins, ends = (datetime.combine(given["day"], given[name], zone) for name in ("begins", "ends"))
        resources.add_shift(self.interpreter, starts_at=begins, ends_at=ends, by=self.request.user)
        return self.home


def _with_meetings(things: QuerySet[Any], name: str) -> QuerySet[Any]:
    """With `coming`, how many meetings are agreed from now on, and `left`, which they are where it is out of use."""
    agreed = {"state": "accepted", "starts_at__gt": clock.now()}
    left = Meeting.objects.with_sides().filter(**agreed, **{f"{name}__open": False})
    coming = Count("meetings", filter=Q(**{f"meetings__{field}": value for field, value in agreed.items()}))
    return things.annotate(coming=coming).prefetch_related(Prefetch("meetings", left, to_attr="left"))
