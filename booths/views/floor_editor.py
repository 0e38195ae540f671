"""The plan under work: the editor, and each edit as a form that works without it too."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from booths import floor_forms, plan_edits
from booths.actions import drafts
from booths.editor_words import editor_words
from booths.floorplan.document import Content
from booths.models import Booth, Facility, FloorDraft, FloorVersion, SaleTerms
from booths.plan_look import found_of, halls_touched, look
from fairs.errors import DomainError
from fairs.views.base import ActionButton, ActionForm, DeskPage

GRID = ("0.1", "0.5", "1.0", "3.0")
EDITORS = frozenset({"booth_desk"})
Edit = Callable[[Content, plan_edits.Given], Any]


class FloorDeskPage(DeskPage):
    """Pages about the plan, for those who set it up."""

    roles = EDITORS
    current = "booths:booths_desk"

    @cached_property
    def draft(self) -> FloorDraft | None:
        """The plan under work, if somebody has begun."""
        rows = FloorDraft.objects.filter(edition=self.edition).select_related("edition", "changed_by")
        return rows.first()

    def the_draft(self) -> FloorDraft:
        """The plan under work; without one the address leads nowhere."""
        if self.draft is None:
            raise Http404
        return self.draft

    @property
    def editor_url(self) -> str:
        """Where one works on the plan."""
        return reverse("booths:floor_editor", args=[self.edition.slug])


class FloorEditor(FloorDeskPage, TemplateView):
    """The plan under work, or a word on how to begin."""

    template_name = "booths/floor_editor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft = self.draft
        context = super().get_context_data(
            draft=draft,
            booth_count=Booth.objects.filter(edition=self.edition).count(),
            floor_version=SaleTerms.objects.filter(edition=self.edition)
            .values_list("floor_version", flat=True)
            .first(),
            versions=FloorVersion.objects.filter(edition=self.edition).count(),
            **kwargs,
        )
        return context | self._of_draft(draft, kwargs.get("form")) if draft else context

    def _of_draft(self, draft: FloorDraft, bound: Any) -> dict[str, Any]:
        forms = {name: part.form_class(draft=draft, initial=part.start(draft)) for name, part in EDITS.items()}
        for name, part in EDITS.items():
            if bound is not None and type(bound) is part.form_class:
                forms[name] = bound
        return {
            "edits": [{"name": name, "form": form, "title": EDITS[name].title, "icon": EDITS[name].icon,
                       "verb": EDITS[name].verb, "url": f"booths:plan_{name}", "open": form is bound}
                      for name, form in forms.items()],
            "words": editor_words(),
            "kinds": Facility.Kind.choices,
            "grid": GRID,
            "found": found_of(draft),
            "counts": {section: len(draft.content[section]) for section in ("halls", "booths", "zones")},
        }  # fmt: skip


class BeginDraft(FloorDeskPage, ActionButton):
    """Begin to work on the plan."""

    def act(self) -> str:
        drafts.begin_draft(self.edition, by=self.person)
        return self.editor_url


class DropDraft(FloorDeskPage, ActionButton):
    """Throw the work away."""

    done = gettext_lazy("The draft was dropped. The plan that everybody sees is as it was.")

    def act(self) -> str:
        drafts.drop_draft(self.the_draft(), by=self.person)
        return self.editor_url


class PlanEdit(FloorEditor, ActionForm):
    """One edit; the editor asks for it as JSON and gets the changes, a plain form gets the page."""

    title: ClassVar[Any] = ""
    verb: ClassVar[Any] = ""
    icon: ClassVar[str] = "pencil"
    form_class: Any  # an EditForm
    edit: Any  # an Edit, as a static method

    @classmethod
    def start(cls, draft: FloorDraft) -> dict[str, Any]:
        """What the form begins with, besides its fields' own."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.editor_url)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"draft": self.the_draft()}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        before = self.the_draft().content
        try:
            draft, changes = drafts.edit_draft(
                self.the_draft(),
                edit=lambda content: type(self).edit(content, form.cleaned_data),
                version=form.cleaned_data["version"],
                by=self.person,
            )
        except DomainError as refusal:
            self.show_refusal(form, refusal)
            return self.form_invalid(form, refusal.status)
        if not self.is_asked_by_the_editor:
            return redirect(self.editor_url)
        return JsonResponse(look(draft, halls_touched(before, draft.content, changes)) | {"changes": changes})

    def form_invalid(self, form: BaseForm, status: int = 422) -> HttpResponse:
        if not self.is_asked_by_the_editor:
            return self.render_to_response(self.get_context_data(form=form), status=422)
        sentences = [str(sentence) for field in form.errors.values() for sentence in field]
        message = " ".join(sentences) or _("Something is missing.")
        return JsonResponse({"message": message, "fields": form.errors}, status=status)

    @property
    def is_asked_by_the_editor(self) -> bool:
        return bool(self.request.accepts("application/json") and not self.request.accepts("text/html"))


