"""The privacy officer’s desk: what people ask about their data, who is late, what was answered."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from fairs import clock
from fairs.actions import data_requests as actions
from fairs.actions.restrictions import lift_restriction
from fairs.downloads import file_answer
from fairs.exports import export_person
from fairs.models import DataRequest, Entry, Holiday
from fairs.privacy_forms import AnswerForm, HolidayForm, RecordRequestForm
from fairs.telling import told
from fairs.terms import calendar, term_of
from fairs.views.base import ActionButton, ActionForm, DeskPage

KINDS = {"received": "wait", "acknowledged": "info", "extended": "info", "done": "ok", "refused": "off",
    "withdrawn": "off"}  # fmt: skip
PRIVACY = frozenset({"privacy"})


class PrivacyPage(DeskPage):
    """For the privacy officer and the director."""

    roles = PRIVACY
    current = "fairs:data_requests"

    def requests(self) -> Any:
        """The requests of this edition."""
        every = DataRequest.objects.visible_to(self.person).filter(edition=self.edition)
        return every.select_related("person", "edition", "recorded_by")


class DataRequests(PrivacyPage, TemplateView):
    """Open ones first, the most urgent on top, each with the working days that are left."""

    template_name = "fairs/privacy/requests.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every, today = self.requests(), clock.today(self.edition)
        shown = every.exclude(state__in=DataRequest.OPEN) if self.closed else every.open()
        page = Paginator(shown.order_by("due_on", "pk"), 50).get_page(self.request.GET.get("page"))
        days = calendar()
        rows = [(one, KINDS[one.state], days.between(today, one.next_day)) for one in page.object_list]
        return super().get_context_data(
            page=page,
            rows=rows,
            late=every.late(today).count(),
            closed=self.closed,
            tabs=self._tabs(),
            **kwargs,
        )

    @property
    def closed(self) -> bool:
        """Whether those are shown that have their answer."""
        return self.request.GET.get("state") == "closed"

    def _tabs(self) -> list[dict[str, Any]]:
        return [
            {"label": _("To answer"), "url": "?", "current": not self.closed},
            {"label": _("Answered"), "url": "?state=closed", "current": self.closed},
        ]


class RecordRequest(PrivacyPage, ActionForm):
    """Writes down what came by letter or telephone."""

    template_name = "fairs/privacy/record.html"
    form_class = RecordRequestForm

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": clock.today(self.edition), "means": "letter"}

    def act(self, form: Any) -> str:
        request = actions.record_request(self.edition, by=self.person, **form.given)
        return reverse("fairs:data_request", args=[self.edition.slug, request.pk])


class OneRequest(PrivacyPage):
    """A page of one request."""

    asked: DataRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            self.asked = get_object_or_404(self.requests(), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)


class DataRequestPage(OneRequest, ActionForm):
    """What is asked, by when and by which law, and the buttons that answer it."""

    template_name = "fairs/privacy/request.html"
    form_class = AnswerForm

    def get_initial(self) -> dict[str, Any]:
        person = self.asked.person
        return {name: getattr(person, name) for name in actions.CORRECTABLE}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.asked
        history = Entry.objects.filter(verb__startswith="fairs.datarequest.", object_id=str(one.pk))
        return super().get_context_data(
            asked=one,
            kind=KINDS[one.state],
            days_left=calendar().between(clock.today(self.edition), one.next_day),
            term=term_of(one.kind),
            entries=told(history.filter(edition=self.edition)[:50]),
            **kwargs,
        )

    def act(self, form: Any) -> str:
        """Acknowledge, extend, finish or refuse."""
        verb, one, by = form.cleaned_data["verb"], self.asked, self.person
        if verb == "acknowledge":
            actions.acknowledge(one, by=by)
        elif verb == "extend":
            actions.extend(one, reason=form.cleaned_data["reason"], by=by)
        elif verb == "refuse":
            actions.refuse(one, reason=form.cleaned_data["reason"], by=by)
        else:
            actions.finish(one, by=by, **(form.corrected if one.kind == "correction" else {}))
        return reverse("fairs:data_request", args=[self.edition.slug, one.pk])


class Copy(OneRequest):
    """The copy of all data, for somebody who has asked for it and does not sign in; it holds no passport data."""

    def requests(self) -> Any:
        """Those for a copy, as long as it is owed or was given."""
        return super().requests().filter(kind="access").exclude(state__in=["refused", "withdrawn"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return zipped(export_person(self.asked.person, by=self.person))


class LiftRestriction(OneRequest, ActionButton):
    """The person's data is used as before."""

    done = gettext_lazy("The restriction is lifted.")

    def act(self) -> str:
        lift_restriction(self.asked, by=self.person)
        return reverse("fairs:data_request", args=[self.edition.slug, self.asked.pk])


class Holidays(PrivacyPage, ActionForm):
    """The days on which nobody works, by which all terms are counted."""

    template_name = "fairs/privacy/holidays.html"
    form_class = HolidayForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        since = clock.today(self.edition).replace(month=1, day=1)
        return super().get_context_data(holidays=Holiday.objects.filter(date__gte=since), **kwargs)

    def act(self, form: Any) -> str:
        given = dict(form.cleaned_data)
        actions.add_holiday(self.edition, day=given.pop("date"), by=self.person, **given)
        messages.success(self.request, _("Saved."))
        return self.request.path


def zipped(content: bytes) -> HttpResponse:
    """A copy as an answer."""
    return file_answer(content, "my-data.zip")
