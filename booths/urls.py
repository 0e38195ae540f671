"""The addresses of the booth pages."""

from django.urls import URLPattern

app_name = "booths"
urlpatterns: list[URLPattern] = []