class Lay(PlanEdit):
    """A block of booths."""

    title, verb, icon = gettext_lazy("Lay a block of booths"), gettext_lazy("Lay the block"), "layout-grid"
    form_class = floor_forms.LayForm
    edit = staticmethod(plan_edits.lay)


class Place(PlanEdit):
    """A hall or another thing by its measures."""

    title, verb, icon = gettext_lazy("Add by measures"), gettext_lazy("Add"), "ruler"
    form_class = floor_forms.PlaceForm
    edit = staticmethod(plan_edits.place)


class SetZone(PlanEdit):
    """A zone."""

    title, verb, icon = gettext_lazy("Add or change a zone"), gettext_lazy("Save the zone"), "palette"
    form_class = floor_forms.ZoneForm
    edit = staticmethod(plan_edits.zone)


class Merge(PlanEdit):
    """Booths that become one."""

    title, verb, icon = gettext_lazy("Merge"), gettext_lazy("Merge"), "git-merge"
    form_class = floor_forms.MergeForm
    edit = staticmethod(plan_edits.merge)


class Split(PlanEdit):
    """A booth that becomes several."""

    title, verb, icon = gettext_lazy("Split"), gettext_lazy("Split"), "scissors"
    form_class = floor_forms.SplitForm
    edit = staticmethod(plan_edits.split)


class Renumber(PlanEdit):
    """Booths that get new codes."""

    title, verb, icon = gettext_lazy("Renumber"), gettext_lazy("Renumber"), "hash"
    form_class = floor_forms.RenumberForm
    edit = staticmethod(plan_edits.renumber)


class Change(PlanEdit):
    """Booths that change alike."""

    title, verb, icon = gettext_lazy("Change together"), gettext_lazy("Change"), "adjustments"
    form_class = floor_forms.ChangeForm
    edit = staticmethod(plan_edits.change)


class Remove(PlanEdit):
    """Booths that go away."""

    title, verb, icon = gettext_lazy("Remove"), gettext_lazy("Remove"), "trash"
    form_class = floor_forms.RemoveForm
    edit = staticmethod(plan_edits.remove)


class SetAisle(PlanEdit):
    """The width of aisles."""

    title, verb, icon = gettext_lazy("Width of aisles"), gettext_lazy("Set"), "ruler-2"
    form_class = floor_forms.AisleForm
    edit = staticmethod(plan_edits.aisle)

    @classmethod
    def start(cls, draft: FloorDraft) -> dict[str, Any]:
        return {"aisle": f"{draft.content['aisle']:g}"}


EDITS: dict[str, type[PlanEdit]] = {
    "lay": Lay,
    "place": Place,
    "zone": SetZone,
    "merge": Merge,
    "split": Split,
    "renumber": Renumber,
    "change": Change,
    "remove": Remove,
    "aisle": SetAisle,
}
