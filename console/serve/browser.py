"""The desk in a browser: one page to come in by a one-time code, and one with a terminal.

A request is looked at only if it names a host of ours, and whatever changes something or opens a
console only if a page of ours sends it.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute

from console.i18n import _, language
from console.serve import page_files
from console.serve.browser_line import BrowserLine
from console.serve.caps import Buckets, Limits
from console.serve.guarded import Guarded
from console.serve.origins import hosts_of
from console.serve.passes import GOOD_FOR, Pass, Passes
from console.serve.refused import Refused
from store import clock
from store.domain.text import safe
from store.domain.who import Role

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import HTTPConnection, Request
    from starlette.types import ASGIApp
    from starlette.websockets import WebSocket

    from console.serve.keys import Holder, Keys
    from console.serve.shared import Shared

_LOOK_EVERY_S: Final = 2.0
_LONGEST: Final = 1_000
"""Bytes of a form."""
_PATIENCE_S: Final = 10.0
_OF_ONE: Final = 8
"""Consoles of one operator in browsers."""
_CODES: Final = Limits(a_second=1 / 15, burst=10)
"""Tries of an address; a code has 98 bits, so this spares the store."""
_ALL_CODES: Final = Limits(a_second=1.0, burst=60)


class Browsers:
    """All consoles in browsers, and who may open one."""

    def __init__(
        self,
        *,
        keys: Keys,
        passes: Passes,
        sessions: Path,
        shared: Shared,
        origins: frozenset[str],
    ) -> None:
        self._keys, self._passes = keys, passes
        self._sessions, self._shared = str(sessions), shared
        self._limits, self._say = shared.limits, shared.say
        self._origins = origins
        self._tries, self._all_tries = Buckets(_CODES), Buckets(_ALL_CODES)
        self._lines: set[BrowserLine] = set()
        self._empty = asyncio.Event()
        self._empty.set()
        secure = all(origin.startswith("https:") for origin in origins)
        self._cookie = {"key": "__Host-paidan" if secure else "paidan", "path": "/"}
        self._how = {"secure": secure, "httponly": True, "samesite": "strict"}
        routes = [
            Route("/", self._page),
            Route("/in", self._enter, methods=["POST"]),
            Route("/out", self._leave, methods=["POST"]),
            Route("/files/{name}", _file),
            WebSocketRoute("/line", self._line),
        ]
        self.app: ASGIApp = Guarded(Starlette(routes=routes), hosts_of(origins))

    async def watch(self) -> None:
        """End what goes on for somebody who is let in no more."""
        while True:
            await asyncio.sleep(_LOOK_EVERY_S)
            if self._lines:
                await self._look()

    async def _look(self) -> None:
        if self._limits.lock_s:
            self._passes.holds({line.given for line in self._lines}, at=clock.now())
        await self._ask()
        for line in list(self._lines):
            now = self._keys.operator(line.who.operator)
            good = line.is_locked or self._passes.is_good(line.given, at=clock.now())
            if now is None or not good:
                line.end(_("You are let in here no more; say another one-time code."))
            elif now != line.who:
                line.end(_("You have another role or other sites now; come in again."))

    async def _ask(self) -> None:
        """Know everybody as he is now; before anybody was ever known, nobody is a stranger."""
        await self._keys.ask()
        if self._keys.are_known:
            self._passes.drop_strangers(self._keys.operator)

    async def end(self, why: str, patience: float) -> None:
        """End every console with this sentence, and wait until they have."""
        for line in list(self._lines):
            line.end(why)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._empty.wait(), patience)

    def _holds(self, line: BrowserLine, *, more: bool) -> None:
        (self._lines.add if more else self._lines.discard)(line)
        (self._empty.clear if self._lines else self._empty.set)()

    # -- who asks ----------------------------------------------------------------------------

    def _is_ours(self, asked: HTTPConnection) -> bool:
        """Whether a page of ours sends it: whoever tells no origin is no browser's page."""
        told = asked.headers.getlist("origin")
        return len(told) == 1 and told[0] in self._origins

    def _given(self, asked: HTTPConnection) -> Pass | None:
        told = asked.cookies.get(self._cookie["key"])
        return None if told is None else self._passes.find(told, at=clock.now())

    async def _let_in(self, asked: HTTPConnection) -> tuple[Pass, Holder] | None:
        given = self._given(asked)
        if given is None or self._is_left(given):
            return None
        await self._ask()
        who = self._keys.operator(given.operator)
        return None if who is None else (given, who)

    # -- pages -------------------------------------------------------------------------------

    async def _page(self, asked: Request) -> Response:
        if await self._let_in(asked) is None:
            return _enter_sheet("")
        return _sheet(
            "console.html",
            title=_("Paidan, a dispatch desk"),
            lost=_("The connection was lost. What you typed is kept."),
            again=_("open again"),
            out=_("log out"),
        )

    async def _enter(self, asked: Request) -> Response:
        if not self._is_ours(asked):
            return PlainTextResponse("", 403)
        address = _address(asked)
        now = clock.monotonic()
        if not self._tries.take(address, now) or not self._all_tries.take("", now):
            self._shared.refused(Refused.TOO_OFTEN)
            said = _("too many tries; wait a minute")
            return _enter_sheet(said, 429)
        code = await _code_in(asked)
        if code is None:
            return PlainTextResponse("", 413)
        found = await self._keys.enter(code, address=address)
        if found.operator is None:
            self._shared.refused(Refused.WRONG_CODE)
            return _enter_sheet(found.said, 403)
        await self._keys.ask()
        facts = {"operator": found.operator, "address": address}
        self._say(safe(_("{operator} has come in by a browser, from {address}").format(**facts)))
        answer = RedirectResponse("/", 303)
        told = self._passes.give(found.operator, at=clock.now())
        seconds = int(GOOD_FOR.total_seconds())
        answer.set_cookie(**self._cookie, value=told, max_age=seconds, **self._how)  # type: ignore[arg-type] # words of one call
        return answer

    async def _leave(self, asked: Request) -> Response:
        if not self._is_ours(asked):
            return PlainTextResponse("", 403)
        if (given := self._given(asked)) is not None:
            self._passes.drop(given)
            for line in list(self._lines):
                if line.given == given:
                    line.end(_("You have logged out."))
        answer = RedirectResponse("/", 303)
        answer.delete_cookie(**self._cookie, **self._how)  # type: ignore[arg-type] # words of one call
        return answer

    # -- consoles ----------------------------------------------------------------------------

    async def _line(self, page: WebSocket) -> None:
        let_in = await self._let_in(page) if self._is_ours(page) else None
        if let_in is None:
            await page.close()  # before it is accepted: the answer is 403
            return
        given, who = let_in
        line = self._new(page, who, given)
        await page.accept()
        if not self._has_room(who):
            await page.send_text(_("too many sessions are open; try again later"))
            await page.close()
            return
        self._holds(line, more=True)
        facts = {"operator": who.operator, "address": line.address}
        self._say(safe(_("{operator} is here, from {address} by a browser").format(**facts)))
        try:
            await line.hold(page)
        finally:
            self._holds(line, more=False)
            self._shared.leave()
            self._passes.leaves(given, at=clock.now())
            self._lock(given)
            self._say(_("{operator} has left").format(operator=safe(who.operator)))

    def _new(self, page: WebSocket, who: Holder, given: Pass) -> BrowserLine:
        return BrowserLine(
            self._sessions,
            who,
            given,
            address=_address(page),
            idle_s=0.0 if who.role == Role.SCREEN else self._limits.deaf_s,
            size=page.query_params.get("size", ""),
            locked=self._lock,
            record=partial(self._shared.record, who),
        )

    def _lock(self, given: Pass) -> None:
        """Let nobody in by it any more, once all that it has opened is locked."""
        opened = [line.is_locked for line in self._lines if line.given == given]
        if opened and all(opened):
            self._passes.drop(given)

    def _is_left(self, given: Pass) -> bool:
        """Whether it has had no console for so long that one would be locked; then it is gone."""
        limit = self._limits.lock_s
        if not limit or any(line.given == given for line in self._lines):
            return False
        if self._passes.unused(given, at=clock.now()).total_seconds() < limit:
            return False
        self._passes.drop(given)
        return True

    def _has_room(self, who: Holder) -> bool:
        """One more session of his, where there is."""
        if sum(line.who.operator == who.operator for line in self._lines) >= _OF_ONE:
            self._shared.refused(Refused.FULL)
            return False
        return self._shared.enter()


