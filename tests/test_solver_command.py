"""A solver as a program: what it does with signals."""

import json
import subprocess
import sys

import pytest

ENDS = """
import os, signal, sys
from fairs.solving.command import options_of, run

class Last:
    def __del__(self, kill=os.kill, me=os.getpid(), name=signal.SIGTERM):
        kill(me, name)  # while Python ends: handlers are not called any more

def solve(instance, **limits):
    if {early}:
        os.kill(os.getpid(), signal.SIGTERM)
    return limits["stop"]()

if __name__ == "__main__":
    sys.modules["last"] = Last() if {late} else None
    options = options_of("here", "Nothing.", "of any kind", seconds=1, batch=1).parse_args([sys.argv[1]])
    sys.exit(run(options, dict, solve, lambda instance, answer: {{"stopped": answer}}, 0.0))
"""


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize("late", [False, True])
def test_whenever_a_stop_comes_there_is_an_answer(tmp_path, early, late):
    instance = tmp_path / "instance.json"
    instance.write_text("{}", encoding="utf-8")
    program = [sys.executable, "-c", ENDS.format(early=early, late=late), str(instance)]
    child = subprocess.run(program, capture_output=True, text=True, timeout=60, check=False)
    assert (child.returncode, child.stderr) == (0, "")
    assert json.loads(child.stdout) == {"stopped": early}
