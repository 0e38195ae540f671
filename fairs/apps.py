"""The app's place in Django, where the other apps' extension points are discovered."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FairsConfig(AppConfig):
    name = "fairs"

    def ready(self) -> None:
        from fairs import accounts, languages, report_lines  # noqa: F401 - accounts listens to what happens to them
        from fairs.money import reports, sparing, statement_kind, tasks  # noqa: F401 - declare what is theirs

        languages.learn()
        autodiscover_modules(
            "permissions",
            "money",
            "nav",
            "verbs",
            "reports",
            "imports",
            "set_up",
            "tasks",
            "hints",
            "places",
            "privacy",
            "day_pack",
            "counts",
            "letters",
            "open_data",
        )
