"""The rules of the fair, to read, to print, to publish anew."""

from typing import Any

from django.db.models import Count
from django.http import Http404
from django.utils.translation import gettext_lazy

from booths.actions.rules import next_version, publish_rules
from booths.forms import RulesTextForm
from booths.models import RulesText
from booths.querysets import rules_of
from fairs.views.base import EditionTemplate
from fairs.views.set_up import SetUpForm


class Rules(EditionTemplate):
    """One version of the rules, the newest when none is named; those of former days stay readable."""

    template_name = "booths/rules.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = kwargs.pop("version", "")
        every = RulesText.objects.filter(edition=self.edition)
        rules = every.filter(version=version).first() if version else every.first()
        if rules is None:
            raise Http404
        return super().get_context_data(rules=rules, newest=rules_of(self.edition), **kwargs)


class PublishRules(SetUpForm):
    """A new version of the rules, begun from the last one."""

    template_name = "booths/publish_rules.html"
    form_class = RulesTextForm
    heading = gettext_lazy("Rules of the fair")
    button = gettext_lazy("Publish this version")

    def get_initial(self) -> dict[str, Any]:
        rules = rules_of(self.edition)
        if rules is None:
            return {"version": f"{self.edition.opens_on.year}-1"}
        return {"version": next_version(rules.version), "text_vi": rules.text_vi, "text_en": rules.text_en}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = RulesText.objects.filter(edition=self.edition).defer("text_vi", "text_en")
        versions = versions.annotate(accepted=Count("acceptances"))
        return super().get_context_data(versions=versions, **kwargs)

    def act(self, form: Any) -> str:
        publish_rules(self.edition, by=self.request.user, **form.cleaned_data)
        return self.home
