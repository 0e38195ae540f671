"""A day replayed: its clock, its script, how it is lived, what it came to, and where it may never be."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from fairs import clock
from fairs.errors import Refused
from fairs.management.commands import serve
from fairs.replay import recount, trial
from fairs.replay.asking import Answer, Heard, Site
from fairs.replay.day import Day
from fairs.replay.living import Life
from fairs.replay.recount import Count
from fairs.replay.table import Result
from tests import world

REAL = datetime(2026, 11, 27, 6, tzinfo=UTC)
FAIR = datetime(2018, 10, 19, 1, tzinfo=UTC)


def day_of(**given) -> Day:
    edition = world.edition()
    return Day(edition, edition.opens_on, Site("http://127.0.0.1:9"), **given)


# ---- the clock ---------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def real_time(settings):
    """Whatever a test does to the clock, the next one lives in real time."""
    yield
    clock.follow("")


def test_a_course_runs_faster_from_a_moment_on_and_stands_before():
    course = clock.Course.read(f"{FAIR.isoformat()} since {REAL.isoformat()} times 60")
    assert course == clock.Course(FAIR, REAL, 60)
    assert course.at(REAL - timedelta(seconds=2)) == course.at(REAL) == FAIR
    assert course.at(REAL + timedelta(seconds=2)) == FAIR + timedelta(minutes=2)
    assert course.real(FAIR + timedelta(minutes=2)) == REAL + timedelta(seconds=2)


def test_a_moment_alone_begins_with_the_process_and_nothing_is_real_time():
    for text in (FAIR.isoformat(), ""):
        course = clock.Course.read(text)
        assert course.times == 1
        assert abs(course.since - datetime.now(UTC)) < timedelta(seconds=5)
        assert course.begins == (FAIR if text else course.since)


def test_the_clock_stands_still_until_somebody_writes_since_when(tmp_path):
    since = tmp_path / "since"
    clock.follow(f"{FAIR.isoformat()} since {since} times 60")
    assert clock.now() == clock.now() == FAIR
    since.write_text((datetime.now(UTC) - timedelta(seconds=10)).isoformat())
    assert timedelta(minutes=10) <= clock.now() - FAIR < timedelta(minutes=15)
    since.unlink()  # what was decided once stays
    assert clock.now() > FAIR


# ---- where it may be ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("marked", "name"), [(False, trial.DATABASE), (True, "fair"), (False, "fair")])
def test_both_signs_make_a_trial_and_one_alone_is_refused(settings, monkeypatch, marked, name):
    settings.TRIAL = marked
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", name)
    with pytest.raises(Refused, match="no trial"):
        trial.must_be_trial()
    settings.TRIAL = True
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", trial.DATABASE)
    trial.must_be_trial()


@pytest.mark.parametrize("inside", [{"fill": "2018-10-19 07:30"}, {"inside": "/nowhere"}])
def test_the_parts_inside_refuse_any_other_installation(inside):
    with pytest.raises(CommandError, match="no trial"):
        call_command("replay", **inside)


def test_serving_refuses_another_clock_but_in_a_trial(settings, monkeypatch):
    settings.CHO_PHIEN_CLOCK = FAIR.isoformat()
    assert any("CHO_PHIEN_CLOCK" in one for one in serve.what_is_missing())
    settings.TRIAL = True
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", trial.DATABASE)
    assert not any("CHO_PHIEN_CLOCK" in one for one in serve.what_is_missing())


def test_nothing_of_the_environment_leads_into_a_trial(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://production")
    monkeypatch.setenv("EMAIL_URL", "smtp://mail.example.vn")

    class Made:
        def __enter__(self):
            return f"postgres://postgres@127.0.0.1:1/{trial.DATABASE}"

        def __exit__(self, *_error):
            return None

    monkeypatch.setattr(trial, "postgresql", lambda *_names, **_settings: Made())
    with trial.made(tmp_path, workers=2) as environment:
        assert environment["DATABASE_URL"].endswith(trial.DATABASE)
        assert "EMAIL_URL" not in environment
        assert "production" not in str(environment)


# ---- the script and its life -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_chance_and_keys_are_the_same_every_time():
    one, two, other = day_of(), day_of(), day_of(seed=7)
    assert one.key("gate", 1) == two.key("gate", 1) != other.key("gate", 1)
    assert len(one.key("gate", 1)) == 32
    assert one.chance("x").random() == two.chance("x").random() != other.chance("x").random()
    assert [day_of(part=part).many(40) for part in (1, 4, 100)] == [40, 10, 1]


@pytest.mark.django_db(transaction=True)
def test_each_does_one_thing_after_the_other_and_may_plan_more():
    day, done, together = day_of(), [], threading.Barrier(2, timeout=10)
    moment = day.hour("09:00")

    def deed(name):
        done.append(name)
        if name == "a2":
            day.at(day.soon(moment, 1), "a", "more", lambda: done.append("a3"))

    for who in ("b", "c"):  # these two wait for each other, so they must run side by side
        day.at(moment, who, "wait", together.wait)
    for name in ("a1", "a2"):
        day.at(moment, "a", "deed", lambda name=name: deed(name))
    life = Life(day, 20, lambda _words: None)
    clock.follow(f"{moment.isoformat()} since {datetime.now(UTC).isoformat()} times 600")
    assert life.live()
    assert done == ["a1", "a2", "a3"]
    assert life.done == 5
    assert day.noted.wrong == []


@pytest.mark.django_db
def test_an_answer_that_nobody_foresaw_is_told():
    day = day_of()
    day.expect("a page", "/x", Answer(200), frozenset())
    day.expect("a page", "/x", Answer(409, b'{"code": "booth_taken"}'), frozenset({"booth_taken"}))
    assert day.noted.wrong == []
    day.expect("a page", "/x", Answer(409, b'{"code": "other"}'), frozenset({"booth_taken"}))
    day.expect("a page", "/x", Answer(500), frozenset())
    assert [sentence.split(" b'")[0] for sentence in day.noted.wrong] == [
        "a page: /x was answered 409 other", "a page: /x was answered 500 ",
    ]  # fmt: skip


def test_a_request_that_is_cut_off_is_sent_again_and_counted(monkeypatch):
    monkeypatch.setattr("fairs.replay.asking.PAUSE", 0)
    site = Site("http://127.0.0.1:9")  # nobody listens there
    assert site.ask("a page", "GET", "/", tries=3).status == 0
    assert [one.status for one in site.heard] == [0, 0, 0]


# ---- what it came to ---------------------------------------------------------------------------------------------


def test_the_table_tells_kinds_counts_and_what_is_bad():
    heard = [Heard("page", 200, 0.010, 0), Heard("page", 409, 0.030, 0, "taken"), Heard("page", 0, 1, 0)]
    result = Result("A day", ["- fact"], heard, [Count("lost", 0, 0), Count("twice", 0, 2)])
    assert result.bad == ["twice: 2, not 0"]
    lines = str(result).splitlines()
    assert "| page | 2 | 20 ms | 30 ms | 30 ms | 0 | 1 taken | 1 |" in lines
    assert "| lost | 0 | 0 |" in lines
    assert "| twice | 0 | 2 **differs** |" in lines
    assert Result("A day", [], [Heard("page", 502, 0.1, 0, "", "/x")], []).bad == ["/x was answered 502"]


@pytest.mark.postgres
@pytest.mark.django_db
def test_what_the_site_said_yes_to_is_looked_for_in_the_tables(monkeypatch):
    day = day_of()
    day.noted.note("person", world.person().pk)
    day.noted.note("person", 0)
    day.noted.note("person", 0)
    where = "SELECT 1 FROM fairs_person WHERE id = noted.key::bigint"
    monkeypatch.setattr(recount, "_recounts", [lambda _day: iter([Count("people", 1, recount.lost("person", where))])])
    assert [one.holds for one in recount.recount(day)] == [True]
    assert recount.noted("person") == 2
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE noted")
