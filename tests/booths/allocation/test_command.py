"""`python -m booths.allocation`: one JSON object, or exit status 2 and a sentence."""

import json
import signal
import subprocess
import sys

import jsonschema
import pytest

from tests.booths.allocation.floors import floor
from tests.booths.allocation.judge import judge
from tests.services import ROOT

pytestmark = pytest.mark.once
SCHEMA = json.loads((ROOT / "docs" / "allocation.schema.json").read_text())


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "instance.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return str(path)

    return write


def command(*arguments):
    return [sys.executable, "-m", "booths.allocation", *arguments]


def run(*arguments):
    return subprocess.run(command(*arguments), cwd=ROOT, capture_output=True, text=True, check=False)


def test_an_answer_is_one_object_of_the_schema(file):
    instance = floor(1)
    done = run(file(instance), "--steps", "4", "--seed", "7", "--workers", "2", "--progress")
    assert done.returncode == 0
    answer = json.loads(done.stdout)
    jsonschema.validate(answer, SCHEMA)
    broken, total = judge(instance, answer)
    assert (broken, answer["objective"]) == ([], pytest.approx(total, abs=0.01))
    assert (answer["steps"], answer["seed"]) == (4, 7)
    assert [json.loads(line)["steps"] for line in done.stderr.splitlines()] == [0, 0, 4]


def test_a_signal_ends_a_run_with_what_it_has(file):
    instance = floor(2, pairs=8, length=12)
    running = subprocess.Popen(
        command(file(instance), "--seconds", "600", "--progress"),
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with running:
        assert running.stderr
        assert running.stderr.readline()  # the draw is there
        running.send_signal(signal.SIGTERM)
        output, _rest = running.communicate(timeout=120)
    assert running.returncode == 0
    answer = json.loads(output)
    jsonschema.validate(answer, SCHEMA)
    assert judge(instance, answer)[0] == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "$: is no JSON"),
        ("[]", "$: must be an object"),
        (floor(1) | {"rivals": [["e0", "x"]]}, "$.rivals[0][1]: 'x' is no exhibitor"),
    ],
    ids=["no JSON", "a list", "a stranger"],
)
def test_a_bad_file_is_refused(file, content, sentence):
    done = run(file(content), "--steps", "1")
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr


def test_a_file_that_is_not_there_is_refused(tmp_path):
    done = run(str(tmp_path / "none.json"))
    assert (done.returncode, done.stdout) == (2, "")
