"""The meeting desk: every meeting of the edition, and asking on somebody's behalf."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from fairs import clock
from fairs.inputs import whole_number
from fairs.models import Participation
from fairs.permissions import may
from fairs.templatetags.fair import number
from fairs.text import words_of
from fairs.views.base import ActionForm, DeskPage
from matchmaking.actions.rules import set_meeting_rules
from matchmaking.actions.slots import rules_of, slots
from matchmaking.filters import narrow_meetings
from matchmaking.forms import RulesForm
from matchmaking.models import Meeting
from matchmaking.views.seen import see_meetings

DESK = frozenset({"matchmaking_desk", "importer_desk", "reports"})
MOST_FOUND = 12


class MeetingsDesk(DeskPage, TemplateView):
    """Figures, filters and the list."""

    template_name = "matchmaking/meetings_desk.html"
    current = "matchmaking:meetings_desk"
    roles = DESK

    def get_template_names(self) -> list[str]:
        return [f"{self.template_name}{'#list' if self.request.htmx else ''}"]  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = Meeting.objects.filter(edition=self.edition)
        given = self.request.GET
        found = narrow_meetings(every, given.dict()).with_sides()
        whole = found.select_related("importer_person").prefetch_related("exhibitor__company__product_groups")
        page = Paginator(whole, 50).get_page(given.get("page"))
        return super().get_context_data(
            figures=_figures(every),
            page=page,
            seen=see_meetings(self.edition, page.object_list, self.request.user),
            states=Meeting.State.choices,
            days=[day.date for day in self.edition.days.all()],
            given=given,
            may_ask=may(self.request.user, "matchmaking.set_rules", self.edition),
            **kwargs,
        )


class TwoParties(DeskPage, TemplateView):
    """An officer chooses an importer and an exhibitor; what comes next is the subclass's."""

    template_name = "matchmaking/two_parties.html"

    def onward(self, importer: Participation, exhibitor: Participation) -> str:
        """The address to go on to with the two."""
        raise NotImplementedError(f"{type(self).__name__} says where the two lead on to")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = self.request.GET
        importer, exhibitor = self._chosen("importer", given), self._chosen("exhibitor", given)
        return super().get_context_data(
            sides=[
                self._side("importer", _("The importer"), given),
                self._side("exhibitor", _("The exhibitor"), given),
            ],
            importer=importer,
            exhibitor=exhibitor,
            onward=self.onward(importer, exhibitor) if importer and exhibitor else "",
            **kwargs,
        )

    def _side(self, role: str, label: str, given: Any) -> dict[str, Any]:
        words = given.get(f"{role}_words", "")
        found = self._parts(role)
        for word in words_of(words):
            found = found.filter(company__folded__contains=word)
        return {"role": role, "label": label, "words": words, "found": found[:MOST_FOUND] if words else []}

    def _chosen(self, role: str, given: Any) -> Participation | None:
        return self._parts(role).filter(pk=whole_number(given.get(role, "")) or 0).first()

    def _parts(self, role: str) -> QuerySet[Participation]:
        parts = Participation.objects.filter(edition=self.edition, role=role, state="active")
        return parts.select_related("company")


class AskForOthers(TwoParties):
    """Who meets whom; the free times of both come next."""

    current = "matchmaking:meetings_desk"
    roles = frozenset({"matchmaking_desk"})
    extra_context = {
        "back": "matchmaking:meetings_desk",
        "back_label": gettext_lazy("Meetings"),
        "heading": gettext_lazy("Ask on behalf"),
        "lead": gettext_lazy("Choose who asks and whom they want to meet; the free times of both come next."),
        "verb": gettext_lazy("Choose a time"),
    }

    def onward(self, importer: Participation, exhibitor: Participation) -> str:
        ask = reverse("matchmaking:ask", args=[self.edition.slug, exhibitor.pk])
        return f"{ask}?importer={importer.pk}"


class RecordForOthers(TwoParties):
    """Between whom the paper is; what it says comes next."""

    current = "matchmaking:deals_desk"
    roles = frozenset({"director"})
    extra_context = {
        "back": "matchmaking:deals_desk",
        "back_label": gettext_lazy("Contracts register"),
        "heading": gettext_lazy("Record a contract"),
        "lead": gettext_lazy("Choose the two sides; the paper is recorded for the exhibitor, and the buyer confirms."),
        "verb": gettext_lazy("Write it down"),
    }

    def onward(self, importer: Participation, exhibitor: Participation) -> str:
        record = reverse("matchmaking:record_deal", args=[self.edition.slug])
        return f"{record}?exhibitor={exhibitor.pk}&importer={importer.pk}"


class Rules(DeskPage, ActionForm):
    """The length of meetings, lunch, and the day requests open."""

    template_name = "matchmaking/rules.html"
    current = "matchmaking:meetings_desk"
    roles = frozenset({"matchmaking_desk"})
    form_class = RulesForm

    def get_initial(self) -> dict[str, Any]:
        known = rules_of(self.edition)
        said = {name: getattr(known, name) for name in RulesForm.base_fields}
        return said | {"more_minutes": ", ".join(map(str, known.more_minutes))}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(number=len(slots(self.edition)), **kwargs)

    def act(self, form: Any) -> str:
        set_meeting_rules(self.edition, by=self.request.user, **form.cleaned_data)
        return reverse("matchmaking:meetings_desk", args=[self.edition.slug])


def _figures(every: Any) -> list[dict[str, Any]]:
    counts = every.counts()
    waiting = every.waiting(clock.now()).count()
    booked = counts["held"] - counts["walk_in"]
    share = 100 * booked / counts["accepted"] if counts["accepted"] else None
    return [
        {
            "label": _("Asked for"),
            "value": number(counts["requested"]),
            "note": _("%(n)d wait for an answer") % {"n": waiting},
        },
        {"label": _("Agreed"), "value": number(counts["accepted"])},
        {
            "label": _("Held"),
            "value": number(counts["held"]),
            "share": share,
            "note": _("%(n)d of them without an appointment") % {"n": counts["walk_in"]},
        },
        {"label": _("One side did not come"), "value": number(counts["no_show"])},
    ]
