"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from config.api import api_urls
from fairs.views.health import alive, ready
from fairs.views.people import choose_language

urlpatterns = [
    path("healthz", alive, name="alive"),
    path("readyz", ready, name="ready"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("i18n/setlang/", choose_language, name="set_language"),
    path("api/", include(api_urls)),
    path("", include("matchmaking.urls")),
    path("", include("booths.urls")),
    path("", include("buyers.urls")),
    path("", include("fairs.urls")),
]
handler404 = "fairs.views.errors.not_found"
