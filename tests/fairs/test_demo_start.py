"""What `./run demo` does beside filling."""

import pytest

from fairs.demo import __main__ as start
from fairs.demo import fill as filling


class Stopped(Exception):
    """Ends what goes on for ever."""


def test_the_heart_beats_only_after_the_filling(monkeypatch: pytest.MonkeyPatch) -> None:
    done = []

    class Filling:
        def wait(self) -> None:
            done.append("filled")

    def beat() -> None:
        done.append("beat")
        raise Stopped

    monkeypatch.setattr("fairs.heartbeat.beat", beat)
    with pytest.raises(Stopped):
        start._beat(Filling())  # type: ignore[arg-type]
    assert done == ["filled", "beat"]


def test_a_filling_that_fails_says_so_beside_a_running_server(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: object
) -> None:
    class Filling:
        def poll(self) -> int:
            return 1

    with pytest.raises(SystemExit):
        start._show(Filling(), tmp_path)  # type: ignore[arg-type]
    assert "could not be filled" in capsys.readouterr().err


def test_the_filling_lets_the_server_write_once_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[float] = []
    monkeypatch.setattr(filling, "sleep", rests.append)
    moments = iter((10.4, 10.9, 11.3, 11.5, 12.0))
    monkeypatch.setattr(filling, "monotonic", lambda: next(moments))
    since = filling._rest(filling._rest(10.0))
    assert (since, rests) == (10.0, [])  # not yet
    since = filling._rest(since)
    assert (since, rests) == (11.5, [filling.REST])
    assert filling._rest(since) == 11.5
