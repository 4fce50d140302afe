"""What comes to the pages and is of no page of ours: refused, and nobody else hears of it."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from websockets.exceptions import ConnectionClosed

from tests.console.web_desk import WebDesk, drawn, web_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.client import ClientConnection


_UPGRADE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDesk]:
    with web_in(tmp_path_factory.mktemp("web")) as desk:
        yield desk


def _closed(line: ClientConnection) -> int:
    """The code by which it is closed."""
    with pytest.raises(ConnectionClosed) as closed:
        _read(line)
    received = closed.value.rcvd
    assert received is not None
    return received.code


def _read(line: ClientConnection) -> None:
    while True:
        line.recv(30)


def test_a_code_is_good_once_and_only_for_browsers(served: WebDesk) -> None:
    """One that gives a key opens no page; a form of another page uses none up."""
    code = served.code("bo")
    for origin in ("http://desk.example", "null", served.origin.replace("http", "https"), ""):
        assert served.post("/in", code, Origin=origin).status == 403
    first = served.post("/in", code.lower().replace("-", " "))
    assert (first.status, first.headers["location"]) == (303, "/")
    told = first.headers["set-cookie"].lower()
    assert all(word in told for word in ("httponly", "samesite=strict", "max-age=43200"))
    for wrong in (code, served.code("bo", before=""), "", "\xe9"):
        again = served.post("/in", wrong)
        assert (again.status, again.headers["set-cookie"]) == (403, None)
        assert "none, too old, or used already" in again.text


def test_nothing_is_kept_or_framed(served: WebDesk) -> None:
    """Neither pages nor files; and a page takes scripts from here alone."""
    assert "<form" in served.get().text
    for path in ("/", "/files/xterm.js", "/files/none", "/in"):
        told = served.get(path).headers
        assert (told["cache-control"], told["x-frame-options"]) == ("no-store", "DENY")
        assert "default-src 'none'; script-src 'self';" in told["content-security-policy"]
    for path in ("/files/../passes.py", "/files/%2e%2e%2fpasses.py", "/files/enter.html"):
        assert served.get(path).status == 404


def test_only_pages_of_ours_open_a_console(served: WebDesk) -> None:
    """By exactly our scheme, host and port, under a host of ours, with a cookie that is good."""
    cookie = served.enter()
    for origin in ("none", "null", "http://127.0.0.1", served.origin + ".example", "http://[::1]"):
        assert served.refused(cookie, origin=origin) == 403
    for host, status in (("desk.example:80", 403), (served.at, 101)):
        told = {**_UPGRADE, "Origin": served.origin, "Host": host, "Cookie": cookie}
        assert served.asked("GET", "/line", **told).status == status
    assert served.get(Host="rebound.example").status == 421
    assert served.get(Host=served.at.replace("127.0.0.1", "localhost")).status == 200
    for wrong in ("", "paidan=", "paidan=x.y", cookie[:-1], cookie + "0"):
        assert served.refused(wrong) == 403
    name, _, mark = cookie.partition(".")
    other = served.enter("bo")
    assert served.refused(f"{other.partition('.')[0]}.{mark}") == 403
    assert served.refused(f"{name}.{other.partition('.')[2]}") == 403
    with served.line(cookie) as line:
        drawn(line, "Lift stuck")


def test_what_no_page_sends_ends_its_own_line_alone(served: WebDesk) -> None:
    """A message too long, and a text that is no size."""
    with served.line(served.enter("bo")) as good:
        drawn(good, "Lift stuck")
        for sent, code in ((b"x" * 70_000, 1009), ("80", 1008), ("80 24 1", 1008)):
            with served.line(served.enter()) as line:
                drawn(line, "Lift stuck")
                line.send(sent)
                assert _closed(line) == code
        good.send("100 40")
        good.send(b"n")
        drawn(good, "New order")


def test_too_many_consoles_of_one_are_refused(served: WebDesk) -> None:
    """The ninth; others have theirs."""
    cookie = served.enter()
    lines = [served.line(cookie) for _ in range(8)]
    held = [line.__enter__() for line in lines]
    with served.line(cookie) as ninth:
        assert ninth.recv(30) == "too many sessions are open; try again later"
    for line in held:
        line.close()
    served.until(lambda: served.sessions() <= 1)


def test_logging_out_ends_what_goes_on(served: WebDesk) -> None:
    """Of this browser; its cookie is worth nothing from then on."""
    cookie = served.enter()
    with served.line(cookie) as line:
        drawn(line, "Lift stuck")
        assert served.post("/out", Cookie=cookie, Origin="http://desk.example").status == 403
        assert served.post("/out", Cookie=cookie).status == 303
        drawn(line, "You have logged out.")
    assert served.refused(cookie) == 403


def test_codes_cannot_be_tried_for_long(served: WebDesk) -> None:
    """Of one address; and what is longer than a code is not looked at."""
    assert served.post("/in", "x" * 2_000).status == 413
    tries = [
        served.asked("POST", "/in", "code=x", by="127.0.1.1", Origin=served.origin).status
        for _ in range(11)
    ]
    assert (set(tries[:10]), tries[10]) == ({403}, 429)
    assert served.post("/in", served.code()).status == 303


def test_a_restart_lets_in_whoever_was_in(served: WebDesk) -> None:
    """Its open console is told; then the same cookie opens another, at the same port."""
    cookie = served.enter()
    with served.line(cookie) as line:
        drawn(line, "Lift stuck")
        os.kill(served.process.pid, signal.SIGHUP)
        drawn(line, "The desk is being started anew; come in again. Your drafts are kept.")
    with served.line(cookie) as line:
        drawn(line, "Lift stuck")
