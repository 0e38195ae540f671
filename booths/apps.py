"""The app's place in Django."""

from django.apps import AppConfig


class BoothsConfig(AppConfig):
    name = "booths"
