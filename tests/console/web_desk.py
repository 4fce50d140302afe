"""A served desk with browsers and bare WebSockets before it."""

from __future__ import annotations

import re
from contextlib import closing, contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from store import clock
from store.commands.operator_codes import OfferCode
from store.domain.one_time_codes import BROWSER, digest_of, new_code
from tests.console.faulty_desk import furnish
from tests.console.pty_desk import PATIENCE_S
from tests.console.ssh_desk import SshDesk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from pathlib import Path

    from websockets.sync.client import ClientConnection

_ADDRESS = re.compile(rb"(https?://\S+)/ is the desk in a browser")


class Answer:
    """What came of a request."""

    def __init__(self, status: int, headers: Message, text: str) -> None:
        self.status, self.headers, self.text = status, headers, text

    @property
    def cookie(self) -> str:
        """As a browser sends it back."""
        return str(self.headers["set-cookie"]).partition(";")[0]


class WebDesk(SshDesk):
    """`paidan serve --browser` on a port of its own."""

    @property
    def origin(self) -> str:
        """Of its pages."""
        return self.hears(_ADDRESS)[1].decode()

    @property
    def at(self) -> str:
        """Host and port."""
        return self.origin.partition("://")[2]

    def code(self, operator: str = "ana", *, minutes: float = 15, before: str = BROWSER) -> str:
        """A one-time code of somebody."""
        code, until = new_code(), clock.now() + timedelta(minutes=minutes)
        self.do(OfferCode(operator=operator, digest=digest_of(code, before), until=until))
        return code

    def get(self, path: str = "/", **headers: str) -> Answer:
        """A page."""
        return self.asked("GET", path, **headers)

    def post(self, path: str, code: str = "", **headers: str) -> Answer:
        """A form, of a page of ours unless another origin is given."""
        headers = {"Origin": self.origin, **headers}
        return self.asked("POST", path, urlencode({"code": code}), **headers)

    def asked(
        self, verb: str, path: str, body: str = "", *, by: str = "", **headers: str
    ) -> Answer:
        """A request from an address of its own; a header that is empty is none."""
        told = {name: value for name, value in headers.items() if value}
        own = (by or self._address(), 0)
        with closing(HTTPConnection(self.at, timeout=60, source_address=own)) as line:
            line.request(verb, path, body, told)
            answer = line.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode())

    def enter(self, operator: str = "ana") -> str:
        """The cookie of somebody who came in."""
        return self.post("/in", self.code(operator)).cookie

    @contextmanager
    def line(self, cookie: str = "", *, origin: str = "") -> Iterator[ClientConnection]:
        """A bare WebSocket, as no browser would send it; an origin may be `none`."""
        headers = {"Origin": origin or self.origin, "Cookie": cookie}
        told = {name: value for name, value in headers.items() if value and value != "none"}
        address = f"ws://{self.at}/line?size=80%2024"
        with connect(
            address, additional_headers=told, proxy=None, max_size=None, open_timeout=60
        ) as line:
            yield line

    def refused(self, cookie: str = "", **how: str) -> int:
        """The status by which a WebSocket is refused; 0 where it is not."""
        try:
            with self.line(cookie, **how):
                return 0
        except InvalidStatus as error:
            return error.response.status_code


@contextmanager
def web_in(place: Path, *flags: str, program: str = SshDesk.program) -> Iterator[WebDesk]:
    """The small desk, given to browsers."""
    url = f"sqlite:///{place / 'desk.db'}"
    furnish(url).close()
    desk = WebDesk(url, place, "--browser", "127.0.0.1:0", *flags, program=program, people=())
    with desk:
        yield desk


def drawn(line: ClientConnection, text: str) -> None:
    """Wait until a terminal was sent this; colours may come between words."""
    raw = b""
    while text.encode() not in raw:
        told = line.recv(PATIENCE_S)
        raw += told.encode() if isinstance(told, str) else told
