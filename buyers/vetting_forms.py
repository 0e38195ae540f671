"""The shape of what is typed while importers are vetted."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buyers.choices import choose_from, grade_choices
from buyers.models import Evidence, EvidenceItem, Grade, Registration
from fairs.inputs import SeveralNamed
from fairs.models import Edition
from fairs.templatetags.fair import local


class ManyForm(forms.Form):
    """Those ticked in the list, what becomes of them, and the grade or the reason that needs."""

    verb = forms.ChoiceField(choices=[("approve", _("Approve")), ("decline", _("Decline"))], initial="approve")
    grade = forms.ChoiceField(label=_("Grade"), required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("All of them read it."),
    )  # fmt: skip

    def __init__(self, *args: Any, edition: Edition, grades: Iterable[Grade], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "grade", lambda: grade_choices(grades))
        rows = Registration.objects.filter(edition=edition).select_related("edition", "person", "company")
        self.fields["chosen"] = forms.ModelMultipleChoiceField(
            queryset=rows.order_by("pk"), error_messages={"required": _("Tick the importers in the list first.")}
        )


class ChecklistForm(forms.Form):
    """What the desk found for each line, by the line's code."""

    def __init__(self, *args: Any, items: Sequence[EvidenceItem], given: Mapping[int, Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            row = given.get(item.pk)
            self.fields[f"verdict_{item.code}"] = forms.ChoiceField(
                label=local(item, "name"), choices=Evidence.Verdict, required=False, initial=row.verdict if row else ""
            )
            self.fields[f"note_{item.code}"] = forms.CharField(
                label=_("Note"), max_length=300, required=False, initial=row.note if row else ""
            )
        self.lines = [
            (item, given.get(item.pk), self[f"verdict_{item.code}"], self[f"note_{item.code}"]) for item in items
        ]

    @property
    def verdicts(self) -> dict[str, str]:
        """By code."""
        return {item.code: self.cleaned_data[f"verdict_{item.code}"] for item in self.items}

    @property
    def notes(self) -> dict[str, str]:
        """By code."""
        return {item.code: self.cleaned_data[f"note_{item.code}"] for item in self.items}


class QuestionForm(forms.Form):
    """What the desk wants to know."""

    text = forms.CharField(
        label=_("Question"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The importer reads it in a letter, and answers on a page."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """The importer's answer, and what they say or send for each line of the checklist."""

    def __init__(self, *args: Any, items: Sequence[EvidenceItem], asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        if asked:
            self.fields["answer"] = forms.CharField(
                label=_("Your answer"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
            )
        for item in items:
            self.fields[f"said_{item.code}"] = forms.CharField(
                label=_("In a few words"), max_length=500, required=False
            )
            self.fields[f"file_{item.code}"] = forms.FileField(
                label=_("A file"), required=False, help_text=_("PDF or photo, at most 10 MB."),
                widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
            )  # fmt: skip

    def fields_of(self, item: EvidenceItem) -> tuple[forms.BoundField, forms.BoundField]:
        """What is said and what is sent for a line."""
        return self[f"said_{item.code}"], self[f"file_{item.code}"]

    @property
    def given(self) -> list[tuple[EvidenceItem, str, bytes]]:
        """The lines for which something is said or sent."""
        rows = [(item, self.cleaned_data[f"said_{item.code}"], self.cleaned_data[f"file_{item.code}"])
                for item in self.items]  # fmt: skip
        return [(item, said, file.read() if file else b"") for item, said, file in rows if said or file]


class EvidenceItemForm(forms.ModelForm[EvidenceItem]):
    """A line of the checklist."""

    class Meta:
        model = EvidenceItem
        fields = ["name_vi", "name_en", "order", "stage", "fact", "grades"]
        field_classes = {"grades": SeveralNamed}
        widgets = {"grades": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grades"].queryset = edition.grades.all()  # type: ignore[attr-defined]


class NewEvidenceItemForm(EvidenceItemForm):
    """A line that the checklist does not have yet."""

    class Meta(EvidenceItemForm.Meta):
        fields = ["code", *EvidenceItemForm.Meta.fields]
