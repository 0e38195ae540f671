"""Works a signed allocation round out again, step by step, for whoever doubts it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from booths.actions.round_publishing import differences, digest_of, line_of, record_of
from booths.models import Round


class Command(BaseCommand):
    """`manage.py rerun_round EDITION NUMBER`"""

    help = "Work every step of a signed round out again; status 1 if one differs or the record was changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("edition", help="the edition's address, such as hgs-2018")
        parser.add_argument("number", type=int, help="the round's number")

    def handle(self, *args: Any, **options: Any) -> None:
        signed = _signed(options["edition"], options["number"])
        assert signed.current is not None
        different, steps = differences(signed), len(line_of(signed.current))
        if different:
            raise CommandError(f"Of {steps} steps these come out differently: {', '.join(map(str, different))}.")
        if digest_of(record_of(signed)) != signed.digest:
            raise CommandError("The record was changed after it was signed: its digest is no longer the published one.")
        self.stdout.write(f"All {steps} steps come out the same. Digest: {signed.digest}")


def _signed(slug: str, number: int) -> Round:
    found = Round.objects.published().filter(edition__slug=slug, number=number)
    signed = found.select_related("edition", "current").first()
    if signed is None:
        raise CommandError(f"{slug} has no signed round {number}.")
    return signed
