"""Writes docs/states.md from the state tables."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from fairs.states import Stateful

PAGE = settings.BASE_DIR / "docs" / "states.md"
HEAD = """# States

Drawn from the tables on the models by `./run manage draw_states`; a test fails when this page is out of date.
Every arrow is a verb. One conditional UPDATE follows it, so of two rivals one wins and the other is told the
state that won.
"""


class Command(BaseCommand):
    """`manage.py draw_states [--check]`"""

    help = "Draw the state tables as diagrams; with --check, only say whether the page is up to date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        page = "\n".join([HEAD, *diagrams()])
        if options["check"]:
            if PAGE.read_text(encoding="utf-8") != page:
                raise CommandError("docs/states.md is out of date: run ./run manage draw_states")
            return
        PAGE.write_text(page, encoding="utf-8")


def diagrams() -> Iterator[str]:
    """One section with a Mermaid diagram for each stateful model, in the order of the apps from the ground up."""
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
        if issubclass(model, Stateful):
            yield _section(model)


def _section(model: type[Stateful]) -> str:
    with translation.override("en"):
        words = dict(model._meta.get_field("state").flatchoices)
        first = model._meta.get_field("state").default
        lines = [f"## {model._meta.label}", "", "```mermaid", "stateDiagram-v2"]
        lines += [f"    {state} : {word}" for state, word in words.items()]
        lines += [f"    [*] --> {first}"]
        lines += [
            f"    {source} --> {move.target} : {verb}"
            for verb, move in model.TRANSITIONS.items()
            for source in move.sources
        ]
    return "\n".join([*lines, "```", ""])
