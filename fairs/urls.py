"""The addresses of the common pages."""

from django.urls import URLPattern

app_name = "fairs"
urlpatterns: list[URLPattern] = []
