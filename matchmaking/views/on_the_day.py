"""At the booth and at the desk while the fair is open: who has come, who came without an appointment, how it was."""

import uuid
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from fairs import clock
from fairs.errors import Refused
from fairs.models import Participation
from fairs.templatetags.fair import number
from fairs.views.base import ActionForm, DeskPage
from matchmaking.actions import meetings
from matchmaking.actions.at_the_booth import buyer_with_badge
from matchmaking.actions.attendance import check_in, rate
from matchmaking.forms import CheckInForm, RateForm, WalkInForm
from matchmaking.models import Interpreter, Meeting, Rating, Table
from matchmaking.views.base import PartyPage
from matchmaking.views.kept import KeptForm
from matchmaking.views.meetings import MeetingPage
from matchmaking.views.seen import see_meetings, side_of

AROUND = timedelta(minutes=45)
LATE_AFTER = timedelta(minutes=5)


class WalkIn(PartyPage, KeptForm):
    """A badge is read at the booth: a meeting agreed about now has begun, or one that was not booked is noted.

    Kept on the phone without a network, and sent once.
    """

    template_name = "matchmaking/walk_in.html"
    current = "matchmaking:agenda"
    form_class = WalkInForm
    acts_as = "exhibitor"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            part = self.part_as("exhibitor")
            if part is None:
                raise Http404
            self.exhibitor = part
        return super().dispatch(request, *args, **kwargs)

    @property
    def kept(self) -> str:
        """To whom belongs what a phone keeps unsent."""
        return f"walk-in:{self.edition.slug}:{self.person.pk}:{self.exhibitor.pk}"

    def get_initial(self) -> dict[str, Any]:
        return {"key": uuid.uuid4()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"groups": list(self.exhibitor.company.product_groups.all())}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(known=self.known, kept=self.kept, **kwargs)

    def act(self, form: Any) -> str:
        given = form.cleaned_data
        meeting = self._agreed(given) or self._walk_in(given)
        return reverse("matchmaking:rate_meeting", args=[self.edition.slug, meeting.pk])

    def _agreed(self, given: dict[str, Any]) -> Meeting | None:
        """A meeting of this badge that was agreed for about then; none for a form that noted one before."""
        if given["importer"] or Meeting.objects.filter(key=str(given["key"])).exists():
            return None
        code, at = given["code"], given["at"]
        try:
            return check_in(self.edition, code=code, exhibitor=self.exhibitor, at=at, by=self.request.user)
        except Refused as refusal:
            if refusal.code != "no_meeting_now":
                raise
        return None

    def _walk_in(self, given: dict[str, Any]) -> Meeting:
        importer, person = self._buyer(given)
        return meetings.log_walk_in(
            self.edition, exhibitor=self.exhibitor, importer=importer, person=person, key=str(given["key"]),
            product_group=given["product_group"], at=given["at"], by=self.request.user,
        )  # fmt: skip

    def _buyer(self, given: dict[str, Any]) -> tuple[Participation, Any]:
        if given["importer"]:
            meeting = next((one for one in self.known if one.importer_id == given["importer"]), None)
            if meeting is None:
                raise Http404
            return meeting.importer, meeting.importer_person
        return buyer_with_badge(self.edition, given["code"], by=self.request.user)

    @cached_property
    def known(self) -> list[Meeting]:
        """One meeting for each buyer the exhibitor has had to do with, the latest first."""
        own = self.own_meetings().filter(exhibitor=self.exhibitor).order_by("-starts_at")
        latest: dict[int, Meeting] = {}
        for meeting in own:
            latest.setdefault(meeting.importer_id, meeting)
        return list(latest.values())


class Rate(MeetingPage, ActionForm):
    """How good it was and what is next, in two taps; signing now goes on to the paper."""

    template_name = "matchmaking/rate.html"
    form_class = RateForm

    def get_initial(self) -> dict[str, Any]:
        side = side_of(self.meeting, self.person)
        said = Rating.objects.filter(meeting=self.meeting, side=side or "-").first()
        return {"worth": said.worth, "step": said.step} if said else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        [seen] = see_meetings(self.edition, [self.meeting], self.person)
        if not seen.may_rate:
            raise Http404
        return super().get_context_data(base=f"base/{self.shell}.html", meeting=self.meeting, seen=seen, **kwargs)

    def act(self, form: Any) -> str:
        rating = rate(self.meeting, by=self.request.user, **form.cleaned_data)
        if rating.step == Rating.Step.DEAL:
            return f"{reverse('matchmaking:record_deal', args=[self.edition.slug])}?meeting={self.meeting.pk}"
        return reverse("matchmaking:meeting", args=[self.edition.slug, self.meeting.pk])


