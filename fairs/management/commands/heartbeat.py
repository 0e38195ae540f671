"""Beats once every few seconds: without it things come late, never wrong."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from fairs.heartbeat import beat


class Command(BaseCommand):
    """`manage.py heartbeat`"""

    help = "Announce lapsed holds, send late letters; runs until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="beat once and stop")
        parser.add_argument("--every", type=float, default=5.0, help="seconds between two beats")

    def handle(self, *args: Any, **options: Any) -> None:
        beat()
        while not options["once"]:
            time.sleep(options["every"])
            beat()
