"""What a served desk tells Prometheus and a watchman, over real HTTP and SSH."""

from __future__ import annotations

import asyncio
import http.client
import os
import re
import signal
import socket
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from console.cli_serve import place
from console.serve import house
from console.serve.beat import Lag
from console.serve.far import FarRecords
from console.serve.healthy import SILENT_S, Signs, wrong
from console.serve.key_times import KeyTimes
from console.serve.measures import Kind, Measures, heard_at, read
from console.serve.metrics import Metrics
from store import clock
from store.commands.sessions import EndSession, SendNotice
from store.domain.who import THE_DESK
from store.persistence.feed import Change, News
from tests.console.ssh_desk import SshDesk, make_key, served_in

if TYPE_CHECKING:
    from collections.abc import Iterator

_AT: Final = re.compile(rb"http://127\.0\.0\.1:(\d+)/metrics")
_LINE: Final = re.compile(
    r'# (HELP|TYPE) paidan_[a-z_]+ .+|paidan_[a-z_]+(\{[a-z]+="[^"\\]*"\})? (-?[\d.e+-]+|\+Inf)'
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshDesk]:
    """The small desk, served and watched."""
    with served_in(tmp_path_factory.mktemp("served"), "--metrics", "127.0.0.1:0") as desk:
        yield desk


def _get(desk: SshDesk, path: str, method: str = "GET") -> tuple[int, str]:
    line = http.client.HTTPConnection("127.0.0.1", int(desk.hears(_AT)[1]), timeout=30)
    try:
        line.request(method, path)
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    finally:
        line.close()


def _number(desk: SshDesk, name: str) -> float:
    told = re.search(rf"^{re.escape(name)} (\S+)$", _get(desk, "/metrics")[1], re.MULTILINE)
    return float(told[1]) if told else 0.0


def _kept(desk: SshDesk, module: str) -> int:
    """The process of a served desk that runs this module."""
    listed = Path(f"/proc/{desk.process.pid}/task/{desk.process.pid}/children").read_text().split()
    words = {int(pid): Path(f"/proc/{pid}/cmdline").read_text() for pid in listed}
    return next(pid for pid, line in words.items() if module in line)


def test_keys_commits_news_and_sessions_are_counted(served: SshDesk) -> None:
    """As they come, each where it happens, with nothing of the desk's in it."""
    served.until(lambda: _get(served, "/healthz") == (200, "ok\n"))
    with served.connect() as ana:
        ana.sees("Lift stuck")
        served.until(lambda: _number(served, "paidan_sessions") == 1)
        ana.press("n")
        ana.sees("New order")
        ana.press("\x1b")
        served.until(lambda: _number(served, "paidan_key_seconds_count") >= 1)
    assert served.run("do", "note 1 all is well")[0] == 0
    served.until(lambda: _number(served, "paidan_commit_seconds_count") >= 1)
    served.until(lambda: _number(served, "paidan_feed_seconds_count") >= 1)
    served.until(lambda: _number(served, "paidan_sessions") == 0)
    assert 0 < _number(served, "paidan_key_seconds_sum") < 30
    told = _get(served, "/metrics")[1]
    assert [line for line in told.splitlines() if not _LINE.fullmatch(line)] == []
    assert not re.search(r"ana|lift|well|SHA256|sqlite|127\.0", told, re.IGNORECASE)


def test_what_an_administrator_does_to_sessions_is_a_commit_as_any(served: SshDesk) -> None:
    """Ending one and a notice to all are written down, and take their time."""
    name = "paidan_commit_seconds_count"
    path = str(house.counter_in(served.home / "serve"))
    with served.connect() as ana, closing(FarRecords(path)) as records:
        ana.sees("Lift stuck")
        served.until(lambda: len(served.who_is_in()) == 1)
        (line,), before = served.who_is_in(), _number(served, name)
        for command in (
            SendNotice(text="fog until noon"),
            EndSession(session=line.number, operator=line.operator),
        ):
            records.do(command, who=THE_DESK, at=clock.now())
        assert ana.exit_code() == 1
    served.until(lambda: _number(served, name) == before + 2)


def test_a_refused_login_is_counted_by_its_reason(served: SshDesk) -> None:
    """All reasons stand there at 0, so that the first of a kind shows as a rise."""
    name = 'paidan_logins_refused_total{reason="%s"}'
    assert (name % "too_often") in _get(served, "/metrics")[1]
    make_key(served.home / "stranger")
    assert served.run(key="stranger")[0] == 255
    served.until(lambda: _number(served, name % "unknown_key") == 1)
    assert served.run("no-such-code", key="stranger", name="claim")[0] == 1
    served.until(lambda: _number(served, name % "wrong_code") == 1)
    with socket.create_connection(("127.0.0.1", served.port)):
        pass
    served.until(lambda: _number(served, name % "no_key") == 1)


def test_there_is_nothing_else_to_be_had(served: SshDesk) -> None:
    """Neither another page, nor another method, nor an answer to what is no request."""
    assert _get(served, "/")[0] == 404
    assert _get(served, "/healthz/../metrics")[0] == 404
    assert _get(served, "/metrics", "POST")[0] == 405
    assert _get(served, "/metrics", "HEAD") == (200, "")
    for odd, status in ((b"hello\r\n\r\n", b"400"), (b"GET /" + b"a" * 9000 + b"\r\n\r\n", b"400")):
        with socket.create_connection(("127.0.0.1", int(served.hears(_AT)[1]))) as line:
            line.sendall(odd)
            assert line.recv(100).split(b" ")[1] == status


