"""Production starts whole or says what it lacks, keeps its programs running, and stops within seconds."""

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from fairs import supervision
from tests.services import ROOT, clean_environment, count_as_migrated, database_url, free_port

PYTHON = sys.executable
COUNTS_ITS_STARTS = "import sys; open(sys.argv[1], 'a').write('started\\n')"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


def serve(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PYTHON, str(ROOT / "manage.py"), "serve"],
        env=clean_environment(**environment),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_it_says_everything_that_is_missing_at_once(tmp_path):
    answer = serve(DATA_DIR=str(tmp_path), DEBUG="1", SECRET_KEY="short")
    assert answer.returncode == 1
    for name in ("DEBUG", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL"):
        assert f"\n- {name} " in answer.stderr
    assert "Traceback" not in answer.stderr


def test_behind_tls_the_number_of_proxies_is_told(tmp_path):
    said = [serve(DATA_DIR=str(tmp_path), SITE_URL="https://fair.example.vn", PROXIES=n).stderr for n in ("", "1")]
    assert ["\n- PROXIES " in one for one in said] == [True, False]


def test_a_program_that_ends_is_started_again_after_a_growing_pause(tmp_path):
    starts = tmp_path / "starts"
    child = supervision.Child("short", [PYTHON, "-c", COUNTS_ITS_STARTS, str(starts)], os.environ)
    for now in (0.0, 0.5, 1.5, 2.5, 4.4):  # the first pause is 1 second, the second 2
        child.tend(now)
        while child.runs:
            time.sleep(0.01)
    assert starts.read_text().count("started") == 2
    child.tend(4.5)
    while child.runs:
        time.sleep(0.01)
    assert starts.read_text().count("started") == 3


def test_a_program_that_will_not_stop_is_killed(monkeypatch):
    monkeypatch.setattr(supervision, "PATIENCE", 0.3)
    child = supervision.Child("stubborn", [PYTHON, "-c", STUBBORN], os.environ)
    threading.Timer(1.5, os.kill, (os.getpid(), signal.SIGTERM)).start()
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        supervision.keep_running([child])
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    deadline = time.monotonic() + 5
    while child.runs and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not child.runs


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_whole_installation_starts_answers_and_stops(tmp_path):
    count_as_migrated(connection.settings_dict, tmp_path)
    pages, sockets = free_port(), free_port()
    environment = clean_environment(
        ALLOWED_HOSTS="127.0.0.1",
        CHO_PHIEN_HTTP_PORT=str(pages),
        CHO_PHIEN_SOCKET_PORT=str(sockets),
        CHO_PHIEN_WEB_WORKERS="1",
        DATABASE_URL=database_url(connection.settings_dict),
        DATA_DIR=str(tmp_path),
        REDIS_URL=settings.CACHES["default"]["LOCATION"],
        SECRET_KEY="a-key-for-this-test-only-" * 3,
        SITE_URL=f"http://127.0.0.1:{pages}",
    )
    log = tmp_path / "log"
    with log.open("wb") as output:
        program = subprocess.Popen(
            [PYTHON, str(ROOT / "manage.py"), "serve"], env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        assert answers(f"http://127.0.0.1:{pages}/readyz", within=180), log.read_text()
        assert answers(f"http://127.0.0.1:{sockets}/healthz", within=30), log.read_text()
    finally:
        program.send_signal(signal.SIGTERM)
        assert program.wait(15) == 0
    assert Path(tmp_path / "static" / "staticfiles.json").exists()


def answers(url: str, *, within: float) -> bool:
    ends = time.monotonic() + within
    while time.monotonic() < ends:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False
