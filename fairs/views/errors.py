"""The pages for what went wrong."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, in the shape the asker reads."""
    if request.path.startswith("/api/"):
        return JsonResponse(
            {"code": "not_found", "message": _("There is nothing at this address."), "fields": {}}, status=404
        )
    return render(request, "404.html", status=404)
