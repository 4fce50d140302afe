"""The store as a session has it: across the counter, where one process has it open for all.

A session asks and does as with a store of its own; it holds no connection to the database, loads
nothing that speaks to one, and fires no timers. Where the counter does not answer the store is
away, as everywhere.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar
from uuid import uuid4

from console.serve.following import AWAY, Following, connected
from console.serve.held import Held
from console.wall import OnlyLooks
from store.domain.errors import OutOfReach, Refusal, StoreUnreachable
from store.queries.asking import Asking, MayWrite
from store.records import Records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from console.replan.needing import Needing
    from console.serve.parcel import Line
    from console.serve.present import Here
    from console.standing import Sweeps
    from console.who_is_in import SessionLine
    from store.domain.intents import Command, Done, Query, Rehearsed
    from store.domain.pace import Pace
    from store.domain.presence import Presence
    from store.domain.who import Who
    from store.persistence.feed import FeedTrouble

Answer = TypeVar("Answer")

_KEPT: Final = 2


class FarRecords(Records):
    """One open store, somewhere else; may be used from several threads at once."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._idle: list[Line] = []
        self._guard = Lock()
        self._listeners = []
        self._following: Following | None = None
        self._held = Held()
        try:
            told: tuple[str, Pace] = self._call("hello")
        except BaseException:
            self.close()
            raise
        self._kind, self._pace = told

    # -- asking and doing --------------------------------------------------------------------

    def do(self, command: Command, *, who: Who, at: datetime, key: str | None = None) -> Done:
        """Carry a command out; under its key it is done once, however often it is sent."""
        done: Done = self._call("do", command, who, at, key or uuid4().hex)
        return done

    def rehearse(
        self, commands: Sequence[Command], *, who: Who, at: datetime
    ) -> tuple[Rehearsed, ...]:
        """What each command would do now."""
        tried: tuple[Rehearsed, ...] = self._call("rehearse", tuple(commands), who, at)
        return tried

    def ask(self, query: Query[Answer], *, who: Who, at: datetime) -> Answer:
        """Answer one question: there and back only once."""
        answer: Answer = self._call("ask", query, who, at)
        return answer

    @contextmanager
    def asking(self, *, who: Who, at: datetime) -> Iterator[Asking]:
        """Several questions as of one moment, which is that of the first one."""
        ask = _FarAsking(partial(self._begun, who, at), partial(self._several, who, at))
        try:
            yield ask
        except (OSError, EOFError) as error:
            ask.close()
            raise StoreUnreachable(why=AWAY) from error
        except Refusal:
            self._leave(ask.line)
            raise
        except BaseException:
            ask.close()
            raise
        self._leave(ask.line)

    def _several(self, who: Who, at: datetime, asked: tuple[Any, ...]) -> tuple[Any, ...]:
        """The answers to questions; of those that are held already only what is new is told."""
        held = self._held.find(asked)
        questions = tuple((one, tag) for one, (tag, _answer) in zip(asked, held, strict=True))
        return self._held.renew(asked, held, self._call("several", questions, who, at))

    def attend(self, console: str, told: Presence | None, *, who: Who, at: datetime) -> None:
        """Have others know which order is before a console."""
        self._call("attend", console, told, who, at)

    def may_write(self) -> bool:
        """Whether a write could be stored."""
        return bool(self._call("may_write"))

    @contextmanager
    def work(self, **_terms: object) -> Iterator[NoReturn]:
        """No transaction by hand: whatever wants one reads files, too."""
        raise OutOfReach
        yield

    def sample(self, *, who: Who, at: datetime, language: str) -> int:
        """Fill an empty desk with the sample; how many orders that made."""
        return int(self._call("sample", who, at, language))

    def needing(self, *, who: Who, at: datetime, open_orders: int) -> Needing | None:
        """What of the board needs somebody now, looked for once for all sessions."""
        found: Needing | None = self._call("needing", who, at, open_orders)
        return found

    @property
    def kind(self) -> str:
        """Of the store."""
        return self._kind

    @property
    def pace(self) -> Pace:
        """How fast this desk lives."""
        return self._pace

    def rest(self) -> None:
        """Let idle connections go but one."""
        with self._guard:
            spare, self._idle = self._idle[:-1], self._idle[-1:]
        for line in spare:
            line.close()

    def looked(self) -> FarLooked:
        """The same for whoever only looks; this one is left."""
        self.close()
        return FarLooked(self._path)

    # -- news --------------------------------------------------------------------------------

    def follow(self, here: Here | None = None) -> None:
        """Start to hear what is committed; the first news is to ask for everything again.

        `here` is the session that does, for the list of sessions.
        """
        if self._following is None:
            self._following = Following(self._path, self._tell, here)

    def sessions(self, *, who: Who, at: datetime) -> tuple[SessionLine, ...]:
        """Who is in, for an administrator."""
        found: tuple[SessionLine, ...] = self._call("sessions", who, at)
        return found

    @property
    def feed_state(self) -> FeedTrouble | None:
        """Why no news comes at present."""
        return self._following.state if self._following else None

    def crowd(self) -> int:
        """How many sessions the counter has, as it last told."""
        return self._following.sessions if self._following else 1

    def pulse(self) -> Sweeps | None:
        """How those who fire the timers do, as they last told."""
        return self._following.pulse if self._following else None

    def close(self) -> None:
        """Leave the counter."""
        self._listeners.clear()
        if self._following is not None:
            self._following.close()
        with self._guard:
            lines, self._idle = self._idle, []
        for line in lines:
            line.close()

    # -- connections -------------------------------------------------------------------------

    def _call(self, *words: object) -> Any:
        return self._spoken(lambda line: _told(line, *words), keep=True)[1]

    def _begun(self, who: Who, at: datetime, *first: object) -> tuple[Line, Any]:
        """Hold a moment open at the counter; with it goes what is asked first."""
        return self._spoken(lambda line: _told(line, "begin", who, at, *first), keep=False)

    def _leave(self, line: Line | None) -> None:
        """Let a moment go, where one was begun, and wait for nothing."""
        if line is None:
            return
        try:
            line.send(("end",))
        except OSError:
            line.close()
            return
        line.owed += 1
        self._put(line)

    def _spoken(self, say: Callable[[Line], Any], *, keep: bool) -> tuple[Line, Any]:
        """Say something over a line, once more over a new one where an idle one was dead."""
        while True:
            with self._guard:
                line = self._idle.pop() if self._idle else None
            used = line is not None
            try:
                line = line or connected(self._path)
                answer = say(line)
            except (OSError, EOFError) as error:
                if line is not None:
                    line.close()
                if not used:
                    raise StoreUnreachable(why=AWAY) from error
                continue
            except Refusal:
                if line is not None:
                    (self._put if keep else self._leave)(line)
                raise
            if keep:
                self._put(line)
            return line, answer

    def _put(self, line: Line) -> None:
        """Keep it for the next question, unless enough are kept: each is a thread elsewhere."""
        with self._guard:
            if len(self._idle) < _KEPT:
                self._idle.append(line)
                return
        line.close()


