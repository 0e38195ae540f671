"""The addresses of the API: each app's routes under one version."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import DefaultRouter
from rest_framework.viewsets import ViewSetMixin

from booths.api import routes as booths
from buyers.api import routes as buyers
from fairs.api.docs import ApiDocs
from fairs.api.people import Me
from fairs.api.routes import routes as fairs
from fairs.api.token import TokenLogin
from matchmaking.api import routes as matchmaking

router = DefaultRouter()
router.include_format_suffixes = False  # one address a thing, and it speaks JSON
routes: list[tuple[str, type[ViewSetMixin]]] = [*buyers, *fairs, *booths, *matchmaking]
for prefix, viewset in routes:
    router.register(prefix, viewset, basename=prefix)

api_urls: tuple[list[URLPattern | URLResolver], str] = (
    [
        path("v1/", include(router.urls)),
        path("v1/me/", Me.as_view(), name="me"),
        path("v1/token/", TokenLogin.as_view(), name="token"),
        path("schema/", SpectacularAPIView.as_view(), name="schema"),
        path("docs/", ApiDocs.as_view(), name="docs"),
    ],
    "api",
)
