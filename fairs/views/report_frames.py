"""The official report: when it is due, what it says around the figures, and the template it is put into."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairs import official
from fairs.actions import report_frames
from fairs.downloads import file_answer
from fairs.report_forms import ReportFrameForm, TemplateForm
from fairs.report_templates import form, template
from fairs.snapshots import LANGUAGES, frame_of
from fairs.statements import as_now, languages
from fairs.views.base import ActionButton, ActionForm, DeskForm, DeskPage


class FramePage(DeskPage):
    """For the director and the reports desk."""

    current = "fairs:report"
    roles = frozenset({"reports"})


class SetReportFrame(FramePage, DeskForm):
    """Due day, addressee, office, copies, remarks."""

    form_class = ReportFrameForm
    template_name = "fairs/set_up/form.html"
    heading = _("The official report")
    lead = _("What stands around the figures. The figures themselves always come from the rows.")
    back_word = _("Result report")

    @property
    def home(self) -> str:
        """The report."""
        return reverse("fairs:report", args=[self.edition.slug])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": frame_of(self.edition)}

    def act(self, form: Any) -> str:
        report_frames.set_report_frame(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home


class ReportTemplates(FramePage, ActionForm):
    """The templates of both languages, one's own handed in, and every name that may stand in one."""

    template_name = "fairs/signed/templates.html"
    form_class = TemplateForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"languages": languages()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        frame, now = frame_of(self.edition), as_now(self.edition)
        return super().get_context_data(
            templates=[(code, name, bool(getattr(frame, f"template_{code}"))) for code, name in languages()],
            names=[(name, meaning, _shortened(now, name)) for name, meaning in official.known_names().items()],
            **kwargs,
        )

    def act(self, form: Any) -> str:
        report_frames.set_report_template(self.edition, by=self.request.user, **form.cleaned_data)
        return self.request.path


class ReportTemplate(FramePage):
    """The template of a language as a document: that in use or, with ?default=1, the program’s own."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        lang = language_named(kwargs["lang"])
        content = form(lang) if request.GET.get("default") else template(frame_of(self.edition), lang)
        return file_answer(content, f"{self.edition.slug}-template-{lang}.docx")


class DropReportTemplate(FramePage, ActionButton):
    """Back to the form that comes with the program."""

    done = _("The report is put into the form that comes with the program again.")

    def act(self) -> str:
        lang = language_named(self.kwargs["lang"])
        report_frames.drop_report_template(self.edition, lang=lang, by=self.request.user)
        return reverse("fairs:report_templates", args=[self.edition.slug])


def language_named(lang: str) -> str:
    """A language of the report that an address names; another one does not exist."""
    if lang not in LANGUAGES:
        raise Http404
    return lang


def _shortened(now: Any, name: str) -> str:
    """What a name says now, as far as a cell has room."""
    if official.is_table(name):
        return ""
    text = official.value_of(now, name).replace("\n", " · ")
    return text if len(text) <= 90 else f"{text[:89]}…"
