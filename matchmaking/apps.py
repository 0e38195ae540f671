"""The app's place in Django."""

from django.apps import AppConfig


class MatchmakingConfig(AppConfig):
    name = "matchmaking"
