"""`./run demo`: make, keep and serve a demonstration of its own, in one process on SQLite."""

import argparse
import asyncio
import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Choose the folder first: the settings read it when Django starts."""
    options = _options()
    folder = Path(os.environ.get("CHO_PHIEN_DEMO_DIR") or ROOT / "data" / "demo") / _name(options)
    _choose(folder, options)
    import django

    django.setup()
    if options.fill:
        _fill(options)
    else:
        _demo(options, folder)


def _name(options: argparse.Namespace) -> str:
    """Each demonstration has a folder of its own."""
    fair = "" if options.edition == "hgs" else f"{options.edition}-"
    return f"{fair}{options.stage}-x{options.scale}"


def _options() -> argparse.Namespace:
    from fairs.demo.stages import EDITIONS, STAGES

    parser = argparse.ArgumentParser(prog="./run demo", description="Open a whole invented fair on this machine.")
    parser.add_argument(
        "--stage", choices=STAGES, default="selling", help="the moment of the fair's life (%(default)s)"
    )
    parser.add_argument(
        "--edition", choices=EDITIONS, default="hgs", help="the Gift Show or the fair of the NC Network (%(default)s)"
    )
    parser.add_argument("--scale", type=int, default=1, metavar="N", help="N times the fair, for load work")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--reset", action="store_true", help="make this demonstration anew")
    parser.add_argument("--no-serve", action="store_true", help="fill it and stop")
    parser.add_argument("--fill", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _choose(folder: Path, options: argparse.Namespace) -> None:
    """A demonstration never touches another database, whatever the environment says."""
    for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"):
        os.environ.pop(name, None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": str(folder),
        "SITE_URL": f"http://127.0.0.1:{options.port}",
        "CHO_PHIEN_DEMO": "1",
        "LOG_LEVEL": os.environ.get("LOG_LEVEL") or "WARNING",
    }
    if options.fill:  # the letters of the months before need no worker
        os.environ["TASKS_BACKEND"] = "django_tasks.backends.dummy.DummyBackend"


def _fill(options: argparse.Namespace) -> None:
    from django.core.management import call_command

    from fairs import live
    from fairs.demo.fill import fill
    from fairs.demo.stages import EDITIONS

    live.mute()
    call_command("migrate", run_syncdb=True, verbosity=0)
    fill(EDITIONS[options.edition][options.stage], scale=options.scale, edition=options.edition)


def _demo(options: argparse.Namespace, folder: Path) -> None:
    from fairs.demo.fill import progress

    kept = progress(folder).finished and not options.reset
    filling = None
    if not kept:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        filling = subprocess.Popen([sys.executable, "-m", "fairs.demo", *sys.argv[1:], "--fill"], cwd=ROOT)
        _wait_for_founding(filling, folder)
    try:
        if not options.no_serve:
            _serve(options, filling, folder)
        elif filling:
            _show(filling, folder)
    finally:
        if filling and filling.poll() is None:
            filling.terminate()


def _wait_for_founding(filling: "subprocess.Popen[bytes]", folder: Path) -> None:
    from fairs.demo.fill import progress

    while not progress(folder).founded:
        if filling.poll():
            sys.exit("./run demo: the fair could not be built; what went wrong stands above.")
        time.sleep(0.1)


def _show(filling: "subprocess.Popen[bytes]", folder: Path) -> None:
    """A bar on the terminal until the filling ends."""
    from fairs.demo.fill import progress

    while not progress(folder).finished:
        if filling.poll():
            print(
                "\n./run demo: the fair could not be filled; what went wrong stands above.", file=sys.stderr, flush=True
            )
            sys.exit(1)  # beside the server this ends the thread alone, and without a word
        part = progress(folder).part
        if sys.stderr.isatty():
            bar = "█" * int(part * 40)
            print(f"\r  filling the fair  {bar:<40} {part:4.0%}", end="", file=sys.stderr, flush=True)
        time.sleep(0.3)
    print("\r  the fair is filled" + " " * 50, file=sys.stderr, flush=True)


def _serve(options: argparse.Namespace, filling: "subprocess.Popen[bytes] | None", folder: Path) -> None:
    """Pages, API and sockets by one uvicorn; worker and heartbeat as threads beside it."""
    import uvicorn

    from fairs import clock, live
    from fairs.demo.cards import take_cards
    from fairs.demo.stages import EDITIONS
    from fairs.models import Entry

    latest = Entry.objects.order_by("-at").values_list("at", flat=True).first()
    stage = EDITIONS[options.edition][options.stage]
    clock.start_at(max(stage, latest) if latest else stage)
    _greet(options)
    cards = take_cards(folder, port=options.port)

    async def serve() -> None:
        live.serve_in(asyncio.get_running_loop())
        threading.Thread(target=_beat, args=(filling,), daemon=True).start()
        threading.Thread(target=_work, daemon=True).start()
        if filling:
            threading.Thread(target=_show, args=(filling, folder), daemon=True).start()
        config = uvicorn.Config("config.asgi:application", port=options.port, log_level="warning", lifespan="off")
        with cards:
            await uvicorn.Server(config).serve()

    asyncio.run(serve())


def _beat(filling: "subprocess.Popen[bytes] | None") -> None:
    """Not while the fair is being filled: months lie between that and the server's clock, and offers would run out."""
    from fairs.heartbeat import beat

    if filling:
        filling.wait()
    while True:
        beat()
        time.sleep(5)


def _work() -> None:
    """The same worker as in production, as a thread; it goes on where the filling kept the database for too long."""
    from django.db import OperationalError
    from django_tasks_db.management.commands.db_worker import Worker

    while True:
        with suppress(OperationalError):
            Worker(
                queue_names=["default"],
                interval=1,
                batch=False,
                backend_name="default",
                startup_delay=False,
                max_tasks=None,
                worker_id="demo",
                excluded_queue_names=[],
            ).run()


def _greet(options: argparse.Namespace) -> None:
    from fairs.demo.logins import LOGINS
    from fairs.demo.world import PASSWORD

    print(f"\n  Chợ Phiên  http://127.0.0.1:{options.port}/   stage: {options.stage}\n")
    for role, email in LOGINS:
        print(f"  {role:<22} {email:<42} {PASSWORD}")
    print("\n  Director and finance need a second factor: the page that asks for the code shows it.")
    print("  Cards go to a stand-in for Stripe on this machine; its test card is 4242 4242 4242 4242\n", flush=True)


if __name__ == "__main__":
    main()
