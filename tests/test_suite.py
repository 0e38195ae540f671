"""The checks of the checks: each one finds what it is there to find."""

import sys

import polib
import pytest

from tests.suite import lock, report, runner, translations
from tests.suite.stages import Stage, stages


@pytest.fixture
def output(monkeypatch, tmp_path):
    monkeypatch.setattr(runner, "OUTPUT", tmp_path)
    return tmp_path


def python(source: str) -> tuple[str, ...]:
    return (sys.executable, "-c", source)


def outcomes(*table: Stage) -> dict[str, bool]:
    return {
        event.stage.name: event.passed for event in runner.run(list(table), {}) if isinstance(event, runner.Outcome)
    }


def test_every_stage_runs_and_every_command_of_it(output):
    broken = Stage("broken", "", (python("import sys; print('one'); sys.exit(1)"), python("print('two')")))
    fine = Stage("fine", "", (python("print('three')"),), slots=2)
    assert outcomes(broken, fine) == {"broken": False, "fine": True}
    assert (output / "broken.log").read_text() == "one\ntwo\n"


def test_a_stage_with_two_slots_runs_alone(output):
    """Each stage writes down when it began and when it ended."""
    source = "import time; print(time.time()); time.sleep(0.3); print(time.time())"
    table = [Stage(name, "", (python(source),), slots=slots) for name, slots in (("a", 1), ("b", 1), ("c", 2))]
    outcomes(*table)
    times = {name: [float(line) for line in (output / f"{name}.log").read_text().split()] for name in "abc"}
    assert times["a"][0] < times["b"][1]
    assert times["b"][0] < times["a"][1]
    assert times["c"][0] > max(times["a"][1], times["b"][1])


def test_the_sum_counts_a_run_that_broke_as_a_failure(output, capsys):
    junit = output / "tests.xml"
    junit.write_text('<testsuites><testsuite tests="7" failures="1" errors="1" skipped="2"/></testsuites>')
    counted = runner.Outcome(Stage("counted", "", (), junit=junit), False, 1.0, junit)
    broke = runner.Outcome(Stage("broke", "", (), junit=output / "none.xml"), False, 1.0, junit)
    skipped = Stage("left", "it holds", (), needs=("redis",), junit=output / "left.xml")
    report.closing([counted.stage, broke.stage, skipped], [counted, broke], [skipped], seconds=1)
    printed = capsys.readouterr().out
    assert printed.splitlines()[-1] == "3 passed, 3 failed, 3 skipped"
    assert "SKIPPED left" in printed


def test_stages_have_one_name_each():
    names = [stage.name for stage in stages()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"msgid": "Hold", "msgstr": ""}, "not translated"),
        ({"msgid": "Hold", "msgstr": "Giữ", "flags": ["fuzzy"]}, "fuzzy"),
        ({"msgid": "%(n)s booths", "msgstr": "gian hàng"}, "lacks a placeholder"),
        ({"msgid": "Booths", "msgstr": "%(n)s gian hàng"}, "names a placeholder"),
        ({"msgid": "One", "msgid_plural": "%(n)s", "msgstr_plural": {0: ""}}, "not translated"),
    ],
)
def test_a_faulty_translation_is_named(entry, fault):
    assert any(fault in complaint for complaint in translations.faults(polib.POEntry(**entry)))


@pytest.mark.parametrize(
    "entry",
    [
        {"msgid": "Hold", "msgstr": "Giữ"},
        {"msgid": "%(n)s booth", "msgid_plural": "%(n)s booths", "msgstr_plural": {0: "%(n)s gian hàng"}},
    ],
)
def test_a_good_translation_is_left_in_peace(entry):
    assert list(translations.faults(polib.POEntry(**entry))) == []


def test_a_foreign_index_or_an_open_version_is_named(monkeypatch, tmp_path):
    for name in ("uv.lock", "pyproject.toml", *lock.LISTS):
        (tmp_path / name).write_text((lock.ROOT / name).read_text())
    monkeypatch.setattr(lock, "ROOT", tmp_path)
    assert list(lock.complaints()) == []
    foreign = (tmp_path / "uv.lock").read_text().replace("https://pypi.org", "https://mirror.example", 1)
    (tmp_path / "uv.lock").write_text(foreign)
    with (tmp_path / "requirements.txt").open("a") as requirements:
        requirements.write("surprise>=1\n")
    found = "\n".join(lock.complaints())
    assert "uv.lock names https://mirror.example" in found
    assert "requirements.txt holds something else than a pinned library: surprise>=1" in found
