"""The versions of an edition's plan: all of them, and what each wanted beside the one before."""

from typing import Any

from django.http import Http404
from django.views.generic import TemplateView

from fairs.models import PlanVersion, Target
from fairs.permissions import REPORT_READERS
from fairs.views.base import DeskPage
from fairs.views.set_up import figures


class PlanPage(DeskPage):
    """Whoever reads the report reads the plans it is held against."""

    current = "fairs:report"
    roles = REPORT_READERS

    @property
    def versions(self) -> Any:
        """The latest first."""
        return self.edition.plan_versions.select_related("legal_paper", "made_by")


class PlanVersions(PlanPage, TemplateView):
    """All versions, with the paper that set each, by whom and why."""

    template_name = "fairs/plan_versions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(versions=self.versions, **kwargs)


class PlanVersionPage(PlanPage, TemplateView):
    """One version with all its targets, and those that the version before had otherwise."""

    template_name = "fairs/plan_version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = list(self.versions)
        version = next((one for one in versions if one.number == self.kwargs["plan"]), None)
        if version is None:
            raise Http404
        before = next((one for one in versions if one.number < version.number), None)
        return super().get_context_data(
            version=version, before=before, latest=version == versions[0], rows=self._rows(version, before), **kwargs
        )

    def _rows(self, version: PlanVersion, before: PlanVersion | None) -> list[dict[str, Any]]:
        names = dict(figures(self.edition))
        found = Target.every.filter(version__in=[one for one in (version, before) if one])
        values = {(one.version_id, one.figure): one.value for one in found}
        named = sorted({figure for _version, figure in values})
        return [
            {
                "name": names.get(figure, figure),
                "value": values.get((version.pk, figure)),
                "before": values.get((before.pk, figure)) if before else None,
            }
            for figure in named
        ]
