"""Where whoever has a reminder says that they want no more, without signing in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView

from fairs.models import Participation
from matchmaking.actions.nudges import stop_nudges
from matchmaking.models import NoNudges, Nudge


class NoMore(TemplateView):
    """What it means, one button, and afterwards that it holds."""

    template_name = "matchmaking/no_more_nudges.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        parts = Participation.objects.select_related("company", "edition")
        self.part = get_object_or_404(parts, pk=Nudge.unsign(kwargs["signed"]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        done = NoNudges.objects.filter(part=self.part).exists()
        return super().get_context_data(part=self.part, edition=self.part.edition, done=done, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say so."""
        stop_nudges(self.part, by=request.user)
        return redirect(request.path)
