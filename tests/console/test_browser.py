"""The console in a real Chromium: let in by a code once, and driven by no page of anybody else."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from store.commands.operator_keys import EnrolOperator, RevokeOperator
from store.queries.card import Trace
from store.queries.finding import FindOrders
from tests.console.chromium import Chromium
from tests.console.web_desk import WebDesk, web_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.console.chromium import Page


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDesk]:
    with web_in(tmp_path_factory.mktemp("web")) as desk:
        yield desk


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with Chromium(tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


def _in(served: WebDesk, chromium: Chromium, operator: str = "ana", *, later: bool = False) -> Page:
    """By a link with a code, which may be opened `later` than the page."""
    page = chromium.page(f"{served.origin}/#{'' if later else served.code(operator)}")
    if later:
        page.until("document.getElementById('code')")
        page.run(f"location.href = '{served.origin}/#{served.code(operator)}'")
    page.until("document.getElementById('code').value")
    page.type("\r")
    page.sees("Lift stuck")
    return page


def test_an_operator_works_in_a_browser(served: WebDesk, chromium: Chromium) -> None:
    """By the keyboard, in a window of any width; and the journal says from where."""
    page = _in(served, chromium)
    assert page.run("document.cookie + location.hash") == ""
    assert page.run("term.cols") > 90
    page.type("n")
    page.sees("New order")
    page.type("\r")
    page.type("\x15alarm bell rings\x13")
    served.until(lambda: bool(served.ask(FindOrders(text="alarm bell")).lines))
    (line,) = served.ask(FindOrders(text="alarm bell")).lines
    (made,) = served.ask(Trace(number=line.number))
    assert made.origin is not None
    assert (made.via, made.by_name, made.origin.key) == ("browser", "Ana", "")
    assert made.origin.address == "127.0.0.1"
    page.resize(390, 800)  # as a phone held upright
    page.until("term.cols >= 80 && term.cols < 90 && term.options.fontSize >= 8")
    page.until("document.querySelector('.xterm-screen').clientWidth <= innerWidth")
    page.sees("? Help")
    page.resize(1600, 800)
    page.until("term.cols > 120")
    page.type("q")
    page.until("document.querySelector('dialog[open]')")
    page.run("document.getElementById('again').click()")
    page.sees("Lift stuck")


class _Foreign(BaseHTTPRequestHandler):
    """A page of somebody else on this machine, which to a browser is the same site."""

    target = ""

    def do_GET(self) -> None:
        body = f"""<!doctype html><title>waits</title><script>
        const line = new WebSocket("{self.target}/line?size=80%2024");
        let told = "";
        line.onopen = () => {{ told += "open "; }};
        line.onmessage = () => {{ document.title = "got the board"; }};
        line.onclose = () => {{ document.title = told + "refused"; }};
        </script>""".encode()
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def _foreign(target: str) -> Iterator[str]:
    handler = type("Aimed", (_Foreign,), {"target": target})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_foreign_page_gets_no_console(served: WebDesk, chromium: Chromium) -> None:
    """Though the browser sends the cookie along: another port is the same site to it."""
    page = _in(served, chromium)
    with _foreign(served.origin.replace("http", "ws")) as address:
        page.go(address)
        page.until("document.title !== 'waits' && document.title")
        assert page.run("document.title") == "refused"
    page.go(served.origin)
    page.sees("Lift stuck")


def test_who_is_revoked_sees_nothing_within_seconds(served: WebDesk, chromium: Chromium) -> None:
    """The page says why, and asks for a code when it is opened again."""
    served.do(EnrolOperator(code="eve", name="Eve", role="dispatcher"))
    page = _in(served, chromium, "eve", later=True)
    served.do(RevokeOperator(operator="eve"))
    page.until("document.querySelector('dialog[open]')")
    assert "Lift stuck" not in page.run("document.getElementById('said').textContent")
    page.run("document.getElementById('again').click()")
    page.until("document.getElementById('code')")
