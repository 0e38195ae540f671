"""Lives one day of a fair again, faster than life, on an installation of its own, and recounts it."""

import os
import signal
import sys
import tempfile
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from fairs.errors import Refused
from fairs.replay import trial
from fairs.replay.services import DidNotStart


class Command(BaseCommand):
    """`./run manage replay`: docs/replay.md."""

    help = "Replay a day of a fair against ./run serve with PostgreSQL and Redis, all thrown away at the end."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--part", type=int, default=1, metavar="N", help="one in N of everybody")
        parser.add_argument("--speed", type=float, default=60, help="times as fast as life (%(default)s)")
        parser.add_argument("--seconds", type=float, default=1200, help="of the day at most (%(default)s)")
        parser.add_argument("--seed", type=int, default=2018)
        parser.add_argument("--workers", type=int, default=2 * (os.cpu_count() or 1), help="processes of the pages")
        parser.add_argument("--out", type=Path, metavar="FILE.md", help="write the table there too")
        parser.add_argument("--kept", type=Path, metavar="FILE.tar.gz", help="where the filled fair is kept")
        parser.add_argument("--fill", metavar="MOMENT", help="fill this trial and stop; for the command itself")
        parser.add_argument("--inside", type=Path, metavar="FOLDER", help="live the day; for the command itself")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["fill"]:
                self._fill(options)
            elif options["inside"]:
                self._live(options)
            else:
                self._make(options)
        except (Refused, DidNotStart) as reason:
            raise CommandError(str(reason)) from None
        except KeyboardInterrupt:
            raise SystemExit(130) from None

    def _make(self, options: dict[str, Any]) -> None:
        """An installation of its own, whatever the environment names; the day is lived in a process inside it."""
        self._end_cleanly()
        with tempfile.TemporaryDirectory(prefix="cho-phien-replay-") as name:
            folder = Path(name)
            with trial.made(folder, workers=options["workers"]) as environment:
                self._say(f"filling a fair, one in {options['part']} of everybody")
                trial.fill(environment, _filled_until(), part=options["part"], kept=options["kept"])
                given = [f"--{name}={options[name]}" for name in ("part", "speed", "seconds", "seed")]
                given += [f"--out={options['out'].resolve()}"] if options["out"] else []
                command = [sys.executable, trial.MANAGE, "replay", "--inside", name, *given]
                raise SystemExit(trial.run(command, environment))

    def _fill(self, options: dict[str, Any]) -> None:
        from django.db import connection
        from django.db.migrations.recorder import MigrationRecorder

        from fairs import live
        from fairs.demo.fill import fill
        from fairs.demo.stages import moment

        trial.must_be_trial()
        live.mute()
        call_command("migrate", run_syncdb=True, verbosity=0)
        fill(moment(options["fill"]), scale=1, part=options["part"])
        MigrationRecorder(connection).flush()  # next, all of them are noted as done

    def _live(self, options: dict[str, Any]) -> None:
        from fairs.replay.lived import Wish, live_the_day

        self._end_cleanly()
        wish = Wish(**{name: options[name] for name in ("part", "speed", "seconds", "seed")})
        result = live_the_day(wish, options["inside"], self._say)
        self.stdout.write(str(result))
        if options["out"]:
            options["out"].write_text(f"{result}\n")
        for sentence in result.bad[:50]:
            self.stderr.write(f"! {sentence}")
        if result.bad:
            raise SystemExit(1)

    def _say(self, words: str) -> None:
        self.stderr.write(f"{datetime.now():%H:%M:%S}  {words}")  # noqa: TID251 - of the clock on the wall

    @staticmethod
    def _end_cleanly() -> None:
        """SIGTERM ends it as Ctrl-C does: everything that was started is stopped."""
        for number in (signal.SIGTERM, signal.SIGINT):  # in the background of a shell the second one is ignored
            signal.signal(number, signal.default_int_handler)


def _filled_until() -> str:
    from fairs.replay.lived import FILLED_UNTIL

    return FILLED_UNTIL
