"""Writes the lists of one day into a folder, for every desk its own."""

import os
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from fairs import clock
from fairs.day_packs import files_of
from fairs.models import Edition


class Command(BaseCommand):
    """`./run manage day_pack EDITION [--day YYYY-MM-DD] [--to DIR] [--language vi]`"""

    help = "Write the lists of a day, as PDF and Excel, with which each desk goes on without the system."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("edition", help="address of the edition, such as hgs-2018")
        parser.add_argument("--day", type=date.fromisoformat, help="the day, YYYY-MM-DD; today at the fair if missing")
        parser.add_argument("--to", type=Path, default=None, metavar="DIR", help="a folder; made if it is not there")
        parser.add_argument("--language", choices=["vi", "en"], default="vi")

    def handle(self, *args: Any, **options: Any) -> None:
        edition = Edition.objects.select_related("series").filter(slug=options["edition"]).first()
        if edition is None:
            raise CommandError(f"There is no edition {options['edition']}.")
        day = options["day"] or clock.today(edition)
        folder = options["to"] or Path(f"{edition.slug}-{day.isoformat()}")
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            number = self._write(edition, day, folder, options["language"])
        except OSError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stderr.write(f"Wrote {number} files into {folder}. They hold personal data: keep them locked.")

    def _write(self, edition: Edition, day: date, folder: Path, language: str) -> int:
        """Each file for its owner's eyes alone."""
        number = 0
        with translation.override(language), timezone.override(edition.zone):
            for name, content in files_of(edition, day, frozenset({"director"})):
                with open(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                    file.write(content)
                number += 1
        return number