def test_a_desk_whose_store_process_hangs_is_not_well(served: SshDesk) -> None:
    """One sentence says what does not answer; it is well again when that goes on."""
    served.until(lambda: _get(served, "/healthz")[0] == 200)
    counter = _kept(served, "console.serve.counter")
    os.kill(counter, signal.SIGSTOP)
    try:
        served.until(lambda: _get(served, "/healthz")[0] == 503)
        said = _get(served, "/healthz")[1]
        assert said == "the process that has the store open does not answer\n"
    finally:
        os.kill(counter, signal.SIGCONT)
    served.until(lambda: _get(served, "/healthz")[0] == 200)


def test_an_address_that_is_taken_is_told_before_anything_begins(served: SshDesk) -> None:
    """With the address, so that one knows which."""
    port = int(served.hears(_AT)[1])
    assert f"127.0.0.1:{port}" in served.starts("--metrics", str(port))
    assert "HOST:PORT" in served.starts("--metrics", "nowhere")


@pytest.mark.parametrize(
    ("signs", "said"),
    [
        ({}, None),
        ({"listens": False}, "front"),
        ({"silence": SILENT_S + 1}, "store open"),
        ({"facts": {"store": 0.0}}, "store does not"),
        ({"facts": {"store": 1.0, "timers": 0.0}}, "timers"),
        ({"forks": False}, "fork server"),
    ],
)
def test_what_does_not_answer_is_said(signs: dict[str, object], said: str | None) -> None:
    """Each part alone makes a desk unwell."""
    well = {"listens": True, "forks": True, "silence": 1.0, "facts": {"store": 1.0, "timers": 1.0}}
    told = wrong(Signs(**{**well, **signs}))  # type: ignore[arg-type] # one part at a time
    assert told is None if said is None else said in str(told)


def test_measures_come_as_they_were_told_and_wait_for_nobody(tmp_path: Path) -> None:
    """Where nobody listens, and where nobody reads, telling is no trouble and takes no time."""
    Measures("").tell(sessions=1)
    Measures(str(tmp_path / "none.sock")).tell(sessions=1)
    with heard_at(tmp_path / "m.sock") as line:
        assert (tmp_path / "m.sock").stat().st_mode & 0o077 == 0
        teller = Measures(str(tmp_path / "m.sock"))
        teller.note(Kind.KEY, 0.25)
        teller.tell(sessions=2)
        told = read(line.recv(9999))
        assert told.seconds == {Kind.KEY: [0.25]}
        assert told.facts == {"sessions": 2.0}
        for _again in range(5000):
            teller.tell(sessions=2)
        teller.close()


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"\xff", b"[]", b"{}", b'{"seconds": {}}', b'{"seconds": 1, "facts": {}}'),
        b'{"seconds": {"other": [1]}, "facts": {}}',
        b'{"seconds": {"key": ["x"]}, "facts": {}}',
        b'{"seconds": {"key": [NaN]}, "facts": {}}',
        b'{"seconds": {"key": [1e99]}, "facts": {}}',
        b'{"seconds": {}, "facts": {"sessions": null}}',
    ],
)
def test_what_is_no_measure_is_none(data: bytes) -> None:
    """The front reads what sessions tell, and must survive whatever that is."""
    with pytest.raises(ValueError):
        read(data)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9464", ("127.0.0.1", 9464)),
        ("0.0.0.0:1", ("0.0.0.0", 1)),
        ("[::1]:9464", ("::1", 9464)),
    ],
)
def test_a_port_alone_is_of_this_machine(text: str, at: tuple[str, int]) -> None:
    """Nothing is shown to others unless an address says so."""
    assert place(text) == at


def test_news_is_timed_whichever_comes_first(tmp_path: Path) -> None:
    """The feed may tell of a commit before whoever committed has come back."""
    with heard_at(tmp_path / "m.sock") as line:
        measures = Measures(str(tmp_path / "m.sock"))
        lag = Lag(measures)
        for seq in (7, 9):
            lag.committed(seq)
        change = Change(seq=7, number=1, fact="noted")
        lag.heard(News(head=7, changes=(change,), reload=False))
        lag.committed(7)
        lag.heard(News(head=9, changes=(), reload=True))
        measures.close()
        first, early, last = read(line.recv(999)).seconds[Kind.FEED]
    assert early == 0 < first <= last


async def test_a_key_that_paints_nothing_is_not_timed(tmp_path: Path) -> None:
    """What is painted later is another's doing, unless a busy loop kept its own back."""
    with heard_at(tmp_path / "m.sock") as line:
        measures = Measures(str(tmp_path / "m.sock"))
        times = KeyTimes(measures)
        times.painted()
        times.typed()
        times._give_up(asyncio.get_running_loop().time())
        times.painted()
        times.typed()
        times._give_up(asyncio.get_running_loop().time() - 2)  # held up all the while
        times.painted()
        times.painted()
        measures.close()
        assert len(read(line.recv(999)).seconds[Kind.KEY]) == 1


def test_who_was_one_too_many_past_the_front_is_counted() -> None:
    """The fork server tells of whoever came by `paidan attach`."""
    metrics = Metrics(clock.monotonic)
    before = b'paidan_logins_refused_total{reason="full"} 0.0'
    assert before in metrics.text()
    metrics.datagram_received(b'{"seconds": {}, "facts": {"full": 1}}', None)
    assert before.replace(b"0.0", b"1.0") in metrics.text()