def _address(asked: HTTPConnection) -> str:
    return asked.client.host if asked.client is not None else "local"


async def _code_in(asked: Request) -> str | None:
    """The code of a form; None where it is longer than any form of ours."""
    data = bytearray()

    async def read() -> None:
        async for piece in asked.stream():
            data.extend(piece)
            if len(data) > _LONGEST:
                return

    try:
        await asyncio.wait_for(read(), _PATIENCE_S)
    except TimeoutError:
        return None
    if len(data) > _LONGEST:
        return None
    return parse_qs(data.decode("utf-8", "replace"), max_num_fields=9).get("code", [""])[0]


def _enter_sheet(said: str, status: int = 200) -> Response:
    return _sheet(
        "enter.html",
        status=status,
        title=_("Paidan, a dispatch desk"),
        said=said,
        ask=_("one-time code"),
        enter=_("open the console"),
        how=_("Ask an administrator for a code: paidan operator code CODE --browser"),
    )


def _sheet(name: str, *, status: int = 200, **words: str) -> Response:
    lang = language().replace("_", "-")
    body = page_files.sheet(name, {"lang": lang, **words})
    return Response(body, status, media_type="text/html")


async def _file(asked: Request) -> Response:
    name: Any = asked.path_params["name"]
    if name not in page_files.TYPES:
        return PlainTextResponse("", 404)
    return Response(page_files.read(name), media_type=page_files.TYPES[name])
