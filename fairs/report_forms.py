"""The shape of what is typed around the result report: a signature, the words of the official paper, its template."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fairs.models import ReportFrame
from fairs.models.signed_reports import MOST_DAYS
from fairs.papers.word import MOST_BYTES


class SignForm(forms.Form):
    """A remark for those who read the version later; the key keeps a second press from signing again."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Remark"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Why this version: accounts closed, a contract corrected. It is kept with the version."),
    )  # fmt: skip


class ReportFrameForm(forms.ModelForm[ReportFrame]):
    """Due day, addressee, office, copies, remarks."""

    due_days = forms.IntegerField(
        label=_("Days after closing until the report is due"), min_value=0, max_value=MOST_DAYS,
        help_text=_("Usually 30. Look it up in the decision or decree that your fair rests on."),
    )  # fmt: skip

    class Meta:
        model = ReportFrame
        fields = [
            "due_days", "number", "superior_vi", "superior_en", "place_vi", "place_en", "addressee_vi", "addressee_en",
            "office_vi", "office_en", "copies_vi", "copies_en", "remarks_vi", "remarks_en",
        ]  # fmt: skip
        widgets: ClassVar = {
            name: forms.Textarea(attrs={"rows": rows})
            for name, rows in (("copies_vi", 4), ("copies_en", 4), ("remarks_vi", 8), ("remarks_en", 8))
        }
        help_texts: ClassVar = {
            "number": _("Such as 45/BC-TTKC. Empty: dots to write it on."),
            "superior_vi": _("Such as the Department that your centre belongs to."),
            "copies_vi": _("One on each line."),
            "remarks_vi": _("What went well, what did not, what you propose: a paragraph on each line."),
        }

    def _post_clean(self) -> None:
        """The action applies the values."""


class TemplateForm(forms.Form):
    """A template of the organiser's own."""

    lang = forms.ChoiceField(label=_("Language of the report"))
    file = forms.FileField(
        label=_("Your template"),
        help_text=_("A document of Word (.docx), up to 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )

    def __init__(self, *args: Any, languages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lang"].choices = languages  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """A file that is too large is refused before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The template is larger than 5 MB. Leave the pictures out, then try again."))
        return file