class FarLooked(FarRecords):
    """The same for whoever only looks."""

    def do(self, *_command: object, **_terms: object) -> NoReturn:
        """Refuse."""
        raise OnlyLooks

    def rehearse(self, *_commands: object, **_terms: object) -> NoReturn:
        """Refuse: a trial takes the writers' turn."""
        raise OnlyLooks

    def sample(self, **_terms: object) -> NoReturn:
        """Refuse."""
        raise OnlyLooks


class _FarAsking(Asking):
    def __init__(
        self,
        begin: Callable[..., tuple[Line, Any]],
        several: Callable[[tuple[Any, ...]], tuple[Any, ...]],
    ) -> None:
        self._begin = begin
        self._several = several
        self.line: Line | None = None
        """Once something was asked."""

    def __call__(self, query: Query[Answer]) -> Answer:
        """The answer to a question."""
        answer: Answer = self._asked("ask", query)
        return answer

    def several(self, *asked: Query[Any] | MayWrite, **between: Any) -> tuple[Any, ...]:
        """In one go; within a moment that was begun, one after the other."""
        return self._several(asked) if self.line is None else super().several(*asked, **between)

    def may_write(self) -> bool:
        """Whether a write could be stored."""
        return bool(self._asked("may_write"))

    def close(self) -> None:
        """Hang up."""
        if self.line is not None:
            self.line.close()

    def _asked(self, *words: object) -> Any:
        if self.line is not None:
            return _told(self.line, *words)
        self.line, answer = self._begin(*words)
        return answer


def _told(line: Line, *words: object) -> Any:
    line.send(words)
    while line.owed:
        line.receive()
        line.owed -= 1
    good, answer = line.receive()
    if not good:
        raise answer
    return answer
