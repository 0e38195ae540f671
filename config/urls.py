"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from config.api import api_urls
from fairs.views.health import alive, ready

urlpatterns = [
    path("healthz", alive, name="alive"),
    path("readyz", ready, name="ready"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", include(api_urls)),
    path("", include("matchmaking.urls")),
    path("", include("booths.urls")),
    path("", include("buyers.urls")),
    path("", include("fairs.urls")),
]
handler404 = "fairs.views.errors.not_found"