class Now(DeskPage, TemplateView):
    """What goes on this minute: running, late, alone, what is free; everybody's changes come by themselves."""

    template_name = "matchmaking/now.html"
    current = "matchmaking:meetings_desk"
    roles = frozenset({"matchmaking_desk", "importer_desk", "reports"})

    def get_template_names(self) -> list[str]:
        return [f"{self.template_name}{'#now' if self.request.htmx else ''}"]  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = clock.now()
        every = Meeting.objects.filter(edition=self.edition)
        near = every.filter(state__in=["accepted", "held", "no_show"], starts_at__range=(now - AROUND, now + AROUND))
        whole = near.with_sides().select_related("importer_person", "interpreter", "receiver")
        shown = list(whole.prefetch_related("exhibitor__company__product_groups").order_by("starts_at", "pk"))
        may_check_in = bool(self.person.roles_in(self.edition) & {"director", "matchmaking_desk"})
        return super().get_context_data(
            figures=self._figures(shown, every.counts()),
            seen=see_meetings(self.edition, shown, self.person),
            may_check_in=may_check_in,
            now=now,
            **kwargs,
        )

    def _figures(self, shown: list[Meeting], counts: dict[str, int]) -> list[dict[str, Any]]:
        now = clock.now()
        running = [one for one in shown if one.starts_at <= now < one.ends_at and one.state != "no_show"]
        late = [one for one in running if one.state == "accepted" and one.starts_at + LATE_AFTER <= now]
        booked = counts["held"] - counts["walk_in"]
        over = booked + counts["no_show"]
        tables, interpreters = self._resources(running)
        return [
            {"label": _("Going on now"), "value": number(len(running)), "note": _late_words(len(late))},
            {"label": _("Free tables"), "value": number(tables[0]), "note": _("of %(n)d") % {"n": tables[1]}},
            {
                "label": _("Free interpreters"),
                "value": number(interpreters[0]),
                "note": _("of %(n)d") % {"n": interpreters[1]},
            },
            {
                "label": _("Did not take place"),
                "value": f"{number(round(100 * counts['no_show'] / over))} %" if over else "–",
                "note": _("%(missed)d of %(all)d booked") % {"missed": counts["no_show"], "all": over},
            },
        ]

    def _resources(self, running: list[Meeting]) -> tuple[tuple[int, int], tuple[int, int]]:
        """How many tables and interpreters are free, of how many."""
        now = clock.now()
        tables = Table.objects.filter(edition=self.edition, open=True).count()
        there = Interpreter.objects.filter(
            edition=self.edition, open=True, shifts__starts_at__lte=now, shifts__ends_at__gt=now
        )
        interpreters = there.distinct().count()
        at_tables = len({one.table_id for one in running if one.table_id})
        helping = len({one.interpreter_id for one in running if one.interpreter_id})
        return (max(0, tables - at_tables), tables), (max(0, interpreters - helping), interpreters)


class CheckIn(DeskPage, KeptForm):
    """A badge is read at the table desk: scanned or typed, kept without a network and sent once."""

    template_name = "matchmaking/check_in.html"
    current = "matchmaking:meetings_desk"
    roles = frozenset({"matchmaking_desk"})
    form_class = CheckInForm

    @property
    def kept(self) -> str:
        """To whom belongs what a device keeps unsent."""
        return f"check-in:{self.edition.slug}:{self.person.pk}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(kept=self.kept, **kwargs)

    def act(self, form: Any) -> str:
        check_in(self.edition, by=self.request.user, **form.cleaned_data)
        return reverse("matchmaking:meetings_now", args=[self.edition.slug])


def _late_words(late: int) -> str:
    return _("%(n)d late") % {"n": late} if late else _("nobody late")
