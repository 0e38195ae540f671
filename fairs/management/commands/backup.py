"""Saves the installation in one archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fairs.archives import ArchiveRefused, save


class Command(BaseCommand):
    """`./run backup FILE.tar.gz`"""

    help = "Save database and files in one archive, while people go on working."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path, metavar="FILE.tar.gz")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = save(options["archive"])
        except (ArchiveRefused, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stderr.write(f"Saved the database and {len(manifest['sha256']) - 1} files in {options['archive']}")
