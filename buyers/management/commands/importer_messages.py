"""Brings the catalogue of a language for importers up to the sentences that they read."""

import os
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from buyers.importers_sentences import FILES


class Command(BaseCommand):
    """`manage.py importer_messages fr`: makes or updates buyers/importer_locale/fr. Needs gettext installed."""

    help = "Bring the catalogue of one language for importers up to date; what is translated stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("language")
        parser.add_argument("--into", default=str(settings.IMPORTER_LOCALE_PATHS[0]), help="the folder of catalogues")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"]
        if shutil.which("xgettext") is None:
            raise CommandError("gettext is needed for this: apt-get install gettext")
        path = Path(options["into"]) / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            new = polib.POFile()
            new.metadata = {"Language": language, "Content-Type": "text/plain; charset=utf-8"}
            new.save(str(path))
        catalogue = polib.pofile(str(path))
        catalogue.merge(sentences(language))
        for entry in catalogue.obsolete_entries():
            catalogue.remove(entry)
        catalogue.save()
        self.stdout.write(f"{path}: {len(catalogue.translated_entries())} of {len(catalogue)} sentences translated")


def sentences(language: str) -> polib.POFile:
    """Every sentence of the files that importers read, as gettext finds it."""
    with tempfile.TemporaryDirectory(prefix="cho-phien-importers-") as name:
        copy = Path(name)
        (copy / "locale").mkdir()
        for pattern in FILES:
            for file in settings.BASE_DIR.glob(pattern):
                target = copy / file.relative_to(settings.BASE_DIR)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, target)
        subprocess.run(
            [sys.executable, "-m", "django", "makemessages", "--locale", language, "--keep-pot", "--verbosity=0",
             "--no-location", "--extension=html,txt,py"],
            cwd=copy,
            check=True,
            env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
        )  # fmt: skip
        return polib.pofile(str(copy / "locale" / "django.pot"))
