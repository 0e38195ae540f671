"""Without Redis everything is answered: each process remembers for itself, limits count on, hints are lost."""

import pytest

from fairs import heartbeat, live
from fairs.caches import ForgetfulRedis
from fairs.callers import count_try, tries
from fairs.progress import Progress
from fairs.replay.services import free_port


@pytest.fixture
def gone(monkeypatch):
    """A cache whose Redis does not answer, in the place of the one that is used."""
    cache = ForgetfulRedis(f"redis://127.0.0.1:{free_port()}", {})
    for name in ("fairs.callers", "fairs.progress", "fairs.heartbeat"):
        monkeypatch.setattr(f"{name}.cache", cache)
    yield cache
    cache._meanwhile.clear()


def test_this_process_remembers_meanwhile(gone):
    gone.set("a", 1)
    assert (gone.get("a"), gone.get("b"), gone.get("b", 7)) == (1, None, 7)
    assert (gone.add("a", 2), gone.add("c", 3)) == (False, True)
    assert (gone.incr("a"), gone.touch("a"), gone.delete("a"), "a" in gone) == (2, True, True, False)
    assert gone.set_many({"d": 4, "e": 5}) == []
    assert gone.get_many(["d", "e", "f"]) == {"d": 4, "e": 5}
    gone.delete_many(["d"])
    assert "d" not in gone
    with pytest.raises(ValueError, match="not found"):
        gone.incr("a")
    assert gone.answers is False


def test_work_goes_on_and_limits_count(gone):
    progress = Progress("x")
    progress.step(1)
    assert progress.said == 1
    assert [count_try("links", "somebody", within=60) for _time in range(3)] == [1, 2, 3]
    assert tries("links", "somebody") == 3
    assert heartbeat.age() is None


def test_a_hint_that_cannot_be_sent_stops_nobody(monkeypatch, caplog):
    class Layer:
        async def group_send(self, _group, _hint):
            raise ConnectionRefusedError

    monkeypatch.setattr(live, "get_channel_layer", Layer)
    monkeypatch.setattr(live, "_server_loop", None)
    live._send(1, "meetings")
    assert "a hint was not sent" in caplog.text
