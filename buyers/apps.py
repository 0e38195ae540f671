"""The app's place in Django."""

from django.apps import AppConfig


class BuyersConfig(AppConfig):
    name = "buyers"
