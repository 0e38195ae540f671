"""The program that keeps a person's badge on their phone for when there is no network."""

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

WORKER = "buyers/js/badge_worker.js"


@require_safe
def worker(request: HttpRequest, edition: str) -> HttpResponse:
    """Served below the badge and not among the static files: a worker rules the addresses below its own, no others."""
    with open(str(finders.find(WORKER)), encoding="utf-8") as file:
        answer = HttpResponse(file.read(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"  # a newer one is found at the next visit
    return answer
