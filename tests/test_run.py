"""The one script: it passes on what it is given, and keeps its own words off standard output."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services import ROOT, clean_environment

VENV = Path(sys.prefix)


def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "run"), *arguments],
        cwd=cwd,
        env=clean_environment(CHO_PHIEN_VENV=str(VENV), **environment),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def installed() -> None:
    """This very environment was made by the script, so that calling it installs nothing."""
    for stamp, wanted in (("runtime.txt", "requirements.txt"), ("dev.txt", "requirements-dev.txt")):
        if not (VENV / stamp).exists() or (VENV / stamp).read_text() != (ROOT / wanted).read_text():
            pytest.skip("needs the environment that ./run test makes")


@pytest.mark.usefixtures("installed")
def test_python_gets_arguments_and_gives_its_status(tmp_path):
    answer = run(
        "python", "-c", "import sys, os; print(sys.argv[1:], os.getcwd()); sys.exit(7)", "a b", "", cwd=tmp_path
    )
    assert answer.returncode == 7
    assert answer.stdout == f"['a b', ''] {tmp_path}\n"
    assert answer.stderr == ""


@pytest.mark.usefixtures("installed")
def test_manage_answers_alone_on_standard_output(tmp_path):
    answer = run("manage", "version", cwd=tmp_path, DATA_DIR=str(tmp_path))
    assert answer.returncode == 0
    assert answer.stdout.count("\n") == 1
    assert answer.stderr == ""


@pytest.mark.parametrize(("arguments", "status"), [((), 0), (("help",), 0), (("--help",), 0), (("dance",), 2)])
def test_help_goes_to_standard_error(arguments, status):
    answer = run(*arguments)
    assert (answer.returncode, answer.stdout) == (status, "")
    assert "./run demo" in answer.stderr


def test_an_old_python_is_refused_in_words(tmp_path):
    """Only commands that exist in every system are on the path, and a Python that says it is too old."""
    for name in ("sh", "dirname", "cmp", "flock", "mkdir"):
        (tmp_path / name).symlink_to(shutil.which(name) or pytest.skip(f"{name} is not here"))
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 0\n")
        (tmp_path / name).chmod(0o755)
    answer = subprocess.run(
        ["sh", str(ROOT / "run"), "python"],
        env={"PATH": str(tmp_path), "CHO_PHIEN_VENV": str(tmp_path / "venv")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert "needs Python 3.11 or newer" in answer.stderr
    assert not (tmp_path / "venv").exists()


def test_the_script_is_executable():
    assert os.access(ROOT / "run", os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
