"""The smallest whole day: real programs, real faults, recounted."""

import re
import signal
import subprocess
import sys
import time

import pytest

from tests.services import ROOT, clean_environment

COMMAND = [sys.executable, str(ROOT / "manage.py"), "replay", "--workers=2"]
SMALL = ["--part=80", "--speed=600", "--seconds=240"]


@pytest.mark.postgres
def test_a_small_day_is_lived_and_nothing_is_lost(tmp_path):
    out = tmp_path / "day.md"
    lived = subprocess.run(
        [*COMMAND, *SMALL, f"--out={out}"],
        env=clean_environment(), capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert lived.returncode == 0, lived.stderr[-4000:]
    table = out.read_text()
    assert "differs" not in table
    for fault in ("of gunicorn was killed", "of db_worker was killed", "Redis was gone", "Gate 4 had no network"):
        assert fault in table
    for kind in ("a badge read at a gate", "readings kept without a network, sent later", "page of the desk"):
        assert re.search(rf"^\| {kind} \| [\d,]+ \| .* ms \| .* ms \| .* ms \| 0 \| ", table, re.MULTILINE)
    assert re.search(r"^\| [1-9]\d* readings sent later: not in the tables \| 0 \| 0 \|$", table, re.MULTILINE)


@pytest.mark.postgres
def test_told_to_stop_it_ends_cleanly(tmp_path):
    environment = clean_environment(TMPDIR=str(tmp_path))
    program = subprocess.Popen([*COMMAND, *SMALL], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    ends = time.monotonic() + 120
    while not list(tmp_path.glob("cho-phien-postgresql-*/data/postmaster.pid")) and time.monotonic() < ends:
        time.sleep(0.1)
    program.send_signal(signal.SIGTERM)
    assert program.wait(60) != 0
    assert list(tmp_path.iterdir()) == []
