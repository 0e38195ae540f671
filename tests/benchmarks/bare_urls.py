"""The fair's addresses, and a bare view that keeps a booth: who signed in, one conditional UPDATE, one INSERT."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.urls import path

from booths.models import Booth, Reservation
from config.urls import *  # noqa: F403
from config.urls import urlpatterns as of_the_fair
from fairs import clock


def bare(request: HttpRequest, edition: int, booth: int, application: int, company: int) -> HttpResponse:
    """As little as a signed-in view can do that gives a booth to one of many, on the tables of the fair."""
    if not request.user.is_authenticated:
        return HttpResponseForbidden()
    with transaction.atomic():
        if not Booth.objects.filter(pk=booth, blocked="").update(blocked="kept"):
            return HttpResponse(status=409)
        Reservation.objects.create(
            edition_id=edition, booth_id=booth, application_id=application, company_id=company, held_until=clock.now()
        )
    return HttpResponse(status=204)


urlpatterns = [path("bare/<int:edition>/<int:booth>/<int:application>/<int:company>/", bare), *of_the_fair]
