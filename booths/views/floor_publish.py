"""Comparing a plan under work with the one everybody sees, publishing it, going back to a former one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from booths.actions import drafts
from booths.actions.publishing import publish_draft
from booths.floor_forms import PublishForm
from booths.models import FloorVersion, SaleTerms
from booths.plan_review import review
from booths.views.floor_editor import FloorDeskPage
from fairs.views.base import ActionButton, ActionForm

ON_A_PAGE = 100


class Publish(FloorDeskPage, ActionForm):
    """What becomes of every booth, what stands against it, and the button."""

    template_name = "booths/floor_publish.html"
    form_class = PublishForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        compared = review(self.the_draft())
        wanted = self.request.GET.get("only", "")
        only = wanted if wanted in compared.counts else ""
        rows = compared.rows_of(only)
        return super().get_context_data(
            draft=self.draft,
            review=compared,
            only=only,
            options=[{"label": label, "count": count, "url": f"?only={name}", "current": name == only}
                     for name, label, count in compared.options],
            page=Paginator(rows, ON_A_PAGE).get_page(self.request.GET.get("page")),
            **kwargs,
        )  # fmt: skip

    def act(self, form: Any) -> str:
        version = publish_draft(self.the_draft(), by=self.person, note=form.cleaned_data["note"])
        messages.success(self.request, _("Plan %(number)s is published.") % {"number": version.number})
        return self.editor_url


class Versions(FloorDeskPage, TemplateView):
    """The plans that were published, the newest first."""

    template_name = "booths/floor_versions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = FloorVersion.objects.filter(edition=self.edition).select_related("published_by").defer("content")
        now = SaleTerms.objects.filter(edition=self.edition).values_list("floor_version", flat=True).first()
        return super().get_context_data(
            page=Paginator(rows, 50).get_page(self.request.GET.get("page")), now=now, draft=self.draft, **kwargs
        )


class RestoreVersion(FloorDeskPage, ActionButton):
    """Work on a former plan."""

    done = gettext_lazy("The former plan is the draft now. Nothing is published yet.")

    def act(self) -> str:
        version = get_object_or_404(FloorVersion, edition=self.edition, number=self.kwargs["number"])
        drafts.restore_version(version, by=self.person)
        return reverse("booths:floor_editor", args=[self.edition.slug])
