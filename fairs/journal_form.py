"""By what the journal can be narrowed."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fairs.inputs import DayField
from fairs.models import Company, Edition, Entry, Person
from fairs.telling import verb_choices
from fairs.text import fold


class JournalForm(forms.Form):
    """Words of a name, a day, a verb; a link on a line names its person or company."""

    q = forms.CharField(label=_("Person or company"), required=False, max_length=100)
    day = DayField(label=_("Day"), required=False)
    verb = forms.ChoiceField(label=_("What was done"), required=False)
    person = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    company = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", _("Everything")), *verb_choices()]  # type: ignore[attr-defined]

    def narrow(self, entries: "QuerySet[Entry]", edition: Edition) -> "QuerySet[Entry]":
        """The entries that fit; what cannot be read narrows nothing."""
        found = self.found
        for word in fold(found.get("q") or "").split():
            entries = entries.filter(
                Q(actor__folded__contains=word) | Q(company__folded__contains=word) | Q(subject__icontains=word)
            )
        if day := found.get("day"):
            begins = datetime.combine(day, time.min, edition.zone)
            entries = entries.filter(at__gte=begins, at__lt=begins + timedelta(days=1))
        exact = {"verb": "verb", "person": "actor", "company": "company"}
        return entries.filter(**{column: found[name] for name, column in exact.items() if found.get(name)})

    def chosen(self) -> str:
        """The name of the one person or company a link has narrowed to."""
        if pk := self.found.get("company"):
            return Company.objects.filter(pk=pk).values_list("name_vi", flat=True).first() or ""
        if pk := self.found.get("person"):
            return Person.objects.filter(pk=pk).values_list("full_name", flat=True).first() or ""
        return ""

    @property
    def found(self) -> dict[str, Any]:
        """What could be read of the address."""
        self.full_clean()
        return getattr(self, "cleaned_data", {})
