"""Brings an installation back from its archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from fairs.archives import ArchiveRefused, bring_back


class Command(BaseCommand):
    """`./run restore FILE.tar.gz`"""

    help = "Bring database and files back from an archive, into an empty database, and up to this version."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path, metavar="FILE.tar.gz")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = bring_back(options["archive"])
        except (ArchiveRefused, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        call_command("migrate", interactive=False, verbosity=0)
        self.stderr.write(
            f"Brought back the database and {len(manifest['sha256']) - 1} files as they were at {manifest['made_at']}"
        )
