"""`python -m matchmaking.scheduling`: one JSON object, or exit status 2 and a sentence."""

import json
import signal
import subprocess
import sys

import jsonschema
import pytest

from tests.matchmaking.scheduling.fairs import fair, pinned
from tests.matchmaking.scheduling.judge import judge
from tests.services import ROOT

pytestmark = pytest.mark.once
SCHEMA = json.loads((ROOT / "docs" / "scheduling.schema.json").read_text())


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "instance.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return str(path)

    return write


def command(*arguments):
    return [sys.executable, "-m", "matchmaking.scheduling", *arguments]


def run(*arguments):
    return subprocess.run(command(*arguments), cwd=ROOT, capture_output=True, text=True, check=False)


def test_an_answer_is_one_object_of_the_schema(file):
    made = pinned(1)
    done = run(file(made), "--steps", "4", "--seed", "7", "--workers", "2", "--progress")
    assert done.returncode == 0
    answer = json.loads(done.stdout)
    jsonschema.validate(answer, SCHEMA)
    faults, counted = judge(made, answer["schedule"])
    assert (faults, answer["weight"], answer["breaks"]) == ([], counted["weight"], counted["breaks"])
    assert answer["min_share"] == pytest.approx(counted["min_share"], abs=1e-5)
    assert answer["seed"] == 7
    assert set(answer["unscheduled"]) == {one["id"] for one in made["meetings"]} - set(answer["schedule"])
    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert told[0]["weight_bound"] is None
    assert told[-1]["weight_bound"] == answer["weight_bound"]


def test_a_signal_ends_a_run_with_what_it_has(file):
    made = fair(2, importers=80, exhibitors=40, tables=9)
    running = subprocess.Popen(
        command(file(made), "--seconds", "600", "--progress"),
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with running:
        assert running.stderr
        assert running.stderr.readline()  # the first timetable is there
        running.send_signal(signal.SIGTERM)
        output, _rest = running.communicate(timeout=120)
    assert running.returncode == 0
    answer = json.loads(output)
    jsonschema.validate(answer, SCHEMA)
    assert judge(made, answer["schedule"])[0] == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "$: is no JSON"),
        ("[]", "$: must be an object"),
        (fair(1) | {"days": [[0, 99]]}, "$.days[0]: must run forward and end at 48 at most"),
    ],
    ids=["no JSON", "a list", "a day too long"],
)
def test_a_bad_file_is_refused(file, content, sentence):
    done = run(file(content), "--steps", "1")
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr


def test_a_file_that_is_not_there_is_refused(tmp_path):
    done = run(str(tmp_path / "none.json"))
    assert (done.returncode, done.stdout) == (2, "")
