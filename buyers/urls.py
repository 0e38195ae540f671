"""The addresses of the buyer pages."""

from django.urls import URLPattern

app_name = "buyers"
urlpatterns: list[URLPattern] = []
