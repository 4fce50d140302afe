"""The counter: one process has the store of a served desk open and serves its sessions.

    python -m console.serve.counter LISTENER    # a listening socket; the store on its input

A thread a connection; each answers one request after the other. Timers are fired here, for all. It
ends when its input does: whoever started it is gone.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from contextlib import closing, suppress
from dataclasses import replace
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakSet

from console import i18n, litter, logs
from console.i18n import _
from console.serve import forks_words
from console.serve.answers import Answers
from console.serve.beat import Beat, Lag
from console.serve.measures import Kind, Measures
from console.serve.parcel import Line
from console.serve.peers import is_ours, process_of
from console.serve.present import Present
from console.serve.repairs import Repairs
from console.serve.waiting_news import Waiting
from console.zones import zone_here
from store import clock, reach
from store.commands.sessions import EndSession
from store.domain.errors import Refusal, StoreTrouble
from store.domain.who import Right, require
from store.persistence.feed import News

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from types import FrameType

    from console.serve.present import Arrival
    from console.who_is_in import SessionLine
    from scheduler.engine import Pulse
    from scheduler.service import Service
    from store.domain.who import Who
    from store.records import Records

_PULSE_S: Final = 4.0
"""How often a session hears how the timers do."""


class Counter:
    """Opens the store when it is first asked for, and answers."""

    def __init__(self, store: str, measures: str = "") -> None:
        self._store = store
        self._measures = Measures(measures)
        self._lag = Lag(self._measures)
        self._guard = Lock()
        self._records: Records | None = None
        self._service: Service | None = None
        self._repairs = Repairs()
        self._kept = Answers()
        self._lines: WeakSet[Line] = WeakSet()
        self._beat = Beat(self._measures, self._opened)
        self._present = Present()

    def records(self) -> Records:
        """The open store; raises what opening it raises, and is asked again another time."""
        from scheduler.service import Service
        from store.records import open_records

        with self._guard:
            if self._records is None:
                records = open_records(self._store, zone=zone_here(), desk=_("Desk"))
                if self._measures:
                    records.on_change(self._lag.heard)
                late = self._measures.note
                self._service = Service(
                    records, late=lambda waited: late(Kind.TIMER, waited.total_seconds())
                )
                self._service.start()
                self._records = records
            return self._records

    def _opened(self) -> tuple[Records, Pulse]:
        records = self.records()
        assert self._service is not None
        return records, self._service.pulse

    def close(self) -> None:
        """Fire nothing more, and let the store go."""
        self._beat.end()
        self._repairs.end()
        for line in list(self._lines):
            line.cut()
        with self._guard:
            if self._service is not None:
                self._service.stop()
            if self._records is not None:
                self._records.close()

    # -- connections -------------------------------------------------------------------------

    def serve(self, listener: socket.socket) -> None:
        """Accept until the listener is closed."""
        while True:
            try:
                line, _address = listener.accept()
            except OSError:
                return
            if not is_ours(line):
                line.close()
                continue
            ours = Line(line), process_of(line)
            Thread(target=self._attend, args=ours, daemon=True).start()

    def _attend(self, line: Line, process: int) -> None:
        self._lines.add(line)
        with closing(line), suppress(OSError, EOFError, ValueError):
            while True:
                verb, *terms = line.receive()
                if verb == "follow":
                    self._follow(line, process, *terms)
                    return
                _answer(line, lambda v=verb, t=terms: self._do(line, v, t))

    def _do(self, line: Line, verb: str, terms: list[Any]) -> Any:
        records = self.records()
        if verb == "begin":
            return self._answers(line, records, *terms)
        if verb == "several":
            return self._kept.told(records, *terms)
        if verb == "needing":
            return self._repairs.needing(records, *terms)
        if verb == "sessions":
            return self._sessions(records, *terms)
        if verb == "do":
            return self._done(records, *terms)
        return _VERBS[verb](records, *terms)

    def _done(self, records: Records, *terms: Any) -> Any:
        """Every command of a session comes by here, and is measured where that is asked for."""
        began = clock.monotonic()
        if isinstance(terms[0], EndSession):
            done = self._end_session(records, *terms)
        else:
            done = _VERBS["do"](records, *terms)
        if self._measures:
            self._measures.note(Kind.COMMIT, clock.monotonic() - began)
            self._lag.committed(done.seq)
        return done

    @staticmethod
    def _answers(line: Line, records: Records, who: Any, at: Any, *first: Any) -> None:
        """Questions of one moment, until `end`, whose answer is the caller's.

        The first one comes with the request to begin, and where that is refused so is it.
        """
        with records.asking(who=who, at=at) as ask:
            told = list(first)
            while True:
                verb, *terms = told or line.receive()
                told = []
                if verb == "ask":
                    _answer(line, lambda t=terms: ask(*t))
                elif verb == "may_write":
                    _answer(line, ask.may_write)
                else:
                    return

    def _sessions(self, records: Records, who: Who, at: datetime) -> tuple[SessionLine, ...]:
        with records.asking(who=who, at=at) as ask:
            require(ask.who, Right.ADMINISTER, desk_wide=True)
        return self._present.lines()

    def _end_session(
        self, records: Records, what: EndSession, who: Who, at: datetime, key: str
    ) -> Any:
        """Whose it is, is known here; written down first, and then it is over."""
        held = self._present.held(what.session)
        done = records.do(replace(what, operator=held.operator), who=who, at=at, key=key)
        self._present.end(what.session)
        return done

    def _follow(self, line: Line, process: int, told: Arrival | None = None) -> None:
        waiting = Waiting()
        records = self.records()
        stop = records.on_change(waiting.put)
        number = None if told is None else self._present.enter(told, waiting.end, process)
        try:
            line.send(("news", News(head=records.head(), changes=(), reload=True)))
            while True:
                pulse = self._service.pulse if self._service is not None else None
                line.send(("state", (records.feed_state, pulse, self._present.many)))
                if number is not None:
                    self._present.measured(number, line.receive())
                since = clock.monotonic()
                while (told_now := waiting.get(_PULSE_S)) is not None:
                    line.send(told_now)
                    if clock.monotonic() - since > _PULSE_S:
                        break
        finally:
            stop()
            if number is not None:
                self._present.leave(number)


def _answer(line: Line, do: Any) -> None:
    try:
        told = True, do()
    except (OSError, EOFError):
        raise
    except Refusal as refusal:
        told = False, refusal
    except Exception as error:  # noqa: BLE001  the story goes to the log, the session hears of it
        import traceback

        from console.cli_guard import write_log

        write_log("".join(traceback.format_exception(error)))
        told = False, StoreTrouble(why=type(error).__name__)
    line.send(told)


def _sample(records: Records, who: Who, at: datetime, language: str) -> int:
    from console.demo.build import make_desk

    with records.asking(who=who, at=at) as ask:
        require(ask.who, Right.IMPORT, desk_wide=True)
    return make_desk(records, at=at, language=language)


_VERBS: Final[Mapping[str, Callable[..., Any]]] = {
    "hello": lambda records: (records.kind, records.pace),
    "end": lambda _records: None,  # of a moment that was refused and never began
    "ask": lambda records, query, who, at: records.ask(query, who=who, at=at),
    "do": lambda records, what, who, at, key: records.do(what, who=who, at=at, key=key),
    "rehearse": lambda records, what, who, at: records.rehearse(what, who=who, at=at),
    "attend": lambda records, console, told, who, at: records.attend(console, told, who=who, at=at),
    "may_write": lambda records: records.may_write(),
    "sample": _sample,
}
"""What is asked with one request and answered with one answer."""


def main() -> int:
    """Read what is served, and serve until nobody is at the other end."""
    listener = socket.socket(fileno=int(sys.argv[1]))
    told = json.loads(sys.stdin.readline())
    litter.share_heaps()
    reach.shut()  # whoever asks sits at another machine
    i18n.use(str(told.get("language", "en")))
    logs.keep()
    counter = Counter(str(told["store"]), str(told.get("measures", "")))
    with suppress(Refusal):  # it is told to whoever comes
        counter.records()
    sys.stdout.buffer.write(forks_words.READY)
    sys.stdout.flush()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's ^C goes to whoever started us, too
    Thread(target=counter.serve, args=(listener,), daemon=True).start()
    with suppress(_Left):
        while os.read(sys.stdin.fileno(), 512):
            pass
    counter.close()
    return 0


class _Left(Exception):
    """A signal has come."""


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise _Left


if __name__ == "__main__":
    sys.exit(main())
