"""Without Redis everything is answered: the cache knows nothing, limits do not count, hints are lost."""

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
    return cache


def test_it_knows_nothing_and_keeps_nothing(gone):
    gone.set("a", 1)
    assert gone.get("a") is None
    assert gone.get("a", 7) == 7
    assert gone.get_or_set("a", 5) == 5
    assert gone.add("a", 1) is False
    assert gone.touch("a") is False
    assert gone.delete("a") is False
    assert "a" not in gone
    assert gone.get_many(["a", "b"]) == {}
    assert gone.set_many({"a": 1}) == ["a"]
    gone.delete_many(["a"])
    with pytest.raises(ValueError, match="not found"):
        gone.incr("a")


def test_work_goes_on_and_limits_do_not_count(gone):
    progress = Progress("x")
    progress.step(1)
    assert progress.said is None
    assert progress.silent
    assert count_try("links", "somebody", within=60) == 1
    assert tries("links", "somebody") == 0
    assert heartbeat.age() is None


def test_a_hint_that_cannot_be_sent_stops_nobody(monkeypatch, caplog):
    class Layer:
        async def group_send(self, _group, _hint):
            raise ConnectionRefusedError

    monkeypatch.setattr(live, "get_channel_layer", Layer)
    monkeypatch.setattr(live, "_server_loop", None)
    live._send(1, "meetings")
    assert "a hint was not sent" in caplog.text
